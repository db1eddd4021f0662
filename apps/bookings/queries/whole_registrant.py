"""What a desk sees of a registrant beside the bookings: fees and refunds, points and measures, series, lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from apps.bookings.models import Booking, Measure, PastBooking, PenaltyPoint, Series, Wait, WaitState
from apps.bookings.queries.ledgers import ENDED, GOES_BACK, OWING, with_ledger
from apps.bookings.queries.past import unpaid_of
from apps.bookings.queries.refunds import Account, Sums, lines_of, sums_of
from apps.bookings.rules.measures import is_pending
from apps.bookings.rules.states import HOLD

MOST_OPEN: Final = 100
"""So many bookings with open money are told and summed; nobody who has more books."""
MOST: Final = 20
YEAR: Final = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Money:
    """A registrant's money: bookings that owe or get something back, with their sums, the newest of the others, and
    what was never paid of uses of before."""

    open: Sequence[Account]
    sums: Sums
    settled: Sequence[Account]
    unpaid_before: Sequence[PastBooking]

    @property
    def owed_before(self) -> int:
        """未納 of uses of before, in yen."""
        return sum((one.fee or 0) - (one.paid or 0) for one in self.unpaid_before)

    @property
    def owed(self) -> int:
        """未納 in all, in yen."""
        return self.sums.owed + self.owed_before


@dataclass(frozen=True, slots=True)
class Penalties:
    """Points, the newest first, with what counts of the last year, and the measures; ``standing`` hold or wait."""

    points: Sequence[PenaltyPoint]
    counting: Decimal
    measures: Sequence[Measure]
    standing: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class Whole:
    """All of it."""

    money: Money
    penalties: Penalties
    series: Sequence[Any]
    """``Series`` with ``uses``, ``first`` and ``last`` day of those that were not cancelled."""
    waits: Sequence[Wait]


def whole_of(registrant: UUID, today: dt.date) -> Whole:
    """Everything; seven statements, however much there is."""
    return Whole(_money(registrant), _penalties(registrant, today), _series(registrant), _waits(registrant))


def _money(registrant: UUID) -> Money:
    mine = Booking.objects.filter(registrant=registrant).exclude(state=HOLD).select_related("room__facility")
    costing = with_ledger(mine).filter(Q(fee_total__gt=0) | Q(received__gt=0))
    is_open = OWING | GOES_BACK
    still = lines_of(costing.filter(is_open).order_by("day", "during", "id")[:MOST_OPEN])
    settled = lines_of(costing.exclude(is_open).order_by("-day", "-during", "id")[:MOST])
    return Money(still, sums_of([one.ledger for one in still]), settled, unpaid_of(registrant))


def _penalties(registrant: UUID, today: dt.date) -> Penalties:
    points = list(_points(registrant))
    measures = list(Measure.objects.filter(registrant=registrant).select_related("facility").order_by("-proposed_at"))
    counting = sum((one.points for one in points if not one.void_at and one.day > today - YEAR), Decimal(0))
    return Penalties(
        points, counting, measures, [one for one in measures if is_pending(one.kind, one.state, one.last, today)]
    )


def _points(registrant: UUID) -> QuerySet[PenaltyPoint]:
    found = PenaltyPoint.objects.filter(registrant=registrant).select_related("booking__room__facility")
    return found.order_by("-day", "-id")


def _series(registrant: UUID) -> list[Any]:
    uses = ~Q(bookings__state__in=ENDED)
    told = {"uses": Count("bookings", filter=uses)}
    ends = {"first": Min("bookings__day", filter=uses), "last": Max("bookings__day", filter=uses)}
    found = Series.objects.filter(registrant=registrant).annotate(**told, **ends)
    return list(found.order_by("-created_at", "id")[:MOST])


def _waits(registrant: UUID) -> list[Wait]:
    found = Wait.objects.filter(registrant=registrant, state__in=[WaitState.WAITING, WaitState.OFFERED])
    return list(found.select_related("room__facility").order_by("day", "during", "id")[:MOST])
