"""Django application of oversight: what the city sees of its facilities and their operators."""

from __future__ import annotations

from django.apps import AppConfig

from apps.compliance.access_rights import ACCESS_VIEWS
from apps.compliance.access_texts import ACCESS_ERROR_TEXTS
from apps.compliance.agreement_rights import AGREEMENT_ERRORS, AGREEMENT_RIGHTS
from apps.compliance.export_rights import EXPORT_RIGHTS
from apps.compliance.export_texts import EXPORT_TEXTS
from apps.compliance.recount_rights import RECOUNT_RIGHTS, SIGN_IN_VIEWS
from apps.compliance.roster_rights import ROSTER_FUNCTIONS, ROSTER_RIGHTS
from apps.compliance.roster_texts import ROSTER_ERROR_TEXTS
from apps.compliance.roster_views import ROSTER_VIEWS
from apps.compliance.texts import ERROR_TEXTS
from tenants.rights import CityView, Rights


class ComplianceConfig(AppConfig):
    """What the city agrees with operators, watches and keeps, in the shared schema."""

    name = "apps.compliance"
    default_auto_field = "django.db.models.BigAutoField"

    rights: dict[str, Rights] = {
        **AGREEMENT_RIGHTS,
        **EXPORT_RIGHTS,
        **RECOUNT_RIGHTS,
        **ROSTER_RIGHTS,
    }
    function_rights: dict[str, str] = {
        **ROSTER_FUNCTIONS,
    }
    city_views: dict[str, CityView] = {
        **ACCESS_VIEWS,
        **ROSTER_VIEWS,
        **SIGN_IN_VIEWS,
    }
    entry_steps = (
        "apps.compliance.services.duties:receipt_step",
        "apps.compliance.services.duties:pledge_step",
        "apps.compliance.services.duties:training_step",
    )

    error_texts = {
        **ERROR_TEXTS,
        **ACCESS_ERROR_TEXTS,
        **AGREEMENT_ERRORS,
        **EXPORT_TEXTS,
        **ROSTER_ERROR_TEXTS,
    }
    seeds = ("apps.compliance.services.clauses:plant",)
