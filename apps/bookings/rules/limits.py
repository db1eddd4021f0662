"""How much one registrant may book (申込の制限; rules, section 4.4): counted by values, under the write path's lock."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.bookings.life_errors import LimitReachedError
from apps.bookings.rules.ceilings import Ceilings, check_ceilings, check_people
from apps.bookings.rules.counted import Asking, Counted

__all__ = ["Asking", "Ceilings", "Counted", "Limit", "check_limits", "check_people"]

ROOM, ROOMS, FACILITY, TENANT = "room", "rooms", "facility", "tenant"
DAY, WEEK, MONTH = "day", "week", "month"
BY_USE, BY_APPLICATION = "use", "application"
COUNT, SLOTS = "count", "slots"
ANY: Final = "any"
CITY: Final = frozenset({"resident", "worker", "student"})
"""居住区分 of whoever counts as of the city (市内在住・在勤・在学)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` of ``unit`` in ``period`` within ``scope``, for whoever is meant.

    ``scope``: each room by itself, the listed rooms together (室場の分類), the facility, or all facilities of the
    tenant. ``rooms``: the rooms that the limit is about; empty: all. ``by``: the period of the day of use or of the
    day of application. ``series_as_one``: a series counts once (通し申込は1回).
    """

    scope: str
    period: str
    most: int
    unit: str = COUNT
    by: str = BY_USE
    kind: str = ANY
    residence: str = ANY
    rooms: tuple[UUID, ...] = ()
    series_as_one: bool = False
    sunday_first: bool = False


def check_limits(
    limits: Iterable[Limit], ceilings: Ceilings, *, asking: Asking, wish: Counted, others: Sequence[Counted]
) -> None:
    """Raise the first limit that ``wish`` breaks, given the registrant's ``others``.

    ``others`` are bookings and live holds; an older version of the wish itself is left out by its id.
    """
    rest = [one for one in others if one.id != wish.id]
    check_ceilings(ceilings, wish, rest)
    for limit in limits:
        if meant(limit, asking, wish):
            _check(limit, wish, [one for one in rest if is_counted(limit, wish, one)])


def meant(limit: Limit, asking: Asking, wish: Counted) -> bool:
    """Whether the limit is about the one who asks and the room that is asked for."""
    if limit.rooms and wish.room not in limit.rooms:
        return False
    if limit.kind not in {ANY, asking.kind}:
        return False
    return limit.residence == ANY or (limit.residence == "city") == (asking.residence in CITY)


def is_counted(limit: Limit, wish: Counted, other: Counted) -> bool:
    """Whether ``other`` counts beside ``wish``: in the same scope and the same period."""
    if other.by_draw or (limit.rooms and other.room not in limit.rooms):
        return False
    if limit.scope == ROOM and other.room != wish.room:
        return False
    if limit.scope == FACILITY and other.facility != wish.facility:
        return False
    first, last = period_of(limit, wish)
    return first <= _day(limit, other) <= last


def period_of(limit: Limit, wish: Counted) -> tuple[dt.date, dt.date]:
    """First and last day of the day, week (Monday to Sunday, or from Sunday) or month that the wish falls in."""
    day = _day(limit, wish)
    if limit.period == DAY:
        return day, day
    if limit.period == WEEK:
        first = day - dt.timedelta(days=day.isoweekday() % 7 if limit.sunday_first else day.weekday())
        return first, first + dt.timedelta(days=6)
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def amount(limit: Limit, bookings: Iterable[Counted]) -> int:
    """How much ``bookings`` come to in the limit's unit."""
    found = list(bookings)
    if limit.unit == SLOTS:
        return sum(one.slots for one in found)
    if not limit.series_as_one:
        return len(found)
    return len({one.series or one.id for one in found})


def horizon(limits: Iterable[Limit], *, day: dt.date, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of use that any limit may count, beside what is still ahead; by application, all days."""
    if any(limit.by == BY_APPLICATION for limit in limits):
        return today - dt.timedelta(days=400), dt.date.max
    return min(day - dt.timedelta(days=31), today), dt.date.max


def _check(limit: Limit, wish: Counted, others: Sequence[Counted]) -> None:
    now = amount(limit, others)
    if amount(limit, [*others, wish]) > limit.most:
        raise LimitReachedError(scope=limit.scope, period=limit.period, unit=limit.unit, most=limit.most, now=now)


def _day(limit: Limit, one: Counted) -> dt.date:
    return one.day if limit.by == BY_USE else one.applied_on
