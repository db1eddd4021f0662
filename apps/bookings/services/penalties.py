"""Points for what went wrong (ペナルティ点), and the measures that they call for: proposed, decided by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from apps.bookings.errors import UnknownBookingError, WrongStateError
from apps.bookings.life_errors import UnknownProposalError
from apps.bookings.models import Booking, BookingState, Measure, MeasureState, PenaltyPoint
from apps.bookings.queries.terms import terms_in_time
from apps.bookings.rules.penalties import (
    EVERYWHERE,
    LATE_CANCEL,
    NO_SHOW,
    SEEN_BY_STAFF,
    STRIKE,
    Point,
    points_for,
    proposed,
)
from apps.bookings.rules.states import check_reason
from apps.bookings.rules.terms import DEFAULT, Terms
from apps.registrants.models import Registrant
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.inserts import insert_together

BATCH = 200
LOOK_BACK = dt.timedelta(days=60)
"""Events of so many days are looked for; older ones were seen by earlier runs."""


class Book:
    """The terms of the facilities by day, read once a run. What happened counts by the terms of its own day."""

    def __init__(self) -> None:
        self._held: dict[UUID, list[tuple[dt.date, Terms]]] = {}

    def on(self, facility: UUID, day: dt.date) -> Terms:
        """The terms of ``facility`` that held on ``day``."""
        if facility not in self._held:
            today = clock.today()
            self._held[facility] = [(one.valid_from, one.terms) for one in terms_in_time(facility, today)]
        return next((terms for first, terms in self._held[facility] if first <= day), DEFAULT)


def note_events(*, at_most: int = BATCH) -> int:
    """Give points for absences and late cancellations that have none yet, and propose; how many were given.

    A late cancellation is the registrant's own (取消事由 of the citizen that is not excused); nobody else's act counts.
    """
    book, today = Book(), clock.today()
    with transaction.atomic():
        rows = [row for one in _events(today, at_most) if (row := _point(one, book)) is not None]
        if rows:
            PenaltyPoint.objects.bulk_create(rows, ignore_conflicts=True)
        concerned = {(row.registrant_id, row.booking.room.facility_id) for row in rows} | _void_corrected()
        for registrant, facility in sorted(concerned):  # each is locked: in one order
            propose(registrant, facility, book.on(facility, today))
    return len(rows)


def enter_event(*, actor: Actor, booking: UUID, event: str, note: str) -> PenaltyPoint | None:
    """Staff enter what they saw (目的外使用, 又貸し …); None where the terms give no points for it.

    Raises ``ReasonMissingError``, ``UnknownBookingError``, and ``WrongStateError`` for an event of another kind or one
    that is entered already.
    """
    cleaned = check_reason(note)
    with transaction.atomic():
        found = Booking.objects.select_for_update(of=("self",)).select_related("room").filter(pk=booking).first()
        if found is None:
            raise UnknownBookingError
        if event not in SEEN_BY_STAFF or PenaltyPoint.objects.filter(booking=found, event=event).exists():
            raise WrongStateError
        terms = Book().on(found.room.facility_id, found.day)
        points = points_for(event, terms.points, terms.exempt, day=found.day, left=0)
        if not points:
            return None
        row = _row(found, event, points, note=cleaned, by=actor.id)
        insert_together(row, _entry(actor, found.registrant_id, event=event, booking=str(found.pk)))
        propose(found.registrant_id, found.room.facility_id, terms)
    return row


def void_point(*, actor: Actor, point: int, reason: str) -> PenaltyPoint:
    """Take points back, with a reason; an open proposal that they no longer carry falls with them.

    ``ReasonMissingError``, ``UnknownProposalError`` for points that are not there or void.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = PenaltyPoint.objects.select_for_update().filter(pk=point, void_at=None).first()
        if found is None:
            raise UnknownProposalError
        facility = Booking.objects.values_list("room__facility_id", flat=True).get(pk=found.booking_id)
        found.void_at, found.void_by, found.void_reason = clock.now(), actor.id, cleaned
        found.save(update_fields=["void_at", "void_by", "void_reason"])
        insert_together(_entry(actor, found.registrant_id, event="void", point=point))
        propose(found.registrant_id, facility, Book().on(facility, clock.today()))
    return found


