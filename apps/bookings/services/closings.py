"""Setting on which days a facility or a room is closed (休館日の定め)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import BookingsHitError, DayPastError, SpanUpsideDownError, UnknownSettingError
from apps.bookings.models import Booking, ClosingRule
from apps.bookings.queries.closings import closings_of, hits_of, row_of, with_rule, without_rule
from apps.bookings.rules import listing
from apps.bookings.services.calendar_lock import take_calendar
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@transaction.atomic
def set_closing(
    *, actor: Actor, facility: UUID, room: UUID | None, closing: listing.Closing, leaves_bookings: bool = False
) -> ClosingRule:
    """Add a closing rule or an exception, from today on at the earliest.

    Bookings on days that become closed are dealt with before, or left as they are with ``leaves_bookings``; else
    ``BookingsHitError``. Bookings on their way are waited for, and later ones see the rule. Also ``DayPastError``
    and ``SpanUpsideDownError``.
    """
    if closing.since < clock.today():
        raise DayPastError(field="valid_from")
    if closing.until is not None and closing.until < closing.since:
        raise SpanUpsideDownError(field="valid_until")
    take_calendar()
    before = closings_of(facility)
    hit = hits_of(facility, before, with_rule(before, closing, facility, room))
    _check(hit, leaves_bookings)
    row = ClosingRule.objects.create(facility_id=facility, room_id=room, **row_of(closing))
    record(
        actor,
        Action.CREATE,
        object_type="closing_rule",
        object_id=row.pk,
        kind=closing.kind,
        effect=closing.effect,
        since=closing.since.isoformat(),
        **_left(hit),
    )
    return row


@transaction.atomic
def end_closing(*, actor: Actor, rule: int, last: dt.date, leaves_bookings: bool = False) -> None:
    """Let a rule hold for the last time on ``last``, yesterday at the earliest; one that never held is gone.

    Where an exception ends, days become closed: ``BookingsHitError`` as with a new rule. ``UnknownSettingError``.
    """
    if last < clock.today() - dt.timedelta(days=1):
        raise DayPastError(field="last")
    take_calendar()
    found = ClosingRule.objects.filter(pk=rule).first()
    if found is None or (found.valid_until is not None and found.valid_until <= last):
        raise UnknownSettingError(field="rule")
    before = closings_of(found.facility_id)
    hit = hits_of(found.facility_id, before, without_rule(before, rule, last))
    _check(hit, leaves_bookings)
    if last < found.valid_from:
        found.delete()
    else:
        ClosingRule.objects.filter(pk=rule).update(valid_until=last)
    record(actor, Action.CHANGE, object_type="closing_rule", object_id=rule, last=last.isoformat(), **_left(hit))


def _check(hit: Sequence[Booking], leaves_bookings: bool) -> None:
    if hit and not leaves_bookings:
        raise BookingsHitError(count=len(hit))


def _left(hit: Sequence[Booking]) -> dict[str, Any]:
    """Which bookings were left on closed days, for the audit."""
    numbers = [booking.number for booking in hit]
    return {"left": len(hit), "bookings": numbers, "persons": [booking.registrant_id for booking in hit]}
