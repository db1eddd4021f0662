"""Reading what a clerk has to know of a registrant while working on one of the bookings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Q, Sum

from apps.bookings.models import Booking, Measure, MeasureState, PenaltyPoint, StaffNote
from apps.bookings.queries.ledgers import ledger_from, with_ledger
from apps.bookings.rules.states import AHEAD, STANDING
from apps.registrants.models import Card, Registrant
from apps.registrants.queries.cards import cards_of
from apps.registrants.queries.registrants import use_stop_of
from apps.registrants.queries.standing import Standing, standing_of

YEAR: Final = dt.timedelta(days=365)
FEW: Final = 3
"""So many bookings to come, uses and notes are shown."""
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """A registrant beside one of the bookings; ``owed`` in yen, of uses of the last year and bookings to come."""

    registrant: Registrant
    standing: Standing
    is_stopped: bool
    """個人情報の利用停止."""
    cards: tuple[Card, ...]
    measures: tuple[Measure, ...]
    """In force, or proposed."""
    points: Decimal
    """Of the last year, but those that were taken back."""
    owed: int
    unpaid: tuple[Booking, ...]
    coming: tuple[Booking, ...]
    recent: tuple[Booking, ...]
    notes: tuple[StaffNote, ...]

    @property
    def wants_care(self) -> bool:
        """Whether anything should be said before a booking is taken."""
        return bool(self.standing.state != "active" or self.is_stopped or self.measures or self.points or self.owed)


def beside(booking: Booking, today: dt.date) -> Beside:
    """All of it; seven statements, however much the registrant has booked."""
    registrant = booking.registrant
    others = _others(booking, today)
    owed = {one: ledger_from(one).owed for one in others}
    unpaid = [one for one in others if owed[one] > 0]
    points = PenaltyPoint.objects.filter(registrant=registrant, void_at=None, day__gte=today - YEAR)
    notes = StaffNote.objects.filter(booking__registrant=registrant).exclude(booking=booking)
    return Beside(
        registrant=registrant,
        standing=standing_of(registrant, today),
        is_stopped=use_stop_of(registrant.pk) is not None,
        cards=tuple(cards_of(registrant.pk)),
        measures=tuple(_measures(registrant, today)),
        points=points.aggregate(sum=Sum("points"))["sum"] or Decimal(0),
        owed=sum(owed[one] for one in unpaid),
        unpaid=tuple(unpaid),
        coming=tuple(one for one in others if one.day >= today and one.state in AHEAD and one.pk != booking.pk)[:FEW],
        recent=tuple(one for one in reversed(others) if one.day < today and one.state in STANDING)[:FEW],
        notes=tuple(notes.select_related("booking").order_by("-at", "-id")[:FEW]),
    )


def _others(booking: Booking, today: dt.date) -> list[Booking]:
    """The registrant's bookings that stand, of the last year and to come, in the order of their days."""
    found = Booking.objects.filter(
        registrant=booking.registrant_id, day__gte=today - YEAR, state__in=AHEAD | STANDING
    ).select_related("room")
    return list(with_ledger(found).order_by("day", "during", "id")[:MOST])


def _measures(registrant: Registrant, today: dt.date) -> list[Measure]:
    holds = Q(state=MeasureState.TAKEN, first__lte=today) & (Q(last=None) | Q(last__gte=today))
    found = Measure.objects.filter(Q(state=MeasureState.PROPOSED) | holds, registrant=registrant)
    return list(found.order_by("-proposed_at", "id"))
