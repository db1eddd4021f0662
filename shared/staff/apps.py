"""Django application of the staff accounts."""

from __future__ import annotations

from django.apps import AppConfig

from shared.staff.city_views import CITY_VIEWS
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
        "staff_signinpair": Rights(own="SELECT, INSERT, UPDATE (tries, most, began_at, known_at), DELETE"),
        "staff_signinevent": Rights(own="SELECT, INSERT, UPDATE (told_at)"),
        "staff_authenticator": Rights(own="SELECT, INSERT, UPDATE (confirmed_at, last_step), DELETE"),
        "staff_recoverycode": Rights(own="SELECT, INSERT, UPDATE (used_at), DELETE"),
    }
    error_texts = ERROR_TEXTS
    entry_steps = ("shared.staff.steps:password_step",)
    city_views = CITY_VIEWS
