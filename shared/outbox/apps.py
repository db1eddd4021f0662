"""Django application of the outbox."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import EVERYTHING, CityView, Rights


class OutboxConfig(AppConfig):
    """Mails waiting to be sent. A citizen's request may add one and read none."""

    name = "shared.outbox"
    default_auto_field = "django.db.models.BigAutoField"

    not_packaged = {"outbox_message": EVERYTHING}
    rights = {"outbox_message": Rights(own="SELECT, INSERT, UPDATE", portal="INSERT")}
    retention_kinds = ("shared.outbox.retention:KINDS",)
    city_views = {
        "city_outbox": CityView(
            columns={"tenant": "text", "state": "varchar", "messages": "bigint", "oldest": "timestamptz"},
            select=(
                "SELECT {tenant}::text, state, count(*), min(created_at) FROM {schema}.outbox_message GROUP BY state"
            ),
        )
    }
