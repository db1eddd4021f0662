"""Django application of the tenancy."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import Rights, own_rows

TERMINAL_SEEN = (
    "(id, tenant_id, name, asset_number, place, is_lent, is_fixed, code_until, added_at, enrolled_at, seen_on,"
    " revoked_at, revoked_by)"
)
"""Of a terminal the city sees no hash, and changes none but that of the next one-time code."""
TERMINAL_CHANGED = "(name, asset_number, place, is_lent, is_fixed, code_hash, code_until, revoked_at, revoked_by)"


class TenantsConfig(AppConfig):
    """Which tenant, on which host, run by whom, as which role."""

    name = "tenants"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "tenants_tenant": Rights(
            tenant="SELECT", portal="SELECT", city="SELECT, UPDATE (state)", rows=own_rows("schema_name")
        ),
        "tenants_accessrule": Rights(city="SELECT, INSERT, UPDATE"),
        "tenants_allowednetwork": Rights(city="SELECT, INSERT, UPDATE (removed_at, removed_by)"),
        "tenants_clientcertificate": Rights(city="SELECT, INSERT, UPDATE (removed_at, removed_by)"),
        "tenants_emergencygrant": Rights(city="SELECT, INSERT, UPDATE (ended_at, ended_by)"),
        "tenants_terminal": Rights(
            tenant="SELECT (id, tenant_id, name)",
            city=f"SELECT {TERMINAL_SEEN}, INSERT, UPDATE {TERMINAL_CHANGED}",
            rows=own_rows("(SELECT schema_name FROM shared.tenants_tenant WHERE id = tenants_terminal.tenant_id)"),
        ),
        "tenants_host": Rights(
            tenant="SELECT",
            city="SELECT",
            rows=own_rows("(SELECT schema_name FROM shared.tenants_tenant WHERE id = tenants_host.tenant_id)"),
        ),
        "tenants_operator": Rights(tenant="SELECT", portal="SELECT", city="SELECT, INSERT, UPDATE"),
        "tenants_consortiummember": Rights(tenant="SELECT", portal="SELECT", city="SELECT, INSERT, UPDATE, DELETE"),
        "tenants_care": Rights(city="SELECT, INSERT, DELETE"),
        "tenants_operatorassignment": Rights(
            tenant="SELECT",
            portal="SELECT",
            city="SELECT, INSERT, UPDATE (during)",
            rows=own_rows(
                "(SELECT schema_name FROM shared.tenants_tenant WHERE id = tenants_operatorassignment.tenant_id)"
            ),
        ),
    }
    function_rights = {
        "enrol_terminal(text, text)": "tenant",
        "number_prefix_is_known(text)": "tenant",
        "tenant_sizes()": "city",
        "terminal_seen(uuid)": "tenant",
    }
