"""What anybody is told of a document that bears a code: whether it still stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from apps.bookings.rules.states import REVOKED, STANDING

OF_A_USE: Final = frozenset({"permit", "change"})
"""Documents that permit a use: they stand as long as the permit does."""
GIVEN_UP: Final = frozenset({"cancelled", "called_off", "refused", "expired", "displaced"})


class Standing(StrEnum):
    """Whether a document stands (文書の効力)."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"
    ENDED = "ended"
    VOID = "void"


def standing_of(kind: str, state: str, *, is_replaced: bool) -> Standing:
    """``state`` is the booking's, or ``issued``, ``void`` and ``ended`` of what belongs to none."""
    if state in {"void", "ended"}:
        return Standing(state)
    if kind in OF_A_USE and state == REVOKED:
        return Standing.REVOKED
    if (kind in OF_A_USE and state not in STANDING) or (kind == "reduction" and state in {*GIVEN_UP, REVOKED}):
        return Standing.ENDED
    return Standing.REPLACED if is_replaced else Standing.VALID
