"""States of a booking and the acts that lead from one to the next, as one table (rules, section 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apps.bookings.errors import ReasonMissingError, StalePageError, TooLongError, WrongStateError

HOLD: Final = "hold"
TENTATIVE: Final = "tentative"
UNDER_REVIEW: Final = "under_review"
DEFERRED: Final = "deferred"
PERMITTED: Final = "permitted"
USED: Final = "used"
NO_SHOW: Final = "no_show"
REFUSED: Final = "refused"
CANCELLED: Final = "cancelled"
CALLED_OFF: Final = "called_off"
REVOKED: Final = "revoked"
EXPIRED: Final = "expired"
GONE: Final = "gone"
"""What a hold becomes when its time is over (消滅): no row is left."""

CITIZEN: Final = "citizen"
STAFF: Final = "staff"
CLOCK: Final = "clock"


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of the machine: ``act`` by one of ``who`` leads from ``state`` to one of ``to``."""

    act: str
    state: str
    to: tuple[str, ...]
    who: frozenset[str]


def _moves(act: str, states: str, to: str, who: str) -> tuple[Move, ...]:
    return tuple(Move(act, state, tuple(to.split()), frozenset(who.split())) for state in states.split())


MACHINE: Final = (
    *_moves("apply", HOLD, f"{PERMITTED} {TENTATIVE} {UNDER_REVIEW}", f"{CITIZEN} {STAFF}"),
    *_moves("lapse", HOLD, GONE, CLOCK),
    *_moves("formalise", TENTATIVE, UNDER_REVIEW, f"{STAFF} {CLOCK}"),
    *_moves("expire", TENTATIVE, EXPIRED, CLOCK),
    *_moves("permit", TENTATIVE, PERMITTED, f"{STAFF} {CLOCK}"),
    *_moves("permit", f"{UNDER_REVIEW} {DEFERRED}", PERMITTED, STAFF),
    *_moves("refuse", f"{TENTATIVE} {UNDER_REVIEW} {DEFERRED}", REFUSED, STAFF),
    *_moves("defer", UNDER_REVIEW, DEFERRED, STAFF),
    *_moves("resume", DEFERRED, UNDER_REVIEW, STAFF),
    *_moves("cancel", f"{HOLD} {TENTATIVE} {UNDER_REVIEW} {DEFERRED} {PERMITTED}", CANCELLED, f"{CITIZEN} {STAFF}"),
    *_moves("cancel", f"{TENTATIVE} {UNDER_REVIEW} {DEFERRED} {PERMITTED}", CANCELLED, CLOCK),
    *_moves("call_off", f"{TENTATIVE} {UNDER_REVIEW} {DEFERRED} {PERMITTED}", CALLED_OFF, STAFF),
    *_moves("revoke", PERMITTED, REVOKED, STAFF),
    *_moves("come", f"{PERMITTED} {NO_SHOW}", USED, STAFF),
    *_moves("stay_away", f"{PERMITTED} {USED}", NO_SHOW, STAFF),
    *(
        Move("change", state, (state,), frozenset({CITIZEN, STAFF}))
        for state in (TENTATIVE, UNDER_REVIEW, DEFERRED, PERMITTED)
    ),
    *(
        Move(act, state, (state,), frozenset({STAFF}))
        for act in ("charge", "receive")
        for state in (TENTATIVE, UNDER_REVIEW, DEFERRED, PERMITTED, USED, NO_SHOW)
    ),
)
"""予約の状態遷移. Whatever is not in it is refused."""
KEEPING: Final = frozenset({"change", "charge", "receive"})
"""Acts that keep the state: 日時・室場の変更, 料金の計算し直し, 収納."""

