"""Django application of the staff accounts."""

from __future__ import annotations

from typing import Final

from django.apps import AppConfig

from shared.staff.city_views import CITY_VIEWS
from shared.staff.texts import ERROR_TEXTS
from tenants.rights import EVERYTHING, Rights, column_list

OWN_COLUMNS: Final = ("password", "last_login", "one_time_until", "confirmed_at", "pledge_version", "trained_on")
"""What somebody's own work changes of an account. All else only the city's functions do: nobody raises an account."""


class StaffConfig(AppConfig):
    """Staff accounts and sessions. No right for the portal, in any schema."""

    name = "shared.staff"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "staff_staffaccount": Rights(own=f"SELECT, UPDATE {column_list(OWN_COLUMNS)}"),
        "staff_staffsession": Rights(own="SELECT, INSERT, UPDATE, DELETE"),
        "staff_usedpassword": Rights(own="SELECT, INSERT, DELETE"),
        "staff_signinpair": Rights(own="SELECT, INSERT, UPDATE (tries, most, began_at, known_at), DELETE"),
        "staff_signinevent": Rights(own="SELECT, INSERT, UPDATE (told_at)"),
        "staff_authenticator": Rights(own="SELECT, INSERT, UPDATE (confirmed_at, last_step), DELETE"),
        "staff_passkey": Rights(own="SELECT, INSERT, UPDATE (uses, used_at, copied_at), DELETE"),
        "staff_recoverycode": Rights(own="SELECT, INSERT, UPDATE (used_at), DELETE"),
    }
    not_packaged = {
        "staff_staffaccount": ("password",),
        "staff_staffsession": EVERYTHING,
        "staff_usedpassword": EVERYTHING,
        "staff_signinpair": EVERYTHING,
        "staff_authenticator": EVERYTHING,
        "staff_passkey": EVERYTHING,
        "staff_recoverycode": EVERYTHING,
    }
    error_texts = ERROR_TEXTS
    entry_steps = ("shared.staff.steps:password_step", "shared.staff.steps:second_factor_step")
    retention_kinds = ("shared.staff.retention:KINDS",)
    retention_automatic = ("shared.staff.retention:AUTOMATIC",)
    city_views = CITY_VIEWS
