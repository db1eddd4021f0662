"""Django application of the audit."""

from __future__ import annotations

from django.apps import AppConfig

from tenants.rights import Rights


class AuditConfig(AppConfig):
    """The audit: whoever acts may add a row, its own site may read, nobody may change one."""

    name = "shared.audit"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {"audit_auditentry": Rights(own="SELECT, INSERT", portal="INSERT")}
