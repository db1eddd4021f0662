"""Until when a citizen changes what is lent, and whether it is lent at all then (附属設備; rules, section 4.6)."""

from __future__ import annotations

import datetime as dt

from apps.bookings.gear_errors import NotLentThenError, TooLateForEquipmentError
from apps.bookings.life_errors import TooLateForThisError
from apps.bookings.rules.deadlines import Deadline, check_deadline


def check_item_deadline(
    name: str, days: int | None, at: dt.time, *, day: dt.date, starts_at: dt.datetime, now: dt.datetime
) -> None:
    """Raise ``TooLateForEquipmentError`` after the item's own deadline (予約取消期限); without one there is none."""
    if days is None:
        return
    try:
        check_deadline(Deadline(days=days, at=at), day=day, starts_at=starts_at, now=now)
    except TooLateForThisError as error:
        raise TooLateForEquipmentError(name=name, until=error.params["until"]) from None


def check_lent_then(name: str, since: dt.date, until: dt.date | None, day: dt.date, *, fits: bool) -> None:
    """Raise ``NotLentThenError`` unless the item is there on ``day`` and ``fits`` the room."""
    if not fits or day < since or (until is not None and day > until):
        raise NotLentThenError(name=name)
