"""Django application of what staff have promised and learnt."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import CityView, Rights


class DutiesConfig(AppConfig):
    """Pledges and trainings of a facility's staff; nobody changes or removes one."""

    name = "shared.duties"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "duties_pledge": Rights(own="SELECT, INSERT"),
        "duties_training": Rights(own="SELECT, INSERT"),
        "duties_attendance": Rights(own="SELECT, INSERT"),
    }
    city_views = {
        "city_duty": CityView(
            columns={
                "tenant": "text",
                "id": "uuid",
                "login_id": "varchar",
                "name": "varchar",
                "body": "varchar",
                "pledge_version": "integer",
                "pledged_at": "timestamptz",
                "trained_on": "date",
            },
            select=(
                "SELECT {tenant}::text, a.id, a.login_id, a.name, a.body, a.pledge_version, (SELECT max(p.at)"
                " FROM {schema}.duties_pledge p WHERE p.account_id = a.id), a.trained_on"
                " FROM {schema}.staff_staffaccount a WHERE a.is_active"
            ),
        )
    }
