"""By when a fee is paid (納期・納付期限). Domain handbook 4.8."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Final

from kernel.clock import TOKYO
from kernel.spans import day_span

NONE: Final = "none"
BEFORE_USE: Final = "before_use"
DAY_BEFORE: Final = "day_before"
DAY_AFTER: Final = "day_after"
LATER: Final = "later"
APPLIED: Final = "applied"
NEXT_MONTH: Final = "next_month"
KINDS: Final = (NONE, BEFORE_USE, DAY_BEFORE, DAY_AFTER, LATER, APPLIED, NEXT_MONTH)
"""指定なし, 利用日N日前, 当日前払, 当日後払, 後払, 申込日からN日, 申込翌月."""
IN_ADVANCE: Final = frozenset({BEFORE_USE, DAY_BEFORE, APPLIED})
"""Paid before the use (前納): the use does not begin before it is paid."""


@dataclass(frozen=True, slots=True)
class DueTerms:
    """納期 as a facility sets it.

    ``days``: of 利用日N日前, 後払 (so many after the use) and 申込日からN日; ``day``: of 申込翌月, a day that the month
    does not have is its last. ``lapse``: a booking of which nothing was paid in time is cancelled by itself
    (期限切れ自動取消). ``remind``: written to so many days before; 0: not at all.
    """

    kind: str = NONE
    days: int = 7
    day: int = 31
    lapse: bool = False
    remind: int = 0


def due_on(terms: DueTerms, *, use: dt.date, applied: dt.date, charged: dt.date) -> dt.date | None:
    """The last day on which a fee that is charged on ``charged`` is paid in time; None: no day is set.

    It is never before the day of the charge, and what is paid in advance is due on the day of use at the latest.
    """
    day = _day(terms, use, applied)
    if day is None:
        return None
    if terms.kind in IN_ADVANCE:
        day = min(day, use)
    return max(day, charged)


def _day(terms: DueTerms, use: dt.date, applied: dt.date) -> dt.date | None:
    match terms.kind:
        case "before_use":
            return use - dt.timedelta(days=terms.days)
        case "day_before" | "day_after":
            return use
        case "later":
            return use + dt.timedelta(days=terms.days)
        case "applied":
            return applied + dt.timedelta(days=terms.days)
        case "next_month":
            return _next_month(applied, terms.day)
        case _:
            return None


def _next_month(day: dt.date, wanted: int) -> dt.date:
    first = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return first.replace(day=min(wanted, calendar.monthrange(first.year, first.month)[1]))


def overdue_at(kind: str, due: dt.date, starts_at: dt.datetime) -> dt.datetime:
    """The first instant that is too late: the day's end; where the use is paid for before it begins, its start."""
    end = day_span(due).end
    return min(end, starts_at) if kind == DAY_BEFORE and starts_at.astimezone(TOKYO).date() == due else end
