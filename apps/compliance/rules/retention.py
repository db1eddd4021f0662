"""How a disposal stands, and what a period of keeping may be (domain handbook, section 10)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final

from apps.compliance.retention_errors import (
    DisposalReasonError,
    ExecutionDayError,
    PeriodBackdatedError,
    PeriodReasonError,
    PeriodTooShortError,
    SameHandError,
)
from apps.compliance.rules.exports import same_person

MOST_DAYS: Final = 90
"""So far ahead may a disposal be carried out: a list grows old."""
LEAST_REASON: Final = 2


class Stage(StrEnum):
    """How far a disposal has come."""

    LISTING = "listing"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN: Final = frozenset({Stage.LISTING, Stage.ASKED, Stage.CONFIRMED})
"""May still be given up."""
WORKING: Final = frozenset({Stage.LISTING, Stage.CONFIRMED, Stage.RUNNING})
"""A worker will change it by itself."""


def stage_of(decision: str, *, is_listed: bool, is_started: bool, is_done: bool) -> Stage:
    """The stage that follows from what is recorded."""
    if decision in {"refused", "withdrawn"}:
        return Stage(decision)
    if decision == "confirmed":
        return Stage.DONE if is_done else Stage.RUNNING if is_started else Stage.CONFIRMED
    return Stage.ASKED if is_listed else Stage.LISTING


def check_hands(login: str, name: str, asked_login: str, asked_name: str) -> None:
    """Four eyes: ``SameHandError`` where whoever decides is whoever asked."""
    if same_person(login, name, asked_login, asked_name):
        raise SameHandError


def check_execution(day: dt.date, today: dt.date) -> None:
    """``ExecutionDayError`` for a day before today or too far off."""
    if not today <= day <= today + dt.timedelta(days=MOST_DAYS):
        raise ExecutionDayError(days=MOST_DAYS, field="execute_on")


def check_refusal(reason: str) -> str:
    """The reason, tidied; ``DisposalReasonError`` without one."""
    tidy = reason.strip()
    if len(tidy) < LEAST_REASON:
        raise DisposalReasonError(field="note")
    return tidy


def check_period(months: int | None, least: int, valid_from: dt.date, today: dt.date, reason: str) -> str:
    """The reason, tidied. ``PeriodTooShortError``, ``PeriodBackdatedError``, ``PeriodReasonError``."""
    if months is not None and months < least:
        raise PeriodTooShortError(least=least, field="months")
    if valid_from < today:
        raise PeriodBackdatedError(field="valid_from")
    tidy = reason.strip()
    if len(tidy) < LEAST_REASON:
        raise PeriodReasonError(field="reason")
    return tidy


def is_over(since: dt.date, months: int, day: dt.date) -> bool:
    """Whether a record that is kept for ``months`` from ``since`` on has been kept long enough on ``day``."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(since.day, last)) <= day
