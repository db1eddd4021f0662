"""Which slots a day has, and whether the house is open (rules, sections 1 and 3.2)."""

from __future__ import annotations

import datetime as dt

from apps.bookings.rules.listing import Closing, Offer, Slot
from kernel.businessdays import holiday_name
from kernel.clock import TOKYO


def slots_on(offer: Offer, day: dt.date) -> tuple[Slot, ...]:
    """The slots of the newest timetable (時間割) that has begun on ``day``; none before the first."""
    found: tuple[Slot, ...] = ()
    for timetable in offer.timetables:
        if timetable.valid_from <= day:
            found = timetable.slots
    return found


def closing_on(offer: Offer, day: dt.date) -> Closing | None:
    """The first closing rule (休館日) that hits ``day``, or None."""
    return next((closing for closing in offer.closings if hits(closing, day)), None)


def hits(closing: Closing, day: dt.date) -> bool:
    """Whether a closing rule covers ``day``. A yearly period may pass the turn of the year."""
    if closing.kind == "weekly":
        return closing.weekday == day.isoweekday()
    if closing.kind == "holiday":
        return holiday_name(day) is not None
    month_day = f"{day:%m-%d}"
    if closing.first <= closing.last:
        return closing.first <= month_day <= closing.last
    return month_day >= closing.first or month_day <= closing.last


def span_of(slot: Slot, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Start and end of a slot on ``day`` as instants; an end of 0:00 is the next midnight."""
    last_day = day if slot.ends > slot.starts else day + dt.timedelta(days=1)
    return dt.datetime.combine(day, slot.starts, TOKYO), dt.datetime.combine(last_day, slot.ends, TOKYO)
