"""When a recount opens and ends, and when an ID counts as unused (棚卸・未使用)."""

from __future__ import annotations

import datetime as dt
from typing import Final

ANSWERED_WITHIN: Final = dt.timedelta(days=30)


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter of the fiscal year: April, July, October, January."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def closes_on(opened: dt.date) -> dt.date:
    """The last day for answers."""
    return opened + ANSWERED_WITHIN


def is_over(last_day: dt.date, today: dt.date) -> bool:
    """Whether the last day for answers has passed."""
    return last_day < today


def is_unused(used: dt.datetime | None, given: dt.datetime, now: dt.datetime, days: int) -> bool:
    """Whether an ID was not used for ``days`` days, since it was given (or given back) at the earliest."""
    since = max(used, given) if used else given
    return since + dt.timedelta(days=days) <= now
