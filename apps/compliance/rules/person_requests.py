"""Requests of persons about their own data (開示・訂正・利用停止の請求; domain handbook, section 10).

法83条・94条・102条: decided within 30 days of the request, extended once by up to 30 more with a reason. An ordinance
may say 15 (条例により15日). The day of the request does not count (民法140条); no last day moves for a holiday, since
the term binds the office and not the person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from apps.compliance.person_request_errors import (
    DecisionReasonError,
    DisclosureRangeError,
    RequestDayError,
    RequestStepError,
)

PERIODS: Final = (15, 30)
"""Days that the city's ordinance may set."""
EXTENSION: Final = 30
LEAST_REASON: Final = 5


class Kind(StrEnum):
    """What is asked for."""

    DISCLOSURE = "disclosure"
    CORRECTION = "correction"
    SUSPENSION = "suspension"


class Step(StrEnum):
    """What was done with a request, each once."""

    RECEIVED = "received"
    EXTENDED = "extended"
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What the city decided."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NOTHING = "nothing"
    """不存在: nothing of the kind is held."""


POSITIVE: Final = frozenset({Decision.GRANTED, Decision.PARTLY})


def due_on(received: dt.date, days: int, *, is_extended: bool) -> dt.date:
    """The last day for the decision."""
    return received + dt.timedelta(days=days + (EXTENSION if is_extended else 0))


def next_steps(done: Collection[Step], decision: Decision | None) -> tuple[Step, ...]:
    """What may be recorded next."""
    if Step.WITHDRAWN in done or Step.CARRIED_OUT in done:
        return ()
    if Step.DECIDED in done:
        return (Step.CARRIED_OUT,) if decision in POSITIVE else ()
    return (Step.DECIDED, Step.WITHDRAWN) if Step.EXTENDED in done else (Step.EXTENDED, Step.DECIDED, Step.WITHDRAWN)


def check_step(step: Step, done: Collection[Step], decision: Decision | None) -> None:
    """Raises ``RequestStepError`` for a step that was taken, or may not come yet."""
    if step not in next_steps(done, decision):
        raise RequestStepError


def check_decision(kind: Kind, decision: Decision, reason: str) -> None:
    """Whatever is not granted whole needs its reason (行政手続: 理由の提示). ``DecisionReasonError``."""
    if decision is Decision.NOTHING and kind is not Kind.DISCLOSURE:
        raise DecisionReasonError(field="decision", least=LEAST_REASON)
    if decision is not Decision.GRANTED and len("".join(reason.split())) < LEAST_REASON:
        raise DecisionReasonError(field="note", least=LEAST_REASON)


def check_range(kind: Kind, decision: Decision, granted: Collection[str], ground: str, known: Collection[str]) -> None:
    """A disclosure that is granted in part says which sections, not all of them, and on what ground the rest is not
    disclosed (法78条1項・82条). ``DisclosureRangeError``.
    """
    is_part = kind is Kind.DISCLOSURE and decision is Decision.PARTLY
    if is_part and not (granted and ground and set(granted) < set(known)):
        raise DisclosureRangeError(field="granted")


def check_received(received: dt.date, today: dt.date) -> None:
    """A request is entered on the day that it came or soon after. ``RequestDayError``."""
    if not today - dt.timedelta(days=60) <= received <= today:
        raise RequestDayError(field="received_on")
