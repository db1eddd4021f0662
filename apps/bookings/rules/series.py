"""Days of a series (定期利用・繰り返し予約): every week or the nth weekday, without the closed days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from apps.bookings.life_errors import EmptySeriesError
from kernel.businessdays import nth_weekday

WEEKLY, MONTHLY = "weekly", "monthly"
MOST: Final = 60
"""Days of one series."""
BOOK, SKIP, NEXT_DAY = "book", "skip", "other"
FREE, CLOSED, TAKEN, OWN, NO_SLOT, PAST = "free", "closed", "taken", "own", "no_slot", "past"


@dataclass(frozen=True, slots=True)
class Pattern:
    """From ``first`` to ``last`` on ``weekday`` (1 Monday … 7 Sunday): every ``every`` weeks, or ``nths`` of a month.

    ``nths``: 1 to 5, or -1 for the last.
    """

    kind: str
    weekday: int
    first: dt.date
    last: dt.date
    every: int = 1
    nths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A day of the series and what stands against it; ``note`` tells the closing's label."""

    day: dt.date
    conflict: str
    note: str = ""

    @property
    def is_free(self) -> bool:
        """Whether it can be booked as it is."""
        return self.conflict == FREE


def days_of(pattern: Pattern) -> list[dt.date]:
    """The days, in order; ``EmptySeriesError`` when there is none, or more than ``MOST``."""
    found: list[dt.date] = []
    for day in _weekly(pattern) if pattern.kind == WEEKLY else _monthly(pattern):
        if len(found) == MOST:
            raise EmptySeriesError(field="last", most=MOST)
        found.append(day)
    if not found:
        raise EmptySeriesError(field="last", most=MOST)
    return found


def chosen(planned: Iterable[Planned], choices: Mapping[dt.date, str]) -> list[dt.date]:
    """The days to book: the free ones that were not left out. ``EmptySeriesError`` when none remains."""
    days = [one.day for one in planned if one.is_free and choices.get(one.day, BOOK) == BOOK]
    if not days:
        raise EmptySeriesError(most=MOST)
    return days


def _weekly(pattern: Pattern) -> Iterator[dt.date]:
    day = pattern.first + dt.timedelta(days=(pattern.weekday - pattern.first.isoweekday()) % 7)
    while day <= pattern.last:
        yield day
        day += dt.timedelta(weeks=max(1, pattern.every))


def _monthly(pattern: Pattern) -> Iterator[dt.date]:
    month = pattern.first.replace(day=1)
    while month <= pattern.last:
        days = {nth_weekday(month.year, month.month, pattern.weekday, nth) for nth in pattern.nths}
        yield from sorted(day for day in days if day is not None and pattern.first <= day <= pattern.last)
        month = (month + dt.timedelta(days=32)).replace(day=1)