STATES: Final = frozenset({move.state for move in MACHINE} | {to for move in MACHINE for to in move.to} - {GONE})
ALLOWED: Final = {act: frozenset(one.state for one in MACHINE if one.act == act) for act in {m.act for m in MACHINE}}
"""Act -> the states that allow it, whoever acts."""
OCCUPYING: Final = frozenset({HOLD, TENTATIVE, UNDER_REVIEW, DEFERRED, PERMITTED, USED, NO_SHOW})
"""States in which a booking has its occupations; in every other it has none."""
WAITING: Final = frozenset({UNDER_REVIEW, DEFERRED})
"""States that await a decision (審査待ち・保留)."""
PENDING: Final = frozenset({TENTATIVE, UNDER_REVIEW, DEFERRED})
"""Applied for, not decided: what the ceiling of open applications counts (未払い・未確定の予約)."""
STANDING: Final = frozenset({PERMITTED, USED, NO_SHOW})
"""A permit was given and stood until the day of use."""
USABLE: Final = STANDING
"""States of a booking whose use is entered on its day, and corrected (利用実績)."""
COUNTED_AS: Final = {
    TENTATIVE: UNDER_REVIEW,
    DEFERRED: UNDER_REVIEW,
    USED: PERMITTED,
    NO_SHOW: PERMITTED,
    CALLED_OFF: CANCELLED,
    REVOKED: CANCELLED,
    EXPIRED: CANCELLED,
}
"""How the finer states count in figures that know the four outcomes: waiting, permitted, refused, cancelled."""
AHEAD: Final = frozenset({TENTATIVE, UNDER_REVIEW, DEFERRED, PERMITTED})
"""Bookings that are neither over nor given up."""
CANCELLABLE_BY_CITIZEN: Final = AHEAD
REASONED: Final = frozenset({"refuse", "cancel", "call_off", "revoke", "defer"})
"""Acts that staff do with a reason (理由の提示)."""
REASON_LIMIT: Final = 500
"""Characters of a reason."""
AFTER_RECEPTION: Final = {"immediate": PERMITTED, "tentative": TENTATIVE, "reviewed": UNDER_REVIEW}
"""What an application becomes by the room's 受付方法."""


def check_act(act: str, *, state: str, version: int, seen_version: int | None, who: str | None = None) -> None:
    """Raise ``StalePageError`` for a page of an older version, ``WrongStateError`` for a state without that act.

    With ``who``: also where that one may not do it.
    """
    if seen_version is not None and seen_version != version:
        raise StalePageError
    if not any(one.act == act and one.state == state and (who is None or who in one.who) for one in MACHINE):
        raise WrongStateError


def after(act: str, state: str) -> str:
    """The state to which ``act`` leads from ``state`` where it leads to one only; ``WrongStateError``."""
    found = next((one for one in MACHINE if one.act == act and one.state == state), None)
    if found is None or len(found.to) > 1:
        raise WrongStateError
    return found.to[0]


def check_reason(reason: str) -> str:
    """The reason without surrounding space (理由の提示).

    ``ReasonMissingError`` when nothing remains, ``TooLongError`` when there is no room for it.
    """
    cleaned = reason.strip()
    if not cleaned:
        raise ReasonMissingError(field="reason")
    if len(cleaned) > REASON_LIMIT:
        raise TooLongError(field="reason", limit=REASON_LIMIT)
    return cleaned


def diagram() -> str:
    """The machine as a Mermaid diagram, for ``docs/states.md`` (a test keeps the two the same)."""
    lines = ["stateDiagram-v2", f"    [*] --> {HOLD}", f"    [*] --> {UNDER_REVIEW}: counter"]
    for move in MACHINE:
        if move.act in KEEPING:
            continue
        who = "/".join(sorted(move.who))
        lines += [f"    {move.state} --> {'[*]' if to == GONE else to}: {move.act} ({who})" for to in move.to]
    ended = sorted(STATES - {move.state for move in MACHINE if move.act not in KEEPING})
    lines += [f"    {state} --> [*]" for state in ended]
    return "\n".join(lines) + "\n"
