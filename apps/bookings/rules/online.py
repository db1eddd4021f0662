"""Paying online (オンライン決済; rules, section 4.8): the states of a session, and what a provider's notice changes.

A session asks for one amount once. Whatever order, delay or number notices come in, the money that a provider took is
counted exactly once, and what was not owed when it came is known as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.bookings.online_errors import BasisMissingError, TooLateToPayError, UnknownProviderError
from apps.bookings.rules.authority import FeeRegime

NEW: Final = "new"
"""Entered; the provider has not answered yet."""
OPEN: Final = "open"
PAID: Final = "paid"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"
EXPIRED: Final = "expired"
MISMATCH: Final = "mismatch"
"""The provider took another amount, or took twice: nothing is received, staff look into it."""

WAITING: Final = frozenset({NEW, OPEN})
MOVES: Final = frozenset(
    {(NEW, OPEN)}
    | {(state, to) for state in WAITING for to in (PAID, FAILED, CANCELLED, EXPIRED, MISMATCH)}
    | {(state, to) for state in (FAILED, CANCELLED, EXPIRED) for to in (PAID, MISMATCH)}
)
"""From a state to the next. Money that comes late is counted all the same; nothing leads away from 完納."""

ENDS: Final = {"failed": FAILED, "cancelled": CANCELLED, "expired": EXPIRED}
"""Kind of event without money -> the state it leads to."""
LEAST_LEFT: Final = dt.timedelta(minutes=3)
"""A payer has at least so long."""
SETTLED_LATE: Final = dt.timedelta(minutes=2)
"""So long after its end a session's fate is asked for, if no notice came."""


class Outcome(StrEnum):
    """What became of a notice."""

    RECEIVED = "received"  # 収納した
    NOTED = "noted"  # 状態だけを改めた
    AGAIN = "again"  # すでに知っている
    MISMATCH = "mismatch"  # 額などが違う
    UNKNOWN = "unknown"  # こちらにない支払い
    REFUNDED = "refunded"  # 返金が済んだ
    REFUND_FAILED = "refund_failed"  # 返金できなかった


LOOKED_INTO: Final = frozenset({Outcome.UNKNOWN.value, Outcome.MISMATCH.value})
"""Notices that staff look into."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A session as far as a notice matters to it: ``payment`` is the provider's name of what was received for it."""

    state: str
    amount: int
    payment: str = ""


def weigh(asked: Asked, *, kind: str, amount: int, payment: str = "") -> Outcome:
    """What a notice of ``kind`` about a session means. Later notices of what is known change nothing."""
    if kind == PAID:
        if asked.state == PAID:
            return Outcome.AGAIN if (payment, amount) == (asked.payment, asked.amount) else Outcome.MISMATCH
        if asked.state == MISMATCH:
            return Outcome.AGAIN if payment == asked.payment else Outcome.MISMATCH
        return Outcome.RECEIVED if amount == asked.amount and payment else Outcome.MISMATCH
    return Outcome.NOTED if asked.state in WAITING else Outcome.AGAIN


def surplus(amount: int, *, owed: int, is_alive: bool) -> int:
    """How much of a payment was not owed when it came (超過): all of it for a booking that is over."""
    return max(0, amount - max(owed, 0)) if is_alive else amount


def is_in_vain(*, owed: int, is_alive: bool) -> bool:
    """Whether an open session asks for what nobody is to pay any more: the booking is over, or was paid otherwise."""
    return not is_alive or owed <= 0


def ends_at(now: dt.datetime, *, minutes: int, due_at: dt.datetime | None) -> dt.datetime:
    """When a session that begins ``now`` ends: a 仮予約 must be paid before it is due. ``TooLateToPayError``."""
    end = now + dt.timedelta(minutes=minutes)
    if due_at is not None and due_at < end:
        end = due_at
    if end - now < LEAST_LEFT:
        raise TooLateToPayError
    return end


AGENT: Final = "agent"
"""指定納付受託者 (地方自治法第231条の2の2): who may take a city's 使用料 by card."""
CONTRACT: Final = "contract"
"""The manager's own contract, for 利用料金."""
BASES: Final = {FeeRegime.PUBLIC_FEE: AGENT, FeeRegime.MANAGER_INCOME: CONTRACT}
PERMITS: Final = "permit"
REVIEWS: Final = "review"
"""What a 仮予約 becomes when it is paid in full: 本予約 at once, or 審査待ち."""


@dataclass(frozen=True, slots=True)
class OnlineTerms:
    """How a tenant takes payments online from a day on. Off unless set."""

    is_on: bool = False
    provider: str = ""
    basis: str = ""
    agent: str = ""
    """Name of the 指定納付受託者 and its public notice, or of the contract."""
    minutes: int = 30
    """So long a payer has."""
    on_paid: str = PERMITS


OFF: Final = OnlineTerms()


def check_terms(terms: OnlineTerms, *, regime: FeeRegime, providers: Collection[str], has_keys: bool) -> None:
    """``UnknownProviderError`` or ``BasisMissingError`` for terms that are on and could not be kept."""
    if not terms.is_on:
        return
    if terms.provider not in providers or not has_keys:
        raise UnknownProviderError(field="provider")
    if terms.basis != BASES[regime] or not terms.agent.strip():
        raise BasisMissingError(field="basis" if terms.basis != BASES[regime] else "agent")


REFUND_WAITS: Final = (1, 5, 15, 60, 240, 720)
"""Minutes until a refund that could not be sent is tried again: 1st, 2nd … time, then always the last."""


def wait_after(attempts: int) -> dt.timedelta:
    """How long until the next try after ``attempts`` of them."""
    return dt.timedelta(minutes=REFUND_WAITS[min(max(attempts, 1), len(REFUND_WAITS)) - 1])
