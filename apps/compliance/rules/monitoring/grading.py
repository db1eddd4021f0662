"""The grade of a month by rule, with its reasons: A nothing wrong, B something, C what must not be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apps.compliance.rules.monitoring.words import Grade, Result

MANY: Final = 3
"""This many items 不適 are a C."""
VERY_LATE: Final = 7
"""Days after which a late report is a C."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An item as the city found it; ``required`` for the three that the city's document of 2017 names."""

    result: Result
    required: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A finding: by when an improvement plan was wanted, when it came (None: never), whether it was confirmed."""

    deadline: dt.date
    planned_on: dt.date | None
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a grade is not an A: a code, and a number to tell."""

    grade: Grade
    code: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade and every reason for it."""

    grade: Grade
    reasons: tuple[Reason, ...]


def grade_of(items: Sequence[Judged], plans: Sequence[Plan], *, days_late: int) -> Graded:
    """The worst grade that a reason gives; an A without any. ``days_late``: of the report, 0 or less in time."""
    found = [*_of_items(items), *_of_plans(plans), *_of_time(days_late)]
    worst = max((one.grade for one in found), default=Grade.A)
    return Graded(worst, tuple(sorted(found, key=lambda one: one.grade, reverse=True)))


def year_grade(months: Sequence[Grade]) -> Grade | None:
    """The grade proposed for a year: C with three C or more, A with nine A in ten and no C, otherwise B; None of none.

    A proposal [D]: who judges decides.
    """
    if not months:
        return None
    counted = Counter(months)
    if counted[Grade.C] >= MANY:
        return Grade.C
    return Grade.A if not counted[Grade.C] and counted[Grade.A] * 10 >= len(months) * 9 else Grade.B


def _of_items(items: Sequence[Judged]) -> list[Reason]:
    required = sum(one.required and one.result is Result.UNFIT for one in items)
    unfit = sum(one.result is Result.UNFIT for one in items)
    partly = sum(one.result is Result.PARTLY for one in items)
    found = []
    if required:
        found.append(Reason(Grade.C, "required_unfit", required))
    if unfit:
        found.append(Reason(Grade.C if unfit >= MANY else Grade.B, "unfit", unfit))
    if partly:
        found.append(Reason(Grade.B, "partly", partly))
    return found


def _of_plans(plans: Sequence[Plan]) -> list[Reason]:
    late = sum(one.planned_on is not None and one.planned_on > one.deadline for one in plans)
    missing = sum(not one.is_confirmed for one in plans)
    found = []
    if missing:
        found.append(Reason(Grade.C, "unconfirmed", missing))
    if late:
        found.append(Reason(Grade.B, "plan_late", late))
    return found


def _of_time(days_late: int) -> list[Reason]:
    if days_late <= 0:
        return []
    return [Reason(Grade.C if days_late > VERY_LATE else Grade.B, "report_late", days_late)]
