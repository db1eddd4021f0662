"""Django application of the city's orders for public use."""

from __future__ import annotations

from typing import Final

from django.apps import AppConfig

from tenants.rights import Rights, RowRule, own_rows

TOLD: Final = "(state, received_at, hits, people, moved, cancelled, kept, refund, done_at, lifted_at)"
"""What a facility tells of itself: states and numbers."""
FOR_ME: Final = (
    "EXISTS (SELECT FROM shared.publicuse_place p WHERE p.order_id = publicuse_order.id"
    " AND ('tenant_' || p.tenant) = current_user)"
)


class PublicUseConfig(AppConfig):
    """The city orders, the facility that is named reads and tells; who may be booked is decided by a trigger."""

    name = "shared.publicuse"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "publicuse_order": Rights(
            tenant="SELECT",
            city="SELECT, INSERT, UPDATE (ended_at, ended_by, end_reason)",
            rows=(RowRule(role="tenant", command="SELECT", using=FOR_ME),),
        ),
        "publicuse_place": Rights(tenant=f"SELECT, UPDATE {TOLD}", city="SELECT, INSERT", rows=own_rows("tenant")),
        "publicuse_stop": Rights(city="SELECT"),
    }
