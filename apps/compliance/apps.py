"""Django application of oversight: what the city sees of its facilities and their operators."""

from __future__ import annotations

from django.apps import AppConfig

from apps.compliance.texts import ERROR_TEXTS


class ComplianceConfig(AppConfig):
    """No tables of its own yet."""

    name = "apps.compliance"

    error_texts = ERROR_TEXTS
