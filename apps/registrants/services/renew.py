"""A registration is renewed (更新)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, Registrant
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.standing import check_reason, state_on
from apps.registrants.rules.validity import check_renewal
from apps.registrants.services.acting import leave_trace, registrant_for, write
from kernel import clock
from shared.actor import Actor


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


def _told(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
