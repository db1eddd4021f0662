"""When what is due, and whom to remind: 翌月5日 for the report, the city's look by the end of that month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.compliance.rules.monitoring.words import WAITS_FOR_FACILITY, State

REPORT_DAY: Final = 5
"""Day of the following month by which the facility reports."""
PLAN_DAYS: Final = 14
"""Proposed for an improvement plan after a finding, and left to the city to confirm one."""
SOON: Final = dt.timedelta(days=3)
LATE: Final = dt.timedelta(days=7)
MOST_MONTHS: Final = 12
"""How many months are made up for a tenant that nobody has watched: a year, not its whole past."""


class Step(StrEnum):
    """How pressing a reminder is (督促の段階)."""

    SOON = "soon"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    """7 days late: 総括 is told as well."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a month waits for: whose turn it is, and by when."""

    by_facility: bool
    on: dt.date

    def days_left(self, today: dt.date) -> int:
        """0 on the last day, negative when it is past."""
        return (self.on - today).days


def next_month(month: dt.date) -> dt.date:
    """The first day of the month after ``month``."""
    return (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def month_before(day: dt.date) -> dt.date:
    """The first day of the month before that of ``day``."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def months_to_make(last_made: dt.date | None, first_run: dt.date, today: dt.date) -> list[dt.date]:
    """The months that are over and have no sheet yet, the oldest first; a year of them at most.

    ``last_made`` is the newest month that has one, ``first_run`` the first day on which the tenant was run.
    """
    begin = next_month(last_made) if last_made else first_run.replace(day=1)
    months: list[dt.date] = []
    month = month_before(today)
    while month >= begin and len(months) < MOST_MONTHS:
        months.append(month)
        month = month_before(month)
    return months[::-1]


def report_due(month: dt.date) -> dt.date:
    """The last day for the self-check and the report of ``month``."""
    return next_month(month).replace(day=REPORT_DAY)


def check_due(month: dt.date) -> dt.date:
    """The last day for the city to look at ``month``: that of the following month."""
    return next_month(next_month(month)) - dt.timedelta(days=1)


def due_of(
    state: State, month: dt.date, *, deadlines: Iterable[dt.date] = (), planned_on: dt.date | None = None
) -> Due | None:
    """What is due in ``state``; None for a month that is closed.

    ``deadlines`` are those of the findings that want a plan, ``planned_on`` the day when the last plan came.
    """
    match state:
        case State.SELF_CHECK:
            on = report_due(month)
        case State.REPORTED:
            on = check_due(month)
        case State.IMPROVING:
            on = min(deadlines, default=check_due(month))
        case State.PLANNED:
            on = (planned_on or check_due(month)) + dt.timedelta(days=PLAN_DAYS)
        case _:
            return None
    return Due(state in WAITS_FOR_FACILITY, on)


def step_on(due: dt.date, today: dt.date) -> Step | None:
    """The reminder that is in order on ``today``: from three days before on, when late, when seven days late."""
    if today > due + LATE - dt.timedelta(days=1):
        return Step.ESCALATED
    if today > due:
        return Step.OVERDUE
    return Step.SOON if today >= due - SOON else None


def addressees(step: Step, *, by_facility: bool) -> Iterator[str]:
    """Whose mailboxes a reminder goes to: ``operator``, ``department``, ``general``."""
    if by_facility:
        yield "operator"
    if not by_facility or step is not Step.SOON:
        yield "department"
    if step is Step.ESCALATED:
        yield "general"
