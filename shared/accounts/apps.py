"""Django application of the citizens' accounts."""

from __future__ import annotations

from django.apps import AppConfig

from shared.accounts.texts import ERROR_TEXTS
from tenants.rights import OWN_ACCOUNT, Rights, RowRule


class AccountsConfig(AppConfig):
    """Portal accounts, their sessions and links to registrations."""

    name = "shared.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "accounts_portalaccount": Rights(portal="SELECT, INSERT, UPDATE"),
        "accounts_accounttoken": Rights(portal="SELECT, INSERT, UPDATE, DELETE"),
        "accounts_portalsession": Rights(portal="SELECT, INSERT, UPDATE, DELETE"),
        "accounts_calendarlink": Rights(portal="SELECT, INSERT, UPDATE, DELETE"),
        **{
            f"accounts_{table}": Rights(
                portal="SELECT, INSERT, UPDATE, DELETE",
                rows=(RowRule(role="portal", using=f"account_id = {OWN_ACCOUNT}"),),
            )
            for table in ("favouriteroom", "savedsearch", "reminderwish")
        },
        "accounts_openingreminder": Rights(portal="SELECT, INSERT"),
        "accounts_portallink": Rights(
            portal="SELECT", rows=(RowRule(role="portal", using=f"account_id = {OWN_ACCOUNT}"),)
        ),
        "accounts_portalsigninpair": Rights(portal="SELECT, INSERT, UPDATE (tries, most, began_at, known_at), DELETE"),
    }
    function_rights = {
        "own_bookings()": "portal",
        "own_ledgers(uuid[])": "portal",
        "account_of_number(text, text)": "portal",
        "forget_own_provisional(text, uuid, date)": "portal",
        "own_registrations()": "portal",
        "redeem_link_code(text, text, text)": "portal",
        "unlink_own(uuid)": "portal",
        "end_account()": "portal",
        "reminder_wishes(uuid[])": "tenant",
        "opening_wishes()": "portal",
        "stop_reminders(uuid)": "portal",
    }
    retention_kinds = ("shared.accounts.retention:KINDS",)
    retention_automatic = ("shared.accounts.retention:AUTOMATIC",)
    error_texts = ERROR_TEXTS
