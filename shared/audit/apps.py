"""Django application of the audit."""

from __future__ import annotations

from typing import Final

from django.apps import AppConfig

from tenants.rights import Rights, column_list

ADD: Final = "INSERT " + column_list(
    [
        "at", "actor_kind", "actor_id", "action", "object_type", "object_id", "purpose", "detail", "address",
        "request_id", "roles", "body", "terminal", "session", "persons",
    ]
)  # fmt: skip
"""Without ``id`` and ``xact``, which the database alone gives: nobody may push a row into what is sealed."""


class AuditConfig(AppConfig):
    """The audit: whoever acts may add a row, its own site may read, nobody may change one."""

    name = "shared.audit"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "audit_auditentry": Rights(own=f"SELECT, {ADD}", portal=ADD),
        "audit_auditseal": Rights(own="SELECT"),
    }