def propose(registrant: UUID, facility: UUID, terms: Terms, *, anew: bool = False) -> Measure | None:
    """Bring the open proposal to what the points call for today: none, one, or another one. Inside a transaction.

    Points that a person has decided on call for nothing again: only with newer ones, or where they are to be looked at
    ``anew``, is a measure proposed.
    """
    Registrant.objects.select_for_update().only("pk").get(pk=registrant)
    today = clock.today()
    points = points_of(registrant, facility)
    open_one = Measure.objects.filter(registrant=registrant, facility=facility, state=MeasureState.PROPOSED).first()
    step = proposed(terms.thresholds, points, today=today)
    if step is None or (not anew and _is_decided(registrant, facility)):
        if open_one is not None:
            open_one.delete()
        return None
    scope = EVERYWHERE if step.measure == STRIKE else step.scope
    values = {
        "kind": step.measure,
        "scope": scope,
        "days": step.days,
        "points": sum(one.points for one in points if not one.is_void),
    }
    if open_one is not None:
        Measure.objects.filter(pk=open_one.pk).update(**values)
        return open_one
    return Measure.objects.create(registrant_id=registrant, facility_id=facility, proposed_at=clock.now(), **values)


def points_of(registrant: UUID, facility: UUID) -> list[Point]:
    """All points that somebody has at a facility."""
    rows = PenaltyPoint.objects.filter(registrant=registrant, booking__room__facility=facility)
    return [Point(row.day, row.points, row.void_at is not None) for row in rows]


def _is_decided(registrant: UUID, facility: UUID) -> bool:
    """Whether a person has decided since the newest points were given."""
    held = PenaltyPoint.objects.filter(registrant=registrant, booking__room__facility=facility, void_at=None)
    newest = held.order_by("-given_at").values_list("given_at", flat=True).first()
    decided = Measure.objects.filter(registrant=registrant, facility=facility).exclude(state=MeasureState.PROPOSED)
    last = decided.order_by("-decided_at").values_list("decided_at", flat=True).first()
    return newest is None or (last is not None and last >= newest)


def _events(today: dt.date, at_most: int) -> Iterable[Booking]:
    """Absences and cancellations of late that have no points of their kind."""
    begin = today - LOOK_BACK
    since = dt.datetime.combine(begin, dt.time(), TOKYO)
    absent = Q(state=BookingState.NO_SHOW, day__gte=begin)
    alone = Q(went_with=None)  # an annex that went with its room is no second offence
    given_up = Q(state=BookingState.CANCELLED, ended_at__gte=since, applied_at__isnull=False) & alone & ~Q(cause="")
    for event, one in ((NO_SHOW, absent), (LATE_CANCEL, given_up)):
        known = PenaltyPoint.objects.filter(booking=OuterRef("pk"), event=event)
        found = Booking.objects.filter(one, ~Exists(known)).select_related("room").order_by("day", "id")
        yield from found.select_for_update(of=("self",), skip_locked=True)[:at_most]


def _point(booking: Booking, book: Book) -> PenaltyPoint | None:
    facility = booking.room.facility_id
    if booking.state == BookingState.NO_SHOW:
        terms = book.on(facility, booking.day)
        points = points_for(NO_SHOW, terms.points, terms.exempt, day=booking.day, left=0)
        return _row(booking, NO_SHOW, points) if points else None
    assert booking.ended_at is not None  # noqa: S101  # ``_events`` asks for it
    ended = booking.ended_at.astimezone(TOKYO).date()
    terms = book.on(facility, ended)
    cause = next((one for one in terms.causes if one.code == booking.cause), None)
    if cause is None or cause.percent == 100:
        return None
    points = points_for(LATE_CANCEL, terms.points, terms.exempt, day=booking.day, left=(booking.day - ended).days)
    return _row(booking, LATE_CANCEL, points) if points else None


def _row(booking: Booking, event: str, points: Decimal, *, note: str = "", by: UUID | None = None) -> PenaltyPoint:
    return PenaltyPoint(
        registrant_id=booking.registrant_id,
        booking=booking,
        event=event,
        day=booking.day,
        points=points,
        note=note,
        given_at=clock.now(),
        given_by=by,
    )


def _void_corrected() -> set[tuple[UUID, UUID]]:
    """Points for an absence that was entered by mistake are void; whose, and at which facilities."""
    wrong = PenaltyPoint.objects.filter(event=NO_SHOW, void_at=None).exclude(booking__state=BookingState.NO_SHOW)
    found = set(wrong.order_by().values_list("registrant_id", "booking__room__facility_id"))
    wrong.update(void_at=clock.now(), void_reason="来場に訂正されたため")
    return found


def _entry(actor: Actor, registrant: UUID, **detail: Any) -> AuditEntry:
    return entry(actor, Action.CHANGE, object_type="penalty", object_id=registrant, persons=[registrant], **detail)
