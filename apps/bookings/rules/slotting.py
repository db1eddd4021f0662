"""The three kinds of timetable (時間割の種類): units of equal length, slots of one's own, parts of the day (区分)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from apps.bookings.errors import LongTimetableError, NoSlotsError, SlotsOverlapError, UnitDoesNotFitError
from apps.bookings.rules.listing import Slot

UNITS: Final = (30, 60)
"""Minutes of a unit (コマ単位)."""
MOST_SLOTS: Final = 48
DAY: Final = 24 * 60
PARTS_OF_THE_DAY: Final = (
    ("午前", "Morning", dt.time(9), dt.time(12)),
    ("午後", "Afternoon", dt.time(13), dt.time(17)),
    ("夜間", "Evening", dt.time(18), dt.time(21)),
)
"""What the form begins with."""


def units(opens: dt.time, closes: dt.time, minutes: int) -> tuple[Slot, ...]:
    """Slots of ``minutes`` each from ``opens`` to ``closes`` (一定コマ); 0:00 closes at midnight.

    ``UnitDoesNotFitError`` where they leave a rest or nothing.
    """
    first, last = _minute(opens), _minute(closes) or DAY
    if minutes not in UNITS or last <= first or (last - first) % minutes:
        raise UnitDoesNotFitError(field="closes", minutes=minutes)
    starts = range(first, last, minutes)
    return tuple(_unit(number, start, start + minutes) for number, start in enumerate(starts, start=1))


def checked(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """``slots`` in the order of time, numbered anew.

    ``NoSlotsError``, ``LongTimetableError``, ``SlotsOverlapError`` (with the later slot's label; also for one that
    ends before it starts).
    """
    if not slots:
        raise NoSlotsError(field="slots")
    if len(slots) > MOST_SLOTS:
        raise LongTimetableError(field="slots", most=MOST_SLOTS)
    ordered = sorted(slots, key=lambda slot: slot.starts)
    ends = 0
    for slot in ordered:
        if _minute(slot.starts) < ends or _end(slot) <= _minute(slot.starts):
            raise SlotsOverlapError(field="slots", label=slot.label)
        ends = _end(slot)
    return tuple(
        Slot(number, slot.label, slot.label_en, slot.starts, slot.ends) for number, slot in enumerate(ordered, start=1)
    )


def _unit(number: int, first: int, last: int) -> Slot:
    starts, ends = _time(first), _time(last)
    label = f"{starts.hour}:{starts.minute:02}"
    return Slot(number, label, label, starts, ends)


def _minute(moment: dt.time) -> int:
    return moment.hour * 60 + moment.minute


def _end(slot: Slot) -> int:
    return _minute(slot.ends) or DAY


def _time(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)
