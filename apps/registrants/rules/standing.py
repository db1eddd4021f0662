"""States of a registration in time (登録の状態), and the acts that they allow. Domain handbook 2.3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from apps.registrants.errors import (
    ActInPastError,
    PeriodBackwardsError,
    ReasonMissingError,
    ReasonTooLongError,
    WrongStateError,
)

PROVISIONAL: Final = "provisional"
UNDER_REVIEW: Final = "under_review"
ACTIVE: Final = "active"
SUSPENDED: Final = "suspended"
EXPIRED: Final = "expired"
CLOSED: Final = "closed"
REFUSED: Final = "refused"

REASON_LIMIT: Final = 500
"""Characters of a reason."""
ALLOWED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "complete": frozenset({PROVISIONAL}),
        "review": frozenset({PROVISIONAL}),
        "approve": frozenset({UNDER_REVIEW}),
        "refuse": frozenset({PROVISIONAL, UNDER_REVIEW}),
        "change": frozenset({PROVISIONAL, UNDER_REVIEW, ACTIVE, SUSPENDED, EXPIRED}),
        "suspend": frozenset({ACTIVE, EXPIRED}),
        "lift": frozenset({ACTIVE, SUSPENDED, EXPIRED}),
        "stop_online": frozenset({ACTIVE, SUSPENDED, EXPIRED}),
        "allow_online": frozenset({ACTIVE, SUSPENDED, EXPIRED}),
        "renew": frozenset({ACTIVE, SUSPENDED, EXPIRED}),
        "close": frozenset({PROVISIONAL, UNDER_REVIEW, ACTIVE, SUSPENDED, EXPIRED}),
        "reopen": frozenset({PROVISIONAL, UNDER_REVIEW, ACTIVE, SUSPENDED, EXPIRED, CLOSED}),
        "merge": frozenset({PROVISIONAL, UNDER_REVIEW, ACTIVE, SUSPENDED, EXPIRED}),
        "unmerge": frozenset({CLOSED}),
        "link": frozenset({ACTIVE, SUSPENDED, EXPIRED}),
        "unlink": frozenset({PROVISIONAL, UNDER_REVIEW, ACTIVE, SUSPENDED, EXPIRED}),
    }
)
"""Act -> states of today in which it may be done; lifting and reopening also undo what is only to come."""
USUAL_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "register": "窓口での申請による",
        "complete": "窓口での本登録の手続きによる",
        "approve": "審査の結果、登録の要件を満たすため",
        "change": "届出による",
        "expire": "有効期限が過ぎたため",
        "link": "本人による結び付けの手続き",
        "unlink": "結び付けの解除の申出による",
    }
)
"""Act -> why it is usually done, kept where nobody says another reason; every other act asks for one."""
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A state from its first day until the day (not in it) on which the next begins; None: without end."""

    first: dt.date
    until: dt.date | None
    state: str

    def holds_on(self, day: dt.date) -> bool:
        """Whether ``day`` lies in it."""
        return self.first <= day and (self.until is None or day < self.until)


def state_on(spans: Iterable[Span], valid_until: dt.date | None, day: dt.date) -> str:
    """The state on ``day``: the span's, but 期限切れ where an active registration's last day is over.

    Before the first span it is what the first span says.
    """
    return _ended(held_on(spans, day), valid_until, day)


def held_on(spans: Iterable[Span], day: dt.date) -> str:
    """What the span of ``day`` says, whether or not the last day is over."""
    ordered = sorted(spans)
    if not ordered:
        raise ValueError("a registration has a state from its first day on")
    return next((span.state for span in ordered if span.holds_on(day)), ordered[0].state)


def state_told(spanned: str, kept: str, valid_until: dt.date | None, day: dt.date) -> str:
    """The state of ``day`` as pages tell it: ``spanned`` is what the span says, ``kept`` what the column does.

    A closing holds once it was carried out (``kept``). Until then it may still be put off: what held before is told.
    """
    return _ended(kept if spanned == CLOSED else spanned, valid_until, day)


def suspended_until(spans: Iterable[Span], day: dt.date) -> dt.date | None:
    """The last day of the suspension that holds on ``day``; None where none holds, or it has no end."""
    held = next((span for span in spans if span.state == SUSPENDED and span.holds_on(day)), None)
    return held.until - DAY if held and held.until else None


def closing_ahead(spans: Iterable[Span]) -> dt.date | None:
    """The day from which the registration is closed without end, whether or not it has come; None where none is."""
    return next((span.first for span in spans if span.state == CLOSED and span.until is None), None)


