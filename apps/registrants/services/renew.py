"""A registration is renewed (更新), or a whole year's end of them at once (一斉更新)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.registrants.errors import RegistrantError
from apps.registrants.models import Act, Registrant
from apps.registrants.queries.ending import ending_by
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.standing import check_reason, state_on
from apps.registrants.rules.validity import check_renewal
from apps.registrants.services.acting import leave_trace, registrant_for, write
from kernel import clock
from shared.actor import Actor

BATCH: Final = 100
"""So many are renewed by one request: seconds, and what is done stays done."""


def renew(
    *, actor: Actor, registrant: UUID, valid_until: dt.date | None, reason: str, seen_version: int | None = None
) -> Registrant:
    """Let the registration hold through ``valid_until``, or without end; one that had expired is active again.

    Raises the errors of ``registrant_for`` and ``check_reason``, ``RenewalNotLaterError``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = registrant_for(Act.RENEW, registrant=registrant, seen_version=seen_version)
        check_renewal(found.valid_until, valid_until, clock.today())
        before = found.valid_until
        state = state_on(spans_of(registrant), valid_until, clock.today())
        write(found, valid_until=valid_until, state=state)
        changes = {"valid_until": [_told(before), _told(valid_until)]}
        leave_trace(actor, registrant, Act.RENEW, until=valid_until, reason=cleaned, changes=changes)
    return found


def renew_some(
    *, actor: Actor, day: dt.date, valid_until: dt.date, reason: str, chosen: Sequence[UUID] | None = None
) -> int:
    """Renew up to ``BATCH`` registrations that end by ``day`` and before ``valid_until``, each by itself; how many.

    ``chosen`` are those meant, or None: all. Whoever was renewed ends later and is not found again, so the same call
    goes on where the last one ended, until it answers 0. Raises the errors of ``check_reason`` and
    ``RenewalNotLaterError``; a registration that somebody changed meanwhile is passed over.
    """
    cleaned = check_reason(reason)
    check_renewal(day, valid_until, clock.today())
    found = ending_by(day)
    if chosen is not None:
        found = found.filter(pk__in=chosen)
    ids = list(found.filter(valid_until__lt=valid_until).order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sum(_renewed(actor, one, valid_until, cleaned) for one in ids)


def _renewed(actor: Actor, registrant: UUID, valid_until: dt.date, reason: str) -> bool:
    try:
        renew(actor=actor, registrant=registrant, valid_until=valid_until, reason=reason)
    except RegistrantError:
        return False
    return True


def _told(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
