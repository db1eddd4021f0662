"""Which slots a day has, and whether the house is open (rules, sections 1 and 3.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from apps.bookings.rules.listing import Closing, Offer, Slot, Timetable
from kernel.businessdays import holiday_name, nth_weekday, weekday_ordinal
from kernel.clock import TOKYO

DAY: Final = dt.timedelta(days=1)
WEEK: Final = dt.timedelta(days=7)
OPENS: Final = "opens"
PERIOD: Final = "period"
LAST: Final = -1


def slots_on(offer: Offer, day: dt.date) -> tuple[Slot, ...]:
    """The slots of the timetable (時間割) that holds on ``day``; none where no timetable does, or no room is."""
    if (offer.since is not None and day < offer.since) or (offer.until is not None and day > offer.until):
        return ()
    found = timetable_on(offer.timetables, day)
    return found.slots if found else ()


def timetable_on(timetables: Iterable[Timetable], day: dt.date) -> Timetable | None:
    """The timetable that holds on ``day``: a season's before the whole year's, the newest that has begun of either."""
    held = [one for one in timetables if _holds(one, day)]
    return max(held, key=lambda one: (bool(one.first), one.valid_from), default=None)


def closing_on(offer: Offer, day: dt.date) -> Closing | None:
    """The closing rule (休館日) by which the room is closed on ``day``, or None."""
    return closing_of(offer.closings, day)


def closing_of(closings: Iterable[Closing], day: dt.date) -> Closing | None:
    """The rule that closes ``day``, or None.

    A temporary closing (臨時休館) comes first; then an exception (例外開館日) opens what the other rules close.
    """
    hit = [one for one in closings if hits(one, day)]
    if not hit:
        return None
    closing = [one for one in hit if one.effect != OPENS]
    temporary = next((one for one in closing if one.kind == PERIOD), None)
    if temporary is not None or len(closing) < len(hit):
        return temporary
    return closing[0]


def hits(closing: Closing, day: dt.date) -> bool:
    """Whether a rule covers ``day``, after the shift (振替) of days that are holidays, within its days of validity."""
    if day < closing.since or (closing.until is not None and day > closing.until):
        return False
    if closing.shift == "stay":
        return _falls_on(closing, day)
    if not _is_holiday(day) and _falls_on(closing, day):
        return True
    return any(_is_holiday(origin) and _falls_on(closing, origin) for origin in _origins(closing.shift, day))


def covers(first: str, last: str, day: dt.date) -> bool:
    """Whether ``day`` lies between two days of the year (MM-DD); the period may pass the turn of the year."""
    month_day = f"{day:%m-%d}"
    if first <= last:
        return first <= month_day <= last
    return month_day >= first or month_day <= last


@lru_cache(maxsize=8192)
def span_of(slot: Slot, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Start and end of a slot on ``day`` as instants; an end of 0:00 is the next midnight."""
    last_day = day if slot.ends > slot.starts else day + DAY
    return dt.datetime.combine(day, slot.starts, TOKYO), dt.datetime.combine(last_day, slot.ends, TOKYO)


def _holds(timetable: Timetable, day: dt.date) -> bool:
    if day < timetable.valid_from or (timetable.valid_until is not None and day > timetable.valid_until):
        return False
    return not timetable.first or covers(timetable.first, timetable.last, day)


def _falls_on(closing: Closing, day: dt.date) -> bool:
    """Whether the rule names ``day``, before any shift."""
    if closing.kind == "weekly":
        return closing.weekday == day.isoweekday() and _is_one_of(closing.ordinals, day)
    if closing.kind == "monthly":
        return day.day in closing.days or (LAST in closing.days and (day + DAY).day == 1)
    if closing.kind == "holiday":
        return _is_holiday(day)
    return closing.kind == PERIOD or covers(closing.first, closing.last, day)


def _is_one_of(ordinals: tuple[int, ...], day: dt.date) -> bool:
    if not ordinals or weekday_ordinal(day) in ordinals:
        return True
    return LAST in ordinals and nth_weekday(day.year, day.month, day.isoweekday(), LAST) == day


def _origins(shift: str, day: dt.date) -> Iterator[dt.date]:
    """The days whose closing may have been moved to ``day``."""
    if shift == "previous_week":
        yield day + WEEK
    if shift == "next_day":
        yield day - DAY
    if shift == "next_non_holiday" and not _is_holiday(day):
        origin = day - DAY
        while _is_holiday(origin):
            yield origin
            origin -= DAY


@lru_cache(maxsize=4096)
def _is_holiday(day: dt.date) -> bool:
    return holiday_name(day) is not None