def changed(spans: Sequence[Span], state: str, first: dt.date, until: dt.date | None = None) -> list[Span]:
    """The spans after ``state`` holds from ``first`` until ``until`` (not in it); what held then goes on after it.

    Neighbours of the same state become one. No two of the result overlap, and no day between them is without state.
    """
    if until is not None and until <= first:
        raise ValueError("a span holds for a day at least")
    kept = [part for span in sorted(spans) for part in _without(span, first, until)]
    return _joined(sorted([*kept, Span(first, until, state)]))


def suspended(spans: Sequence[Span], first: dt.date, last: dt.date | None) -> list[Span]:
    """The spans with a suspension (利用停止) from ``first`` through ``last``; a closing to come stays as it is.

    ``PeriodBackwardsError`` if it would end before it begins.
    """
    if last is not None and last < first:
        raise PeriodBackwardsError(field="last")
    ends = [] if last is None else [last + DAY]
    ends += [span.first for span in spans if span.state == CLOSED and span.first > first]
    return changed(spans, SUSPENDED, first, min(ends, default=None))


def lifted(spans: Sequence[Span], first: dt.date) -> list[Span]:
    """The spans without any suspension from ``first`` on (停止解除). ``WrongStateError`` if there is none."""
    found = [span for span in spans if span.state == SUSPENDED and (span.until is None or span.until > first)]
    if not found:
        raise WrongStateError
    for span in found:
        spans = changed(spans, ACTIVE, max(span.first, first), span.until)
    return list(spans)


def reopened(spans: Sequence[Span], day: dt.date) -> list[Span]:
    """The spans as if the closing that holds on ``day`` or is to come ended on ``day`` (抹消の取消し).

    What held before it goes on. ``WrongStateError`` if there is no closing.
    """
    ordered = sorted(spans)
    closing = next((span for span in ordered if span.state == CLOSED and span.until is None), None)
    if closing is None:
        raise WrongStateError
    before = [span.state for span in ordered if span.until == closing.first]
    return changed(ordered, before[0] if before else ACTIVE, max(closing.first, day))


def put_off(spans: Sequence[Span], day: dt.date) -> list[Span]:
    """The spans with the closing beginning on ``day`` only (抹消の見合わせ); what held before it goes on until then.

    ``WrongStateError`` if there is no closing without end.
    """
    ordered = sorted(spans)
    closing = next((span for span in ordered if span.state == CLOSED and span.until is None), None)
    if closing is None:
        raise WrongStateError
    before = [span.state for span in ordered if span.until == closing.first]
    return changed(changed(ordered, before[0] if before else ACTIVE, closing.first), CLOSED, day)


def possible_acts(spans: Sequence[Span], valid_until: dt.date | None, day: dt.date) -> frozenset[str]:
    """The acts that the registration allows on ``day``, as a page offers them."""
    state = state_on(spans, valid_until, day)
    allowed = {act for act, states in ALLOWED.items() if state in states}
    ahead = {span.state for span in spans if span.until is None or span.until > day}
    impossible = {act for act, undone in (("lift", SUSPENDED), ("reopen", CLOSED)) if undone not in ahead}
    return frozenset(allowed - impossible)


def check_not_past(first: dt.date, today: dt.date, *, field: str) -> None:
    """``ActInPastError`` beside ``field`` for a day that is over."""
    if first < today:
        raise ActInPastError(field=field)


def _ended(state: str, valid_until: dt.date | None, day: dt.date) -> str:
    is_over = valid_until is not None and day > valid_until
    return EXPIRED if state == ACTIVE and is_over else state


def _without(span: Span, first: dt.date, until: dt.date | None) -> list[Span]:
    parts: list[Span] = []
    if span.first < first:
        parts.append(replace(span, until=first if span.until is None else min(span.until, first)))
    if until is not None and (span.until is None or span.until > until):
        parts.append(replace(span, first=max(span.first, until)))
    return parts


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].state == span.state and joined[-1].until == span.first:
            joined[-1] = replace(joined[-1], until=span.until)
        else:
            joined.append(span)
    return joined


def check_act(act: str, state: str) -> None:
    """``WrongStateError`` if a registration in ``state`` does not allow ``act``."""
    if state not in ALLOWED[act]:
        raise WrongStateError


def check_reason(reason: str) -> str:
    """The reason without surrounding space. ``ReasonMissingError``, ``ReasonTooLongError``."""
    cleaned = reason.strip()
    if not cleaned:
        raise ReasonMissingError(field="reason")
    if len(cleaned) > REASON_LIMIT:
        raise ReasonTooLongError(field="reason", limit=REASON_LIMIT)
    return cleaned
