"""Registrations that wait for the desk: 仮登録 for their completion, others for a decision (審査)."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from apps.registrants.models import Registrant, RegistrantState

WAITING: Final = (RegistrantState.UNDER_REVIEW, RegistrantState.PROVISIONAL)


def waiting(state: str) -> QuerySet[Registrant]:
    """Registrations in ``state``, those that have waited longest first."""
    return Registrant.objects.filter(state=state).order_by("registered_on", "number")
