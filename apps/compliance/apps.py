"""Django application of oversight: what the city sees of its facilities and their operators."""

from __future__ import annotations

from django.apps import AppConfig

from apps.compliance.access_rights import ACCESS_VIEWS
from apps.compliance.access_texts import ACCESS_ERROR_TEXTS
from apps.compliance.agreement_rights import AGREEMENT_ERRORS, AGREEMENT_RIGHTS
from apps.compliance.export_rights import EXPORT_RIGHTS
from apps.compliance.export_texts import EXPORT_TEXTS
from apps.compliance.founding_rights import FOUNDING_FUNCTIONS, FOUNDING_RIGHTS
from apps.compliance.founding_texts import FOUNDING_ERRORS
from apps.compliance.handover_rights import HANDOVER_RIGHTS
from apps.compliance.handover_texts import HANDOVER_TEXTS
from apps.compliance.incident_rights import INCIDENT_FUNCTIONS, INCIDENT_RIGHTS
from apps.compliance.incident_texts import INCIDENT_TEXTS
from apps.compliance.log_errors import LOG_ERROR_TEXTS
from apps.compliance.log_rights import LOG_RIGHTS, LOG_VIEWS
from apps.compliance.monitoring_rights import MONITORING_FACTS, MONITORING_FUNCTIONS, MONITORING_RIGHTS
from apps.compliance.monitoring_texts import MONITORING_TEXTS
from apps.compliance.person_request_rights import PERSON_REQUEST_RIGHTS
from apps.compliance.person_request_texts import PERSON_REQUEST_TEXTS
from apps.compliance.recount_rights import RECOUNT_RIGHTS, SIGN_IN_VIEWS
from apps.compliance.retention_rights import RETENTION_FUNCTIONS, RETENTION_RIGHTS
from apps.compliance.retention_texts import RETENTION_TEXTS
from apps.compliance.roster_rights import ROSTER_FUNCTIONS, ROSTER_RIGHTS
from apps.compliance.roster_texts import ROSTER_ERROR_TEXTS
from apps.compliance.roster_views import ROSTER_VIEWS
from apps.compliance.texts import ERROR_TEXTS
from tenants.rights import Rights


class ComplianceConfig(AppConfig):
    """What the city agrees with operators, watches and keeps, in the shared schema."""

    name = "apps.compliance"
    default_auto_field = "django.db.models.BigAutoField"

    rights: dict[str, Rights] = {
        **EXPORT_RIGHTS,
        **HANDOVER_RIGHTS,
        **AGREEMENT_RIGHTS,
        **RECOUNT_RIGHTS,
        **ROSTER_RIGHTS,
        **INCIDENT_RIGHTS,
        **PERSON_REQUEST_RIGHTS,
        **MONITORING_RIGHTS,
        **LOG_RIGHTS,
        **FOUNDING_RIGHTS,
        **RETENTION_RIGHTS,
    }
    function_rights: dict[str, str] = {
        **ROSTER_FUNCTIONS,
        **INCIDENT_FUNCTIONS,
        **MONITORING_FUNCTIONS,
        **FOUNDING_FUNCTIONS,
        **RETENTION_FUNCTIONS,
    }

    error_texts = {
        **ERROR_TEXTS,
        **EXPORT_TEXTS,
        **HANDOVER_TEXTS,
        **ACCESS_ERROR_TEXTS,
        **AGREEMENT_ERRORS,
        **ROSTER_ERROR_TEXTS,
        **INCIDENT_TEXTS,
        **PERSON_REQUEST_TEXTS,
        **MONITORING_TEXTS,
        **LOG_ERROR_TEXTS,
        **FOUNDING_ERRORS,
        **RETENTION_TEXTS,
    }
    city_views = {
        **ACCESS_VIEWS,
        **ROSTER_VIEWS,
        **SIGN_IN_VIEWS,
        **LOG_VIEWS,
    }
    seeds = ("apps.compliance.services.clauses:plant",)
    entry_steps = (
        "apps.compliance.services.duties:receipt_step",
        "apps.compliance.services.duties:pledge_step",
        "apps.compliance.services.duties:training_step",
    )
    monitoring_facts = MONITORING_FACTS
    mail_recipients = ("apps.compliance.queries.monitoring.mailboxes:recipients",)
    built_functions = ("shared.retention_sql:statements",)
    retention_kinds = ("apps.compliance.retention:KINDS",)
    retention_holds = ("apps.compliance.retention:HOLDS",)
