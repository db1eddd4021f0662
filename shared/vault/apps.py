"""Django application of the vault."""

from __future__ import annotations

from django.apps import AppConfig

from shared.vault.texts import ERROR_TEXTS
from tenants.rights import Rights


class VaultConfig(AppConfig):
    """Files with personal data. No role but the tenant's sees them, and a trigger lets a row only be emptied."""

    name = "shared.vault"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "vault_vaultfile": Rights(
            tenant="SELECT, INSERT, UPDATE (content, fetched_at, fetched_terminal, destroyed_at, destroyed_why)"
        ),
        "vault_exportedperson": Rights(tenant="SELECT, INSERT"),
    }
    retention_kinds = ("shared.vault.retention:KINDS",)
    retention_automatic = ("shared.vault.retention:AUTOMATIC",)
    error_texts = ERROR_TEXTS
