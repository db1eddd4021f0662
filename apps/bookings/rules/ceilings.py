"""The limits that know no period (上限; rules, section 4.4): how much somebody may have at a time. 0: no ceiling."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from apps.bookings.life_errors import (
    SameTimeError,
    TooFewPeopleError,
    TooManyAheadError,
    TooManyHoldsError,
    TooManyPendingError,
    TooManySlotsError,
    TooManyUnpaidError,
)
from apps.bookings.rules.counted import Counted
from apps.bookings.rules.states import AHEAD, HOLD, PENDING


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What a facility sets. ``unpaid`` counts money (未収納, 一部入金), ``pending`` what is undecided (未確定)."""

    holds: int = 5
    pending: int = 0
    ahead: int = 0
    slots: int = 0
    people: int = 0
    same_time: bool = False
    unpaid: int = 0


def check_ceilings(ceilings: Ceilings, wish: Counted, others: Sequence[Counted]) -> None:
    """Raise the first ceiling that ``wish`` breaks beside the registrant's ``others``."""
    for check in CHECKS:
        check(ceilings, wish, others)


def check_people(ceilings: Ceilings, headcount: int) -> None:
    """Raise ``TooFewPeopleError`` below the least headcount (最低人数)."""
    if headcount < ceilings.people:
        raise TooFewPeopleError(field="headcount", least=ceilings.people)


def check_unpaid(ceilings: Ceilings, unpaid: int) -> None:
    """Raise ``TooManyUnpaidError`` for one more beside so many bookings that are to be paid for (同時未払い数上限)."""
    if ceilings.unpaid and unpaid >= ceilings.unpaid:
        raise TooManyUnpaidError(field="slots", most=ceilings.unpaid, now=unpaid)


def check_run(ceilings: Ceilings, wish: Counted, _others: Sequence[Counted]) -> None:
    """The longest run of slots in one application (連続コマ)."""
    if ceilings.slots and wish.slots > ceilings.slots:
        raise TooManySlotsError(field="slots", most=ceilings.slots)


def check_same_time(ceilings: Ceilings, wish: Counted, others: Sequence[Counted]) -> None:
    """Nobody is at two places at a time (同時刻の重複)."""
    if ceilings.same_time and any(_meet(wish, one) for one in others):
        raise SameTimeError(field="slots")


def check_holds(ceilings: Ceilings, wish: Counted, others: Sequence[Counted]) -> None:
    """Holds at a time (同時の仮押え); an application is none."""
    held = _number(others, {HOLD})
    if wish.state == HOLD and ceilings.holds and held >= ceilings.holds:
        raise TooManyHoldsError(field="slots", most=ceilings.holds, now=held)


def check_pending(ceilings: Ceilings, _wish: Counted, others: Sequence[Counted]) -> None:
    """Bookings that nobody has decided on yet (未確定), holds among them."""
    pending = _number(others, PENDING | {HOLD})
    if ceilings.pending and pending >= ceilings.pending:
        raise TooManyPendingError(field="slots", most=ceilings.pending, now=pending)


def check_ahead(ceilings: Ceilings, wish: Counted, others: Sequence[Counted]) -> None:
    """Bookings whose day is still to come (利用前), holds among them."""
    ahead = _number((one for one in others if one.day >= wish.applied_on), AHEAD | {HOLD})
    if ceilings.ahead and ahead >= ceilings.ahead:
        raise TooManyAheadError(field="slots", most=ceilings.ahead, now=ahead)


CHECKS: Final[tuple[Callable[[Ceilings, Counted, Sequence[Counted]], None], ...]] = (
    check_run,
    check_same_time,
    check_holds,
    check_pending,
    check_ahead,
)
"""In the order in which they are told."""


def _number(others: Iterable[Counted], states: Collection[str]) -> int:
    return sum(one.state in states for one in others)


def _meet(one: Counted, other: Counted) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
