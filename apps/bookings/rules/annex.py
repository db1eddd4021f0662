"""附属の室場 (控室など) are booked only with the room that they go with (rules, section 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from apps.bookings.gear_errors import AnnexAloneError
from apps.bookings.rules.limits import Counted
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.states import HOLD


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
