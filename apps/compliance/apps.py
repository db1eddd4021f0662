"""Django application of oversight: what the city sees of its facilities and their operators."""

from __future__ import annotations

from django.apps import AppConfig

from apps.compliance.monitoring_rights import MONITORING_FUNCTIONS, MONITORING_RIGHTS
from apps.compliance.monitoring_texts import MONITORING_TEXTS
from apps.compliance.texts import ERROR_TEXTS
from tenants.rights import Rights


class ComplianceConfig(AppConfig):
    """What the city agrees with operators, watches and keeps, in the shared schema."""

    name = "apps.compliance"
    default_auto_field = "django.db.models.BigAutoField"

    rights: dict[str, Rights] = {}
    rights |= MONITORING_RIGHTS
    function_rights: dict[str, str] = {}
    function_rights |= MONITORING_FUNCTIONS

    monitoring_facts = (
        "apps.compliance.queries.monitoring.facts:of_accounts",
        "apps.compliance.queries.monitoring.facts:of_audit",
        "apps.compliance.queries.monitoring.facts:of_mails",
    )

    error_texts = ERROR_TEXTS | MONITORING_TEXTS
