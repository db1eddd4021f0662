"""The year at a glance (年間カレンダー): what each day is by the closing rules, and what a change of them changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apps.bookings.rules.days import OPENS, closing_of, hits
from apps.bookings.rules.listing import Closing
from kernel.businessdays import months_after

APRIL: Final = 4


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the calendar: its mark's code, the rule's word, and whether an exception opens it."""

    day: dt.date
    kind: str
    """open, exception (例外開館日), or the kind of block of the closing: closure, maintenance, works."""
    label: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Days that a change of rules closes, and days that it opens."""

    closed: tuple[YearDay, ...]
    opened: tuple[dt.date, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether no day changes."""
        return not (self.closed or self.opened)


def fiscal_year_of(day: dt.date) -> int:
    """The fiscal year (年度) that a day lies in: from 1 April on."""
    return day.year if day.month >= APRIL else day.year - 1


def reach(today: dt.date, kind: str, months: int, days: int) -> dt.date:
    """The last day of use that a window can be open for today, by where it opens (受付の開始).

    Generously: a shift moves the opening to a later day, and so reaches no farther.
    """
    if kind == "days":
        return today + dt.timedelta(days=days)
    if kind == "month_day":
        return months_after(today.replace(day=1), months + 1) - dt.timedelta(days=1)
    ahead = today + dt.timedelta(days=days)
    return months_after(ahead.replace(day=1), months + 1) - dt.timedelta(days=1)


def days_of_year(year: int) -> list[dt.date]:
    """All days of the fiscal year, from 1 April on."""
    first, following = dt.date(year, APRIL, 1), dt.date(year + 1, APRIL, 1)
    return [first + dt.timedelta(days=number) for number in range((following - first).days)]


def year_of(closings: Sequence[Closing], year: int) -> list[list[YearDay]]:
    """The fiscal year month by month, from April on."""
    months: list[list[YearDay]] = []
    for day in days_of_year(year):
        if day.day == 1:
            months.append([])
        months[-1].append(year_day(closings, day))
    return months


def year_day(closings: Sequence[Closing], day: dt.date) -> YearDay:
    """What ``day`` is."""
    closing = closing_of(closings, day)
    if closing is not None:
        return YearDay(day, closing.block, closing.label, closing.label_en)
    exception = next((one for one in closings if one.effect == OPENS and hits(one, day)), None)
    if exception is not None:
        return YearDay(day, "exception", exception.label, exception.label_en)
    return YearDay(day, "open")


def changed(before: Sequence[Closing], after: Sequence[Closing], days: Sequence[dt.date]) -> Change:
    """Which of ``days`` become closed and which become open, from one set of rules to the other."""
    closed, opened = [], []
    for day in days:
        was, will_be = closing_of(before, day), closing_of(after, day)
        if was is None and will_be is not None:
            closed.append(year_day(after, day))
        if was is not None and will_be is None:
            opened.append(day)
    return Change(tuple(closed), tuple(opened))
