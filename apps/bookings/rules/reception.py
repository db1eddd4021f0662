"""When the portal receives by the hour of the day, which months are open, and whom a room is let to (3.1, 3.2).

All of it binds the portal only: the desk's counter has its own hours.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final

from apps.bookings.errors import CounterOnlyError, UnknownRoomError
from apps.bookings.gear_errors import MonthNotOpenError, OnlyForError, OutsideHoursError
from apps.bookings.rules.listing import Hours, Offer
from kernel.clock import TOKYO, at

DAY: Final = dt.timedelta(days=1)
MIDNIGHT: Final = dt.time()


class HoursKind(StrEnum):
    """インターネット受付時間帯."""

    ALWAYS = "always"  # 制限しない
    CLOSED = "closed"  # 制限する
    SHOWN = "shown"  # 制限する（空き表示あり）


class Openness(StrEnum):
    """公開月の区分."""

    BOOKABLE = "bookable"  # 予約可
    SHOWN = "shown"  # 空き状況のみ
    HIDDEN = "hidden"  # 非表示


USUAL: Final = Hours(dt.date.min, HoursKind.ALWAYS, MIDNIGHT, MIDNIGHT)
"""What holds where a facility has set nothing."""


def hours_on(offer: Offer, day: dt.date) -> Hours:
    """The newest hours that have begun by ``day``."""
    begun = [one for one in offer.hours if one.since <= day]
    return max(begun, key=lambda one: one.since, default=USUAL)


def receives(offer: Offer, now: dt.datetime) -> bool:
    """Whether the portal receives at this hour; open at HH:MM:00, closed at HH:MM:00."""
    local = now.astimezone(TOKYO)
    hours, time = hours_on(offer, local.date()), local.time()
    if hours.kind == HoursKind.ALWAYS:
        return True
    if hours.closes == MIDNIGHT:
        return time >= hours.opens
    if hours.opens < hours.closes:
        return hours.opens <= time < hours.closes
    return time >= hours.opens or time < hours.closes


def next_reception(offer: Offer, now: dt.datetime) -> dt.datetime | None:
    """When the portal receives again; None while it does."""
    if receives(offer, now):
        return None
    today = now.astimezone(TOKYO).date()
    first = at(today, hours_on(offer, today).opens)
    later = (at(today + DAY, MIDNIGHT), at(today + DAY, hours_on(offer, today + DAY).opens))
    return next(one for one in (first, *later) if one > now and receives(offer, one))


def hides(offer: Offer, now: dt.datetime) -> bool:
    """Whether what is free is not even shown at this hour (制限する、空き表示なし)."""
    hours = hours_on(offer, now.astimezone(TOKYO).date())
    return hours.kind == HoursKind.CLOSED and not receives(offer, now)


def shows_outside(offer: Offer, now: dt.datetime) -> bool:
    """Whether what is free is shown outside the window, too (期間外でも空き状況を見せる)."""
    return hours_on(offer, now.astimezone(TOKYO).date()).shows_outside


def openness(offer: Offer, day: dt.date) -> Openness:
    """What the portal does with the month of ``day``; a room's own word before the facility's of the same month."""
    begun = [one for one in offer.months if one.since <= day]
    newest = max(begun, key=lambda one: (one.since, one.of_room), default=None)
    return Openness(newest.kind) if newest else Openness.BOOKABLE


def is_public(offer: Offer, today: dt.date) -> bool:
    """Whether citizens see the room, from its 公開日 on."""
    return offer.is_public and (offer.public_from is None or offer.public_from <= today)


def is_let_to(offer: Offer, kinds: frozenset[str]) -> bool:
    """Whether the room is let to one of ``kinds`` (individual, group); whoever is not known is not shut out."""
    return not offer.only or not kinds or offer.only in kinds


def check_portal(offer: Offer, day: dt.date, now: dt.datetime, kind: str) -> None:
    """Raise unless the portal takes an application of a registrant of ``kind`` for ``day`` now.

    ``UnknownRoomError`` for a room that is not public, ``OutsideHoursError``, ``MonthNotOpenError``, ``OnlyForError``.
    """
    if not is_public(offer, now.astimezone(TOKYO).date()):
        raise UnknownRoomError
    check_hours(offer, now)
    if openness(offer, day) is not Openness.BOOKABLE:
        raise MonthNotOpenError(field="day")
    if not is_let_to(offer, frozenset({kind})):
        raise OnlyForError(only=offer.only)


def check_online(is_counter_only: bool) -> None:
    """Raise ``CounterOnlyError`` for a registration that the portal does not serve (インターネット利用不可)."""
    if is_counter_only:
        raise CounterOnlyError


def check_hours(offer: Offer, now: dt.datetime) -> None:
    """Raise ``OutsideHoursError`` while the portal does not receive."""
    opens_at = next_reception(offer, now)
    if opens_at is not None:
        raise OutsideHoursError(opens_at=f"{opens_at.astimezone(TOKYO):%Y-%m-%d %H:%M}")
