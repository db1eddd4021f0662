"""Django application of the tenancy."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import Rights, own_rows


class TenantsConfig(AppConfig):
    """Which tenant, on which host, run by whom, as which role."""

    name = "tenants"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "tenants_tenant": Rights(
            tenant="SELECT", portal="SELECT", city="SELECT, INSERT, UPDATE", rows=own_rows("schema_name")
        ),
        "tenants_host": Rights(city="SELECT, INSERT, UPDATE, DELETE"),
        "tenants_operator": Rights(tenant="SELECT", portal="SELECT", city="SELECT, INSERT, UPDATE"),
        "tenants_consortiummember": Rights(tenant="SELECT", portal="SELECT", city="SELECT, INSERT, UPDATE, DELETE"),
        "tenants_operatorassignment": Rights(
            tenant="SELECT",
            portal="SELECT",
            city="SELECT, INSERT, UPDATE",
            rows=own_rows(
                "(SELECT schema_name FROM shared.tenants_tenant WHERE id = tenants_operatorassignment.tenant_id)"
            ),
        ),
    }
    function_rights = {"number_prefix_is_known(text)": "tenant"}
