"""The city sets within how many days it decides, from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from apps.compliance.models.person_requests import PersonRequestPeriod
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def set_period(*, actor: Actor, days: int, valid_from: dt.date) -> None:
    """What came from ``valid_from`` on is decided within ``days``; a day that is set already stays as it is."""
    with transaction.atomic():
        _row, is_new = PersonRequestPeriod.objects.get_or_create(valid_from=valid_from, defaults={"days": days})
        record(actor, Action.CHANGE, object_type="person_request_period", object_id=valid_from, days=days, new=is_new)
