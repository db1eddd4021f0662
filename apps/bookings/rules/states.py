"""States of a booking and the acts that they allow (rules, section 4.3)."""

from __future__ import annotations

from typing import Final

from apps.bookings.errors import ReasonMissingError, StalePageError, TooLongError, WrongStateError

HOLD: Final = "hold"
UNDER_REVIEW: Final = "under_review"
PERMITTED: Final = "permitted"
REFUSED: Final = "refused"
CANCELLED: Final = "cancelled"

OCCUPYING: Final = frozenset({HOLD, UNDER_REVIEW, PERMITTED})
USABLE: Final = frozenset({PERMITTED})
"""States of a booking whose use is entered on its day (利用実績)."""
ALLOWED: Final = {
    "apply": frozenset({HOLD}),
    "permit": frozenset({UNDER_REVIEW}),
    "refuse": frozenset({UNDER_REVIEW}),
    "cancel": frozenset({HOLD, UNDER_REVIEW, PERMITTED}),
    "charge": frozenset({UNDER_REVIEW, PERMITTED}),
    "receive": frozenset({UNDER_REVIEW, PERMITTED}),
}
CANCELLABLE_BY_CITIZEN: Final = frozenset({UNDER_REVIEW, PERMITTED})
REASON_LIMIT: Final = 500
"""Characters of a reason."""
AFTER_RECEPTION: Final = {"immediate": PERMITTED, "reviewed": UNDER_REVIEW}


def check_act(act: str, *, state: str, version: int, seen_version: int | None) -> None:
    """Raise ``StalePageError`` for a page of an older version, ``WrongStateError`` for a state without that act."""
    if seen_version is not None and seen_version != version:
        raise StalePageError
    if state not in ALLOWED[act]:
        raise WrongStateError


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
