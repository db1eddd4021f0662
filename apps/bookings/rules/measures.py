"""Measures in force (措置): where they hold, and what they keep somebody from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from apps.bookings.life_errors import SuspendedHereError
from apps.bookings.rules.limits import Limit
from apps.bookings.rules.penalties import FEWER, NO_DRAW, SUSPEND

LASTING: Final = frozenset({NO_DRAW, FEWER, SUSPEND})
"""What holds for a time; a warning and a striking off are done in a moment."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A measure that was decided: of the whole tenant (全館) or of the facility that is asked for."""

    kind: str
    scope: str
    first: dt.date
    last: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force on ``day``."""
        return self.first <= day and (self.last is None or day <= self.last)


def is_pending(kind: str, state: str, last: dt.date | None, today: dt.date) -> bool:
    """Whether a measure still means something today: it waits for a decision, holds, or is to come."""
    return state == "proposed" or (state == "taken" and kind in LASTING and (last is None or last >= today))


def check_not_suspended(measures: Iterable[InForce], days: Iterable[dt.date]) -> None:
    """Raise ``SuspendedHereError`` where use of the facility is suspended (利用停止) on one of ``days``.

    Who is suspended in the whole tenant is so by the registration itself, and is told before.
    """
    asked = sorted(days)
    for one in measures:
        if one.kind == SUSPEND and any(one.holds_on(day) for day in asked):
            raise SuspendedHereError(field="registrant", last=one.last.isoformat() if one.last else "")


def restrictions(measures: Iterable[InForce], today: dt.date) -> Iterator[Limit]:
    """One application a month (申込数の制限), in the tenant or at the facility, while a measure restricts them."""
    for one in measures:
        if one.kind == FEWER and one.holds_on(today):
            yield Limit(one.scope, "month", 1, by="application")
