"""Django application of the facility catalogue."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import Rights


class CatalogueConfig(AppConfig):
    """Everybody reads the catalogue; the city alone writes it."""

    name = "shared.catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "catalogue_cataloguefacility": Rights(tenant="SELECT", portal="SELECT", city="SELECT, INSERT, UPDATE, DELETE")
    }
