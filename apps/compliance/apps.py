"""Django application of oversight: what the city sees of its facilities and their operators."""

from __future__ import annotations

from django.apps import AppConfig

from apps.compliance.access_rights import ACCESS_VIEWS
from apps.compliance.access_texts import ACCESS_ERROR_TEXTS
from apps.compliance.agreement_rights import AGREEMENT_ERRORS, AGREEMENT_RIGHTS
from apps.compliance.export_rights import EXPORT_RIGHTS
from apps.compliance.export_texts import EXPORT_TEXTS
from apps.compliance.texts import ERROR_TEXTS
from tenants.rights import Rights


class ComplianceConfig(AppConfig):
    """What the city agrees with operators, watches and keeps, in the shared schema."""

    name = "apps.compliance"
    default_auto_field = "django.db.models.BigAutoField"

    rights: dict[str, Rights] = {
        **AGREEMENT_RIGHTS,
        **EXPORT_RIGHTS,
    }
    function_rights: dict[str, str] = {}

    city_views = {**ACCESS_VIEWS}

    error_texts = {
        **ERROR_TEXTS,
        **ACCESS_ERROR_TEXTS,
        **AGREEMENT_ERRORS,
        **EXPORT_TEXTS,
    }
    seeds = ("apps.compliance.services.clauses:plant",)
