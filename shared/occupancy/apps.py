"""Django application of the occupancy read model."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import Rights, own_rows


class OccupancyConfig(AppConfig):
    """Readable by portal and city, a tenant's own listings by its desk; written by triggers alone."""

    name = "shared.occupancy"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "occupancy_roomlisting": Rights(tenant="SELECT", portal="SELECT", city="SELECT", rows=own_rows("tenant")),
        "occupancy_occupancy": Rights(portal="SELECT", city="SELECT"),
        "occupancy_equipmentlisting": Rights(portal="SELECT", city="SELECT"),
        "occupancy_equipmentout": Rights(portal="SELECT (id, equipment, quantity, starts_at, ends_at, expires_at)"),
    }
