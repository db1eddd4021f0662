"""Reading what is taken: a fixed number of statements, whatever the number of rooms, bookings or tenants."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from apps.bookings.rules.availability import DayMark, Taken, month_marks
from apps.bookings.rules.listing import Offer
from kernel import clock
from shared.occupancy.models import Occupancy

TakenByDay = dict[dt.date, list[Taken]]


@dataclass(frozen=True, slots=True)
class RoomDays:
    """A room and the marks of some days."""

    offer: Offer
    days: list[DayMark]


def room_days(offers: Sequence[Offer], days: Sequence[dt.date]) -> list[RoomDays]:
    """The marks of ``days`` for each offer; one statement. The offers may be of any facilities and tenants."""
    now = clock.now()
    taken = taken_on(days, {offer.facility for offer in offers}) if offers and days else {}
    return [RoomDays(offer, month_marks(offer, days, taken, now)) for offer in offers]


def taken_on(days: Sequence[dt.date], facilities: Iterable[UUID]) -> TakenByDay:
    """What is occupied from the first to the last of ``days`` in the facilities. Holds that are over do not count."""
    rows = (
        Occupancy.objects.filter(facility__in=list(facilities), day__range=(days[0], days[-1]))
        .filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        .values_list("day", "part", "kind", "starts_at", "ends_at")
    )
    found: TakenByDay = defaultdict(list)
    for day, part, kind, starts_at, ends_at in rows:
        found[day].append(Taken(part, kind, starts_at, ends_at))
    return found


def days_of_month(month: dt.date) -> list[dt.date]:
    """All days of the month that ``month`` lies in."""
    first = month.replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return [first + dt.timedelta(days=number) for number in range((following - first).days)]
