"""The days of a series."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest

from apps.bookings.errors import SlotTakenError
from apps.bookings.life_errors import EmptySeriesError
from apps.bookings.rules.listing import Closing, Offer, Slot, Timetable
from apps.bookings.rules.series import (
    CLOSED,
    FREE,
    NO_SLOT,
    PAST,
    SKIP,
    TAKEN,
    Pattern,
    Picked,
    Planned,
    Taken,
    Use,
    days_of,
    picked,
    plan,
    slots_of_hours,
)
from kernel.clock import TOKYO
from tests.apps.bookings.rules.offers import offer

APRIL, JUNE = dt.date(2026, 4, 1), dt.date(2026, 6, 30)


def days(**values: object) -> list[str]:
    usual: dict[str, object] = {"kind": "weekly", "weekday": 2, "first": APRIL, "last": JUNE}
    return [f"{day:%m-%d}" for day in days_of(Pattern(**usual | values))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"last": dt.date(2026, 4, 30)}, ["04-07", "04-14", "04-21", "04-28"]),
        ({"every": 2, "last": dt.date(2026, 4, 30)}, ["04-07", "04-21"]),
        ({"kind": "monthly", "nths": (1, 3)}, ["04-07", "04-21", "05-05", "05-19", "06-02", "06-16"]),
        ({"kind": "monthly", "nths": (5,)}, ["06-30"]),
        ({"kind": "monthly", "nths": (-1, 4)}, ["04-28", "05-26", "06-23", "06-30"]),
        ({"weekday": 3, "last": APRIL}, ["04-01"]),
    ],
)
def test_the_days_of_a_pattern(values: dict[str, object], expected: list[str]) -> None:
    assert days(**values) == expected


@pytest.mark.parametrize("values", [{"last": dt.date(2026, 4, 2)}, {"last": dt.date(2036, 1, 1)}, {"kind": "monthly"}])
def test_a_series_has_a_day_and_not_too_many(values: dict[str, object]) -> None:
    with pytest.raises(EmptySeriesError):
        days(**values)


MINE = offer(room=UUID(int=1), parts=(UUID(int=11),))
SMALL = offer(room=UUID(int=2), parts=(UUID(int=12),), capacity=5)
LIKE = offer(room=UUID(int=3), parts=(UUID(int=13),))
USE = Use((1,), "meeting", 10)
DAY = dt.date(2026, 4, 8)
NOW = dt.datetime(2026, 4, 1, tzinfo=TOKYO)
NINE, NOON = (dt.datetime(2026, 4, 8, hour, tzinfo=TOKYO) for hour in (9, 12))


def timetable(*hours: tuple[str, str]) -> Timetable:
    slots = [
        Slot(number, str(number), "", dt.time.fromisoformat(begins), dt.time.fromisoformat(ends))
        for number, (begins, ends) in enumerate(hours, start=1)
    ]
    return Timetable(dt.date(2020, 1, 1), tuple(slots))


def planned(*taken: Offer, use: Use = USE, room: Offer = MINE, now: dt.datetime = NOW) -> Planned:
    spans = {part: [(NINE, NOON)] for one in taken for part in one.parts}
    [found] = plan(room, [MINE, SMALL, LIKE], [DAY], use, Taken(spans, now))
    return found


def others(found: Planned) -> list[int]:
    return [one.offer.room.int for one in found.others]


def test_a_free_day_is_free_and_offers_nothing_else() -> None:
    assert (planned().conflict, planned().others) == (FREE, ())


def test_a_taken_day_offers_rooms_that_allow_the_use_and_are_free() -> None:
    assert (planned(MINE).conflict, others(planned(MINE))) == (TAKEN, [3])
    assert others(planned(MINE, use=Use((1,), "meeting", 5))) == [2, 3]
    assert others(planned(MINE, LIKE)) == []
    assert others(planned(MINE, use=Use((1,), "music", 5))) == []


def test_a_day_on_which_the_room_alone_is_closed_offers_the_others() -> None:
    closed = replace(MINE, closings=(Closing("weekly", 3, "", "", "清掃日", ""),))
    found = planned(room=closed)
    assert (found.conflict, found.note, others(found)) == (CLOSED, "清掃日", [3])


def test_a_room_that_divides_the_day_otherwise_is_not_offered() -> None:
    halves = replace(LIKE, timetables=(timetable(("09:00", "10:30"), ("10:30", "12:00"), ("12:00", "15:00")),))
    assert slots_of_hours(halves, DAY, NINE, NOON) == (1, 2)
    later = replace(LIKE, timetables=(timetable(("08:00", "12:00")),))
    assert slots_of_hours(later, DAY, NINE, NOON) == ()


def test_what_has_begun_or_is_no_slot_offers_nothing() -> None:
    assert planned(MINE, now=NINE) == Planned(DAY, PAST)
    assert planned(use=replace(USE, slots=(9,))) == Planned(DAY, NO_SLOT)


def test_what_is_chosen_for_each_day_is_booked() -> None:
    later = DAY + dt.timedelta(weeks=1)
    days = [planned(MINE), Planned(later, FREE)]
    book = partial(picked, days, room=MINE.room, slots=(1,))
    assert book({}) == [Picked(later, MINE.room, (1,))]
    assert book({DAY: str(LIKE.room), later: SKIP}) == [Picked(DAY, LIKE.room, (1,))]
    with pytest.raises(EmptySeriesError):
        book({later: SKIP})
    for room in (MINE.room, SMALL.room, "x"):
        with pytest.raises(SlotTakenError) as caught:
            book({DAY: str(room)})
        assert caught.value.params["on"] == DAY.isoformat()
