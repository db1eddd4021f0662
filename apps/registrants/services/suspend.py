"""A registration is suspended, and the suspension lifted (利用停止・停止解除)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.registrants.models import Act, Registrant
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.standing import check_not_past, check_reason, lifted, suspended
from apps.registrants.services.acting import leave_trace, registrant_for, write_spans
from apps.registrants.services.telling import tell
from kernel import clock
from shared.actor import Actor


def suspend(
    *,
    actor: Actor,
    registrant: UUID,
    first: dt.date,
    last: dt.date | None,
    reason: str,
    seen_version: int | None = None,
    is_told: bool = True,
) -> Registrant:
    """Suspend from ``first``, today or later, through ``last``, or without end; it begins and ends by itself.

    The registrant ``is_told`` by mail, unless whoever calls does that.

    Raises the errors of ``registrant_for`` and ``check_reason``, ``ActInPastError``, ``PeriodBackwardsError``.
    """
    cleaned = check_reason(reason)
    check_not_past(first, clock.today(), field="first")
    with transaction.atomic():
        found = registrant_for(Act.SUSPEND, registrant=registrant, seen_version=seen_version)
        write_spans(found, suspended(spans_of(registrant), first, last))
        leave_trace(actor, registrant, Act.SUSPEND, effective_on=first, until=last, reason=cleaned)
        if is_told:
            tell(found, Act.SUSPEND, first=first, last=last, reason=cleaned)
    return found


def lift(
    *, actor: Actor, registrant: UUID, effective_on: dt.date, reason: str, seen_version: int | None = None
) -> Registrant:
    """End every suspension from ``effective_on`` on, also one that has not begun.

    Raises the errors of ``registrant_for`` and ``check_reason``, ``ActInPastError``.
    """
    cleaned = check_reason(reason)
    check_not_past(effective_on, clock.today(), field="effective_on")
    with transaction.atomic():
        found = registrant_for(Act.LIFT, registrant=registrant, seen_version=seen_version)
        write_spans(found, lifted(spans_of(registrant), effective_on))
        leave_trace(actor, registrant, Act.LIFT, effective_on=effective_on, reason=cleaned)
        tell(found, Act.LIFT, first=effective_on)
    return found
