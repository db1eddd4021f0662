"""Until when a booking may be given up or changed, and what is paid back (取消・変更の期限; rules, 4.1, 4.5, 4.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.bookings.life_errors import NotByPortalError, TooLateForThisError, UnknownCauseError
from kernel.businessdays import months_before
from kernel.clock import TOKYO

NEVER, DAYS, MONTHS, START = "never", "days", "months", "start"
CITIZENS_CAUSE: Final = "citizen"
FACILITYS_CAUSE: Final = "facility"


@dataclass(frozen=True, slots=True)
class Deadline:
    """``never`` (不可), ``days`` days before at ``at``, day ``day`` of ``months`` months before, or the use's start.

    The minute ``at`` is still in time (HH:MM:59).
    """

    kind: str = DAYS
    days: int = 1
    months: int = 1
    day: int = 1
    at: dt.time = dt.time(23, 59)

    def ends(self, day: dt.date, starts_at: dt.datetime) -> dt.datetime | None:
        """The first instant that is too late for a use on ``day``; None where it is never possible."""
        if self.kind == NEVER:
            return None
        if self.kind == START:
            return starts_at
        last = day - dt.timedelta(days=self.days) if self.kind == DAYS else self._day_of_month(day)
        return dt.datetime.combine(last, self.at, TOKYO) + dt.timedelta(minutes=1)

    def _day_of_month(self, day: dt.date) -> dt.date:
        first = months_before(day.replace(day=1), self.months)
        following = (first + dt.timedelta(days=32)).replace(day=1)
        return min(first + dt.timedelta(days=self.day - 1), following - dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class RefundStep:
    """Given up ``days`` days before the use or earlier, ``percent`` of what was paid is returned (還付率).

    A room that some step names (ホール) goes by the steps that name it, every other one by those that name none.
    """

    days: int
    percent: int
    rooms: tuple[UUID, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason of cancellation (取消事由), whose it is, and the share that is paid back."""

    code: str
    name: str
    name_en: str = ""
    whose: str = CITIZENS_CAUSE
    percent: int | None = None
    """A fixed share; None: by the table of days."""
    article: str = ""
    """The provision that the share rests on."""


def check_deadline(deadline: Deadline, *, day: dt.date, starts_at: dt.datetime, now: dt.datetime) -> None:
    """Raise ``NotByPortalError`` where it is never possible, ``TooLateForThisError`` after the deadline."""
    ends = deadline.ends(day, starts_at)
    if ends is None:
        raise NotByPortalError
    if now >= ends:
        last = ends - dt.timedelta(minutes=1)
        raise TooLateForThisError(until=f"{last.astimezone(TOKYO):%Y-%m-%d %H:%M}")


def in_time(deadline: Deadline, *, day: dt.date, starts_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether ``check_deadline`` raises nothing."""
    ends = deadline.ends(day, starts_at)
    return ends is not None and now < ends


@dataclass(frozen=True, slots=True)
class Rate:
    """Which share goes back (還付率), by what: the facility's own cause, the cause's share, or the days left.

    ``days`` is the step that applied; None where the table has none for so few days left.
    """

    percent: int
    basis: str
    left: int
    days: int | None = None
    article: str = ""


BY_FACILITY, BY_CAUSE, BY_DAYS, BY_REFUSAL, BY_REVOCATION = "facility", "cause", "days", "refusal", "revocation"


def rate_of(
    cause: Cause, steps: Iterable[RefundStep], *, day: dt.date, today: dt.date, room: UUID | None = None
) -> Rate:
    """The facility's own cause returns wholly, else the cause's share holds, else the table by days before the use."""
    left = (day - today).days
    if cause.whose == FACILITYS_CAUSE:
        return Rate(100, BY_FACILITY, left, article=cause.article)
    if cause.percent is not None:
        return Rate(cause.percent, BY_CAUSE, left, article=cause.article)
    steps = tuple(steps)
    named = [one for one in steps if room in one.rooms] or [one for one in steps if not one.rooms]
    step = next((one for one in sorted(named, key=lambda one: -one.days) if left >= one.days), None)
    if step is None:
        return Rate(0, BY_DAYS, left, article=next((one.article for one in named if one.article), ""))
    return Rate(step.percent, BY_DAYS, left, step.days, step.article)


def refund_percent(
    cause: Cause, steps: Iterable[RefundStep], *, day: dt.date, today: dt.date, room: UUID | None = None
) -> int:
    """The share of ``rate_of``."""
    return rate_of(cause, steps, day=day, today=today, room=room).percent


def chosen_by_citizens(causes: Iterable[Cause]) -> list[Cause]:
    """The causes that somebody gives for oneself. One with a share of its own (天候, 未納) is for staff to find."""
    return [one for one in causes if one.whose == CITIZENS_CAUSE and one.percent is None]


def cause_of(causes: Iterable[Cause], code: str, *, whose: str) -> Cause:
    """The cause ``code`` of ``whose``; ``UnknownCauseError`` for any other."""
    found = next((one for one in causes if one.code == code and one.whose == whose), None)
    if found is None:
        raise UnknownCauseError(field="cause")
    return found
