"""Django application of the seals."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import Rights, own_rows


class SealingConfig(AppConfig):
    """The city's copy of the seals, and the functions that seal and check: nobody writes a seal by hand."""

    name = "shared.sealing"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "audit_dayseal": Rights(city="SELECT"),
        "audit_verification": Rights(city="SELECT, INSERT"),
        "audit_archive": Rights(tenant="SELECT", city="SELECT", rows=own_rows("tenant")),
    }
    function_rights = {
        "audit_seal(text, timestamptz, integer)": "city",
        "audit_check(text, bigint, bigint)": "city",
        "audit_state(text)": "city",
        "audit_root(text, bigint)": "city",
        "audit_archived(uuid, date, text, text)": "tenant",
        "city_audit_archived(uuid, date, text, text)": "city",
    }
    retention_kinds = ("shared.sealing.retention:KINDS",)
