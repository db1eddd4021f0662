"""Days that come again: every week, or the nth weekday of each month (繰返し)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from apps.bookings.errors import SeriesTooLongError, SpanUpsideDownError
from kernel.businessdays import nth_weekday, weekday_ordinal

MOST: Final = 200
"""Days of one series."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """On which ``weekdays`` (1 Monday … 7 Sunday) from ``first`` to ``last``: all, or the month's ``ordinals``.

    An ordinal is 1 to 5, or -1 for the last. Without weekdays: every day.
    """

    first: dt.date
    last: dt.date
    weekdays: frozenset[int] = frozenset()
    ordinals: frozenset[int] = frozenset()


def days_of(recurrence: Recurrence) -> list[dt.date]:
    """Its days in order. ``SpanUpsideDownError``; ``SeriesTooLongError`` for more than ``MOST``."""
    if recurrence.last < recurrence.first:
        raise SpanUpsideDownError(field="last")
    found: list[dt.date] = []
    for day in _days(recurrence):
        found.append(day)
        if len(found) > MOST:
            raise SeriesTooLongError(field="last", most=MOST)
    return found


def split(days: list[dt.date], is_closed: Callable[[dt.date], bool]) -> tuple[list[dt.date], list[dt.date]]:
    """The days on which the house is open, and those on which it is closed."""
    return [day for day in days if not is_closed(day)], [day for day in days if is_closed(day)]


def _days(recurrence: Recurrence) -> Iterator[dt.date]:
    for number in range((recurrence.last - recurrence.first).days + 1):
        day = recurrence.first + dt.timedelta(days=number)
        if recurrence.weekdays and day.isoweekday() not in recurrence.weekdays:
            continue
        if not recurrence.ordinals or _ordinals(day) & recurrence.ordinals:
            yield day


def _ordinals(day: dt.date) -> set[int]:
    is_last = nth_weekday(day.year, day.month, day.isoweekday(), -1) == day
    return {weekday_ordinal(day), *([-1] if is_last else [])}
