"""Django application of taking in other systems' records."""

from __future__ import annotations

from django.apps import AppConfig

from shared.intake.texts import ERROR_TEXTS
from tenants.rights import EVERYTHING, Rights


class IntakeConfig(AppConfig):
    """Files, columns, checks, runs and the rows that a clerk works off. No role but the tenant's sees any of it."""

    name = "shared.intake"
    default_auto_field = "django.db.models.BigAutoField"

    not_packaged = {"intake_chunk": EVERYTHING}
    rights = {
        "intake_job": Rights(tenant="SELECT, INSERT, UPDATE"),
        "intake_chunk": Rights(tenant="SELECT, INSERT, DELETE"),
        "intake_columnmapping": Rights(tenant="SELECT, INSERT, UPDATE"),
        "intake_rejectedrow": Rights(tenant="SELECT, INSERT, UPDATE, DELETE"),
    }
    retention_kinds = ("shared.intake.retention:KINDS",)
    handover_lists = ("shared.intake.handing_over:KINDS",)
    error_texts = ERROR_TEXTS
