"""Until when an incident must be told, and to whom (domain handbook 7.4).

The day on which the fact became known is day 1. 速報: 概ね3〜5日以内, so day 3 is aimed at and day 5 is the last, and
neither moves for a holiday: 速やかに allows no waiting. 確報: day 30, or day 60 where an unlawful purpose is feared;
Saturdays, Sundays and holidays count, and where the last day is one the next day on which offices work is the last.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kernel import clock
from kernel.businessdays import on_or_next_business_day

FIRST_WORD: Final = dt.timedelta(hours=1)
"""施設→市: by telephone or by the report itself."""
PROMPT_AIM: Final = 3
PROMPT_LAST: Final = 5
FINAL: Final = 30
FINAL_UNLAWFUL: Final = 60
SOON: Final = 3
"""So many days before its end a clock is pointed out."""


class Light(StrEnum):
    """How a clock stands."""

    DONE = "done"
    DONE_LATE = "done_late"
    RUNNING = "running"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days (each within the clock) of the report to the commission."""

    prompt_aim: dt.date
    prompt: dt.date
    final: dt.date
    final_counted: dt.date
    """The 30th or 60th day itself, before it moves to a working day."""


def day_number(known: dt.date, number: int) -> dt.date:
    """The day that is number ``number`` where ``known`` is day 1."""
    return known + dt.timedelta(days=number - 1)


def deadlines(known: dt.date, *, is_unlawful: bool) -> Deadlines:
    """The days by which 速報 and 確報 are due for what became known on ``known``."""
    counted = day_number(known, FINAL_UNLAWFUL if is_unlawful else FINAL)
    return Deadlines(
        prompt_aim=day_number(known, PROMPT_AIM),
        prompt=day_number(known, PROMPT_LAST),
        final=on_or_next_business_day(counted),
        final_counted=counted,
    )


def day_light(due: dt.date, done: dt.date | None, today: dt.date) -> Light:
    """How the clock that ends with the day ``due`` stands."""
    if done is not None:
        return Light.DONE if done <= due else Light.DONE_LATE
    if today > due:
        return Light.OVERDUE
    return Light.SOON if (due - today).days < SOON else Light.RUNNING


def first_word_due(noticed: dt.datetime) -> dt.datetime:
    """Until when the city must have heard of it."""
    return noticed + FIRST_WORD


def first_word(phoned: dt.datetime | None, reported: dt.datetime | None) -> dt.datetime | None:
    """When the city heard of it: the call or the report, whichever was first."""
    return min((moment for moment in (phoned, reported) if moment is not None), default=None)


def form_due(noticed: dt.datetime) -> dt.datetime:
    """Until when the written report is due: the end of the same day, and never before the hour is over."""
    midnight = clock.at(noticed.astimezone(clock.TOKYO).date() + dt.timedelta(days=1), dt.time())
    return max(midnight, first_word_due(noticed))


def moment_light(due: dt.datetime, done: dt.datetime | None, now: dt.datetime) -> Light:
    """How the clock that ends at ``due`` stands."""
    if done is not None:
        return Light.DONE if done <= due else Light.DONE_LATE
    return Light.OVERDUE if now > due else Light.RUNNING
