"""Penalty points (ペナルティ; rules, section 4.5): the system proposes, a person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kernel.businessdays import months_before

NO_SHOW, LATE_CANCEL, UNPAID = "no_show", "late_cancel", "unpaid"
OTHER_USE, SUBLET, FALSE_ENTRY, NOT_RESTORED = "other_use", "sublet", "false_entry", "not_restored"
EVENTS: Final = (NO_SHOW, LATE_CANCEL, UNPAID, OTHER_USE, SUBLET, FALSE_ENTRY, NOT_RESTORED)
"""無断不使用, 直前取消, 未納, 目的外使用, 又貸し, 虚偽登録, 原状回復違反."""
SEEN_BY_STAFF: Final = frozenset(EVENTS) - {NO_SHOW, LATE_CANCEL}
"""Events that only staff enter, with what they saw."""
WARN, NO_DRAW, FEWER, SUSPEND, STRIKE = "warn", "no_draw", "fewer", "suspend", "strike"
MEASURES: Final = (WARN, NO_DRAW, FEWER, SUSPEND, STRIKE)
"""警告, 抽選不可, 申込数制限, 利用停止, 登録抹消: the lightest first."""


EVERYWHERE, HERE = "tenant", "facility"
"""Where a measure holds: at all facilities of the tenant (全館), or at the one where it happened."""


@dataclass(frozen=True, slots=True)
class PointRule:
    """So many points for an event; ``days``: for a late cancellation, given up so many days before or later."""

    event: str
    points: Decimal
    days: int = 0


@dataclass(frozen=True, slots=True)
class Threshold:
    """From ``points`` within ``months`` on, ``measure`` is proposed, for ``days`` days (0: without end).

    ``scope``: whether it is to hold everywhere or here.
    """

    points: Decimal
    months: int
    measure: str
    days: int = 0
    scope: str = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Exempt:
    """Days on which nothing counts (免除期間: 感染症, 天候), first to last, both included."""

    first: dt.date
    last: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Points that somebody has, on the day of their event."""

    day: dt.date
    points: Decimal
    is_void: bool = False
    """Taken back by staff (取消)."""


def points_for(event: str, rules: Iterable[PointRule], exempt: Iterable[Exempt], *, day: dt.date, left: int) -> Decimal:
    """The points of an event about a use on ``day``, ``left`` days ahead of it; 0 on an exempt day."""
    if is_exempt(day, exempt):
        return Decimal(0)
    fitting = [one.points for one in rules if one.event == event and (event != LATE_CANCEL or left <= one.days)]
    return max(fitting, default=Decimal(0))


def is_exempt(day: dt.date, exempt: Iterable[Exempt]) -> bool:
    """Whether ``day`` lies in a span on which nothing counts."""
    return any(one.first <= day <= one.last for one in exempt)


def standing_points(points: Iterable[Point], *, months: int, today: dt.date) -> Decimal:
    """What counts of ``points`` today: not void, and not older than ``months`` months."""
    since = months_before(today, months)
    return sum((one.points for one in points if not one.is_void and since < one.day <= today), Decimal(0))


def proposed(thresholds: Iterable[Threshold], points: Sequence[Point], *, today: dt.date) -> Threshold | None:
    """The gravest measure whose threshold is reached, or None. Nothing is done by it: a person decides."""
    reached = [one for one in thresholds if standing_points(points, months=one.months, today=today) >= one.points > 0]
    return max(reached, key=lambda one: (MEASURES.index(one.measure), one.days), default=None)
