"""Which reminder of a registration's end is due (更新のお知らせ). Domain handbook 2.3: 60, 30 and 7 days before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder ``days`` before the end, and the ends for which it is the one that is due."""

    days: int
    first_end: dt.date
    last_end: dt.date


def steps_on(day: dt.date, reminder_days: Iterable[int]) -> list[Step]:
    """The steps of the policy with the ends that they are due for on ``day``; no end falls to two steps.

    Whoever was missed, because nothing ran, gets the next step's reminder only, or a late one.
    """
    steps: list[Step] = []
    first = day
    for days in sorted({days for days in reminder_days if days > 0}):
        last = day + dt.timedelta(days=days)
        steps.append(Step(days, first, last))
        first = last + dt.timedelta(days=1)
    return steps
