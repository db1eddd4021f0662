"""Reading what is taken: a fixed number of statements, whatever the number of rooms, bookings or tenants.

A month that is asked for again costs no more than a stamp: count, sum and exclusive-or of the ids of the rows that it
is made of. Rows are only added and removed, and an id is never given twice; two sets that agree in all three would be
mistaken for one another for a minute at most, and only on the screen. A row that changes from a hold to a booking
looks the same to the public.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.aggregates import BitXor
from django.db.models import Count, Q, QuerySet, Sum

from apps.bookings.rules.availability import DayMark, Taken, month_marks
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.window import Who, is_open
from kernel import clock
from kernel.remembered import Remembered
from shared.occupancy.models import Occupancy

TakenByDay = dict[dt.date, list[Taken]]
COLUMNS: Final = ("id", "day", "part", "kind", "starts_at", "ends_at")


@dataclass(frozen=True, slots=True)
class RoomDays:
    """A room and the marks of some days."""

    offer: Offer
    days: list[DayMark]


@dataclass(frozen=True, slots=True)
class Vacancies:
    """The marks of some rooms on some days, and a key that names everything they depend on."""

    key: Hashable
    rooms: tuple[RoomDays, ...]


_known: Remembered[Vacancies] = Remembered(at_most=300)


def room_days(offers: Sequence[Offer], days: Sequence[dt.date], who: Who = Who.RESIDENT) -> list[RoomDays]:
    """The marks of ``days`` for each offer, as ``who`` sees them; one statement.

    The offers may be of any facilities and tenants.
    """
    rows = list(_rows(offers, days).values_list(*COLUMNS)) if offers and days else []
    return _marked(offers, days, rows, who)


def vacancies(offers: Sequence[Offer], days: Sequence[dt.date], who: Who = Who.RESIDENT) -> Vacancies:
    """Like ``room_days``, remembered: one statement if this process has seen the same rows before, else two."""
    stamp = _rows(offers, days).aggregate(count=Count("id"), total=Sum("id"), mixed=BitXor("id"))
    minute = clock.now().replace(second=0, microsecond=0)  # slots begin with a minute, so marks change with one
    named = (tuple(offers), days[0], days[-1], minute, who)
    known = _known.get((named, stamp["count"], stamp["total"] or 0, stamp["mixed"] or 0))
    if known is not None:
        return known
    rows = list(_rows(offers, days).values_list(*COLUMNS))
    ids = [row[0] for row in rows]  # of these very rows: others may have come since the stamp was read
    key = (named, len(ids), sum(ids), reduce(xor, ids, 0))
    return _known.put(key, Vacancies(key, tuple(_marked(offers, days, rows, who))))


def _marked(
    offers: Sequence[Offer], days: Sequence[dt.date], rows: Iterable[tuple[Any, ...]], who: Who
) -> list[RoomDays]:
    taken: dict[UUID, TakenByDay] = defaultdict(lambda: defaultdict(list))
    for _id, day, part, kind, starts_at, ends_at in rows:
        taken[part][day].append(Taken(part, kind, starts_at, ends_at))
    now, open_on = clock.now(), _windows(offers, days, who)
    found = []
    for offer in offers:
        received = open_on[offer.windows, offer.closings]
        found.append(RoomDays(offer, month_marks(offer, days, _of_parts(offer, taken), now, who, received=received)))
    return found


def _windows(offers: Sequence[Offer], days: Sequence[dt.date], who: Who) -> dict[Hashable, dict[dt.date, bool]]:
    """Whether applications are received on each day: computed once for all rooms of the same windows and closings."""
    now = clock.now()
    alike = {(offer.windows, offer.closings): offer for offer in offers}
    return {rules: {day: is_open(offer, day, now, who) for day in days} for rules, offer in alike.items()}


def _of_parts(offer: Offer, taken: dict[UUID, TakenByDay]) -> TakenByDay:
    """What is taken of the offer's own parts, by day."""
    mine = [taken[part] for part in offer.parts if part in taken]
    if len(mine) == 1:
        return mine[0]
    together: TakenByDay = defaultdict(list)
    for one in mine:
        for day, found in one.items():
            together[day] += found
    return together


def _rows(offers: Sequence[Offer], days: Sequence[dt.date]) -> QuerySet[Occupancy]:
    """What is occupied in the offers' facilities on ``days``. Holds that are over do not count."""
    facilities: list[UUID] = list({offer.facility for offer in offers})
    return Occupancy.objects.filter(facility__in=facilities, day__range=(days[0], days[-1])).filter(
        Q(expires_at=None) | Q(expires_at__gt=clock.now())
    )


def days_of_month(month: dt.date) -> list[dt.date]:
    """All days of the month that ``month`` lies in."""
    first = month.replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return [first + dt.timedelta(days=number) for number in range((following - first).days)]
