"""Registrations that end by a day, to be renewed or not."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from apps.registrants.models import Registrant, RegistrantState


def ending_by(day: dt.date) -> QuerySet[Registrant]:
    """Whoever's registration ends on or before ``day``, expired ones too, and could be renewed; the earliest first."""
    states = [RegistrantState.ACTIVE, RegistrantState.SUSPENDED, RegistrantState.EXPIRED]
    return Registrant.objects.filter(valid_until__lte=day, state__in=states).order_by("valid_until", "number")
