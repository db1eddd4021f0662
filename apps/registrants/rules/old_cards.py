"""What another system's record of a card says of its life (移行前のカードの状態)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from apps.registrants.rules.cards import ACTIVE, EXPIRED, LAPSED

RETURNED: Final = "returned"


@dataclass(frozen=True, slots=True)
class OldLife:
    """State of the card today; for one that is void also since when and why."""

    state: str
    lapsed_on: dt.date | None = None
    lapse_cause: str = ""


def life_of(
    state: str, cause: str, *, valid_until: dt.date | None, lapsed_on: dt.date | None, today: dt.date
) -> OldLife:
    """An 有効 card whose last day is over, or whose 失効日 has come, is void. A day to come is none of 失効 yet."""
    ended = lapsed_on if lapsed_on and lapsed_on <= today else None
    has_run_out = valid_until is not None and valid_until < today
    is_void = state == LAPSED or (state == ACTIVE and (ended is not None or has_run_out))
    if not is_void:
        return OldLife(state)
    return OldLife(LAPSED, ended or min(valid_until or today, today), cause or _usual_cause(state, ended))


def _usual_cause(state: str, ended: dt.date | None) -> str:
    """期限切れ of a card that nobody ended; 返還 of any other."""
    return EXPIRED if state == ACTIVE and ended is None else RETURNED
