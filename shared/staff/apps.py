"""Django application of the staff accounts."""

from __future__ import annotations

from django.apps import AppConfig

from shared.staff.texts import ERROR_TEXTS
from tenants.rights import Rights


class StaffConfig(AppConfig):
    """Staff accounts and sessions. No right for the portal, in any schema."""

    name = "shared.staff"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "staff_staffaccount": Rights(own="SELECT, INSERT, UPDATE"),
        "staff_staffsession": Rights(own="SELECT, INSERT, UPDATE, DELETE"),
        "staff_usedpassword": Rights(own="SELECT, INSERT, DELETE"),
    }
    error_texts = ERROR_TEXTS
    entry_steps = ("shared.staff.steps:password_step",)
