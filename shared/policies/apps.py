"""Django application of the policies of signing in."""

from __future__ import annotations

from django.apps import AppConfig

from shared.policies.texts import ERROR_TEXTS
from tenants.rights import Rights, own_rows


class PoliciesConfig(AppConfig):
    """One table in the shared schema: the city adds to it, a desk reads its own rows, nobody changes what was set."""

    name = "shared.policies"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "policies_signinpolicy": Rights(tenant="SELECT", city="SELECT, INSERT", rows=own_rows("place")),
    }
    function_rights = {
        "clear_sign_in_lock(text, bigint, uuid, text, inet, text)": "city",
        "reset_second_factor(text, uuid, uuid, inet, text)": "city",
    }
    error_texts = ERROR_TEXTS
