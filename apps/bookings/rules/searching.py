"""Free stretches of time for what a citizen asks: days, hours, a part of the day, a length (rules, section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from apps.bookings.rules.availability import DayMark, Mark, Taken, day_mark
from apps.bookings.rules.days import DAY, span_of
from apps.bookings.rules.listing import Offer, Slot
from apps.bookings.rules.window import Who
from kernel.businessdays import holiday_name

HOLIDAY: Final = 8
"""Beside the seven days of the week (1 Monday … 7 Sunday): whatever day is a holiday."""
MOST_DAYS: Final = 31
"""As many days as one search looks through."""
AHEAD: Final = dt.timedelta(days=13)
"""So far is looked where hours, people or equipment are asked for and no day: two weeks with today."""


class Fault(StrEnum):
    """Why a search cannot be made as it was asked for."""

    PAST = "past"  # 過ぎた日
    BACKWARDS = "backwards"  # 終わりの日が初めの日より前
    TOO_LONG = "too_long"  # 日数が多すぎる
    HALF = "half"  # 時刻の片方だけ
    UPSIDE_DOWN = "upside_down"  # 終了が開始より前


class PartOfDay(StrEnum):
    """午前, 午後, 夜間: a slot belongs to the part in which its middle lies."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


ENDS: Final = {PartOfDay.MORNING: 12 * 60, PartOfDay.AFTERNOON: 17 * 60, PartOfDay.EVENING: 24 * 60}
"""Minute of the day at which each part ends."""


@dataclass(frozen=True, slots=True)
class Times:
    """Which hours are wanted; empty means any. ``starts`` and ``ends`` come together and go before ``part``."""

    part: str = ""
    starts: dt.time | None = None
    ends: dt.time | None = None
    minutes: int = 0
    """How long at least."""

    @property
    def are_told(self) -> bool:
        """Whether anything is asked of the hours."""
        return bool(self.part or self.minutes or self.starts)


ANY_TIME: Final = Times()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Free slots of one day that adjoin, from the first one's start to the last one's end."""

    day: dt.date
    slots: tuple[Slot, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def numbers(self) -> str:
        """The slots' numbers as they stand in an address: 1,2."""
        return ",".join(str(slot.number) for slot in self.slots)


def wrong_days(day: dt.date | None, until: dt.date | None, *, today: dt.date) -> dict[str, Fault]:
    """What is wrong with the days from ``day`` (today, where none is told) to ``until``: field -> why."""
    first = day or today
    found: dict[str, Fault] = {}
    if first < today:
        found["day"] = Fault.PAST
    if until is not None and until < first:
        found["until"] = Fault.BACKWARDS
    elif until is not None and (until - first).days >= MOST_DAYS:
        found["until"] = Fault.TOO_LONG
    return found


def wrong_hours(starts: dt.time | None, ends: dt.time | None) -> dict[str, Fault]:
    """What is wrong with the hours: both are told or none, and midnight is the end of the day."""
    if starts is None and ends is None:
        return {}
    if starts is None or ends is None:
        return {"starts" if starts is None else "ends": Fault.HALF}
    return {"ends": Fault.UPSIDE_DOWN} if dt.time(0) != ends <= starts else {}


def days_asked(
    day: dt.date | None, until: dt.date | None, weekdays: Collection[int], *, today: dt.date, asks_more: bool
) -> list[dt.date]:
    """The days that a search looks through; none where it asks for rooms alone.

    ``asks_more``: something is asked of the hours, the people or the equipment, so that two weeks are looked through
    where no day is told.
    """
    first = day or today
    if until is None and day is not None and not weekdays:
        return [day]
    if until is None and not weekdays and not asks_more:
        return []
    return wanted_days(first, until or first + AHEAD, weekdays)


def wanted_days(first: dt.date, last: dt.date, weekdays: Collection[int] = ()) -> list[dt.date]:
    """The days from ``first`` to ``last`` that fall on one of ``weekdays``; all of them where none is named."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    return [day for day in days if not weekdays or _falls_on(day, weekdays)]


def stretches(day: DayMark, times: Times = Times()) -> list[Stretch]:  # a frozen value
    """What is free of ``day`` for the times that are asked for, in the order of the day; nothing that is only shown."""
    if not day.offered:
        return []
    if times.starts is not None and times.ends is not None:
        return _covering(day, times.starts, times.ends)
    runs = groupby(day.slots, key=lambda one: one.mark is Mark.FREE and _is_in(one.slot, times.part))
    found = [_stretch(day.day, [one.slot for one in run]) for is_free, run in runs if is_free]
    least = dt.timedelta(minutes=times.minutes)
    return [one for one in found if one.ends_at - one.starts_at >= least]


def free_run(day: DayMark, numbers: Collection[int]) -> tuple[Slot, ...]:
    """The slots of these numbers, if they are all there, adjoin, are free and can be booked now; else none."""
    first = next((place for place, one in enumerate(day.slots) if one.slot.number in numbers), 0)
    run = day.slots[first : first + len(numbers)]
    is_whole = {one.slot.number for one in run} == set(numbers)
    is_free = day.bookable and all(one.mark is Mark.FREE for one in run)
    return tuple(one.slot for one in run) if is_whole and is_free else ()


def next_stretches(
    offer: Offer,
    days: Iterable[dt.date],
    taken: Mapping[dt.date, Sequence[Taken]],
    now: dt.datetime,
    times: Times,
    *,
    who: Who = Who.RESIDENT,
) -> Iterator[Stretch]:
    """次に空いている日時: what is free on ``days`` for the times asked for, one after the other, as it is asked for."""
    for day in days:
        yield from stretches(day_mark(offer, day, taken.get(day, ()), now, who), times)


def _covering(day: DayMark, starts: dt.time, ends: dt.time) -> list[Stretch]:
    """The free slots that together reach from ``starts`` to ``ends``, if they do."""
    first, last = _minute(starts), _minute(ends) or ENDS[PartOfDay.EVENING]
    touched = [one for one in day.slots if _minute(one.slot.starts) < last and first < _end(one.slot)]
    if not touched or any(one.mark is not Mark.FREE for one in touched):
        return []
    if _minute(touched[0].slot.starts) > first or _end(touched[-1].slot) < last:
        return []
    return [_stretch(day.day, [one.slot for one in touched])]


def _stretch(day: dt.date, slots: Sequence[Slot]) -> Stretch:
    return Stretch(day, tuple(slots), span_of(slots[0], day)[0], span_of(slots[-1], day)[1])


def _is_in(slot: Slot, part: str) -> bool:
    """Whether the middle of the slot lies in the part of the day."""
    if not part:
        return True
    middle = (_minute(slot.starts) + _end(slot)) / 2
    return next(name for name, end in ENDS.items() if middle < end) == part


def _falls_on(day: dt.date, weekdays: Collection[int]) -> bool:
    return day.isoweekday() in weekdays or (HOLIDAY in weekdays and holiday_name(day) is not None)


def _minute(moment: dt.time) -> int:
    return moment.hour * 60 + moment.minute


def _end(slot: Slot) -> int:
    return _minute(slot.ends) or ENDS[PartOfDay.EVENING]
