"""附属の室場 (控室など) are booked only with the room that they go with, and go with it (rules, section 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from apps.bookings.gear_errors import AnnexAloneError
from apps.bookings.rules.limits import Counted
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.states import DEFERRED, HOLD, PERMITTED, REASON_LIMIT, TENTATIVE, UNDER_REVIEW

ACTS: Final[Mapping[str, Mapping[str, str]]] = {
    "cancel": dict.fromkeys((HOLD, TENTATIVE, UNDER_REVIEW, DEFERRED, PERMITTED), "cancel"),
    "call_off": {HOLD: "cancel", **dict.fromkeys((TENTATIVE, UNDER_REVIEW, DEFERRED, PERMITTED), "call_off")},
    "refuse": {HOLD: "cancel", **dict.fromkeys((TENTATIVE, UNDER_REVIEW, DEFERRED), "refuse"), PERMITTED: "call_off"},
    "revoke": {HOLD: "cancel", **dict.fromkeys((TENTATIVE, UNDER_REVIEW, DEFERRED), "refuse"), PERMITTED: "revoke"},
    "expire": {TENTATIVE: "expire", **dict.fromkeys((HOLD, UNDER_REVIEW, DEFERRED, PERMITTED), "cancel")},
}
"""What ends a room's booking -> state of its annex's -> what ends that.

Like with like where the state allows it. An annex that was permitted while its room is refused is called off: nobody
did wrong, and all that was paid goes back.
"""


def act_along(act: str, state: str) -> str | None:
    """The act that ends an annex's booking when ``act`` ends its room's; None for one that was used, or is over."""
    return ACTS.get(act, {}).get(state)


def reason_along(lead: str, reason: str) -> str:
    """Why an annex's booking ends: which booking it went with (``lead``), then that one's reason.

    Where there is no room for both, the reason alone: it is what the law asks for (理由の提示).
    """
    whole = f"{lead}{reason}"
    return reason if reason and len(whole) > REASON_LIMIT else whole[:REASON_LIMIT]


def check_parent(offer: Offer, starts_at: dt.datetime, ends_at: dt.datetime, others: Iterable[Counted]) -> None:
    """Raise ``AnnexAloneError`` unless the registrant has the annex's parent for the whole of that time.

    A hold is not enough: it may lapse while the annex stays.
    """
    if offer.parent is None:
        return
    wanted = offer.parent.room
    mine = [one for one in others if one.room == wanted and one.state != HOLD]
    if not any(one.starts_at <= starts_at and ends_at <= one.ends_at for one in mine):
        raise AnnexAloneError(field="slots", parent=offer.parent.name)
