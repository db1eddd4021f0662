"""The portal's hours, the open months, whom a room is let to; and the ten points of a day's cell in their order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.errors import UnknownRoomError
from apps.bookings.gear_errors import MonthNotOpenError, OnlyForError, OutsideHoursError
from apps.bookings.rules.availability import Mark, Taken, day_mark
from apps.bookings.rules.listing import Hours, Month
from apps.bookings.rules.reception import Openness, check_portal, is_public, next_reception, openness, receives
from apps.bookings.rules.window import Who
from kernel.clock import at
from tests.apps.bookings.rules.offers import MONDAYS, PART, days_before, offer, same_day, windows

LONG_AGO = dt.date(2020, 1, 1)
DAY = dt.date(2026, 12, 1)
NOON = at(dt.date(2026, 11, 20), dt.time(12))
NIGHT = at(dt.date(2026, 11, 20), dt.time(3))


def hours(opens: int, closes: int, kind: str = "closed", **values: Any) -> Hours:
    since = values.pop("since", LONG_AGO)
    return Hours(since, kind, dt.time(opens), dt.time(closes), **values)


@pytest.mark.parametrize(
    ("opens", "closes", "hour", "minute", "is_open"),
    [
        (5, 0, 4, 59, False),
        (5, 0, 5, 0, True),
        (5, 0, 23, 59, True),
        (5, 0, 0, 0, False),
        (9, 17, 16, 59, True),
        (9, 17, 17, 0, False),
        (22, 2, 23, 0, True),
        (22, 2, 1, 59, True),
        (22, 2, 2, 0, False),
    ],
)
def test_the_portal_receives_between_its_hours(
    opens: int, closes: int, hour: int, minute: int, *, is_open: bool
) -> None:
    now = at(dt.date(2026, 11, 20), dt.time(hour, minute))
    assert receives(offer(hours=(hours(opens, closes),)), now) is is_open


def test_without_a_setting_or_with_one_that_limits_nothing_it_always_receives() -> None:
    assert receives(offer(), NIGHT)
    assert receives(offer(hours=(hours(5, 0, "always"),)), NIGHT)


def test_the_newest_hours_that_have_begun_hold() -> None:
    room = offer(hours=(hours(9, 17), hours(5, 0, since=dt.date(2026, 11, 21))))
    assert not receives(room, at(dt.date(2026, 11, 20), dt.time(6)))
    assert receives(room, at(dt.date(2026, 11, 21), dt.time(6)))
    assert next_reception(room, at(dt.date(2026, 11, 20), dt.time(18))) == at(dt.date(2026, 11, 21), dt.time(5))


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 24 * 60 - 1))
def test_when_it_opens_again_it_receives_and_not_before(opens: int, closes: int, minute: int) -> None:
    if opens == closes:
        return
    room, now = offer(hours=(hours(opens, closes),)), at(DAY, dt.time(minute // 60, minute % 60))
    again = next_reception(room, now)
    if again is None:
        assert receives(room, now)
        return
    assert now < again <= now + dt.timedelta(days=1)
    assert receives(room, again)
    assert not receives(room, again - dt.timedelta(minutes=1))


def month(year: int, number: int, kind: str, *, of_room: bool = False) -> Month:
    return Month(dt.date(year, number, 1), of_room, kind)


@pytest.mark.parametrize(
    ("months", "kind"),
    [
        ((), "bookable"),
        ((month(2026, 12, "hidden"),), "hidden"),
        ((month(2027, 1, "hidden"),), "bookable"),
        ((month(2026, 11, "shown"), month(2026, 12, "bookable")), "bookable"),
        ((month(2026, 12, "hidden"), month(2026, 12, "shown", of_room=True)), "shown"),
        ((month(2026, 11, "shown", of_room=True), month(2026, 12, "hidden")), "hidden"),
    ],
)
def test_the_newest_word_about_a_month_holds_and_a_rooms_own_first(months: tuple[Month, ...], kind: str) -> None:
    assert openness(offer(months=months), DAY) is Openness(kind)


def test_a_room_is_public_from_its_day_on() -> None:
    room = offer(public_from=DAY)
    assert not is_public(room, DAY - dt.timedelta(days=1))
    assert is_public(room, DAY)
    assert not is_public(offer(is_public=False), DAY)


@pytest.mark.parametrize(
    ("values", "now", "error"),
    [
        ({"is_public": False}, NOON, UnknownRoomError),
        ({"public_from": DAY}, NOON, UnknownRoomError),
        ({"hours": (hours(5, 0),)}, NIGHT, OutsideHoursError),
        ({"hours": (hours(5, 0, "shown"),)}, NIGHT, OutsideHoursError),
        ({"months": (month(2026, 12, "shown"),)}, NOON, MonthNotOpenError),
        ({"months": (month(2026, 12, "hidden"),)}, NOON, MonthNotOpenError),
        ({"only": "group"}, NOON, OnlyForError),
    ],
)
def test_the_portal_refuses_what_it_does_not_take(
    values: dict[str, Any], now: dt.datetime, error: type[Exception]
) -> None:
    check_portal(offer(), DAY, now, "individual")
    with pytest.raises(error):
        check_portal(offer(**values), DAY, now, "individual")


BOOKED = Taken(PART, "booking", at(DAY, dt.time(9)), at(DAY, dt.time(21)))
OPEN_USE = Taken(PART, "open_use", at(DAY, dt.time(9)), at(DAY, dt.time(21)))
MORNING = Taken(PART, "booking", at(DAY, dt.time(9)), at(DAY, dt.time(12)))
HIDDEN, SHOWN = (month(2026, 12, "hidden"),), (month(2026, 12, "shown"),)
CLOSED = MONDAYS.__class__("period", None, "", "", "臨時休館", "Closed", since=DAY, until=DAY)
SEEN = (hours(5, 0, "always", shows_outside=True),)
EARLY = at(dt.date(2026, 8, 1), dt.time(12))
UNTIL_THE_DAY = windows(same_day(3), days_before(0))
CELLS: list[tuple[str, dict[str, Any], list[Taken], dt.datetime, Mark, bool]] = [
    ("1 no timetable, whatever else", {"timetables": (), "closings": (CLOSED,)}, [BOOKED], NOON, Mark.OUTSIDE, False),
    ("2 hidden, before a closing", {"months": HIDDEN, "closings": (CLOSED,)}, [], NOON, Mark.OUTSIDE, False),
    ("2 the month is only shown", {"months": SHOWN}, [MORNING], NOON, Mark.SOME, False),
    ("2 a shown month outside the window", {"months": SHOWN}, [], EARLY, Mark.OUTSIDE, False),
    ("3 it is over, before a closing", {"closings": (CLOSED,)}, [], at(DAY, dt.time(21)), Mark.OUTSIDE, False),
    ("4 a closing, before the window", {"closings": (CLOSED,)}, [], EARLY, Mark.CLOSED, False),
    ("4 a closing, before what is taken", {"closings": (CLOSED,)}, [BOOKED], NOON, Mark.CLOSED, False),
    ("5 outside the window", {}, [BOOKED], EARLY, Mark.OUTSIDE, False),
    ("5 shown outside the window", {"hours": SEEN}, [MORNING], EARLY, Mark.SOME, False),
    ("5 outside the hours", {"hours": (hours(5, 0),)}, [], NIGHT, Mark.OUTSIDE, False),
    ("5 outside the hours, shown", {"hours": (hours(5, 0, "shown"),)}, [], NIGHT, Mark.FREE, False),
    ("6 let to groups only", {"only": "group"}, [BOOKED], NOON, Mark.OUTSIDE, False),
    ("7 what has begun is dropped", {"windows": UNTIL_THE_DAY}, [MORNING], at(DAY, dt.time(10)), Mark.FREE, True),
    ("8 nothing is taken", {}, [], NOON, Mark.FREE, True),
    ("8 some is taken", {}, [MORNING], NOON, Mark.SOME, True),
    ("9 all is taken", {}, [BOOKED], NOON, Mark.FULL, True),
    ("10 all is open use", {}, [OPEN_USE], NOON, Mark.OPEN_USE, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "taken", "now", "mark", "bookable"), [one[1:] for one in CELLS], ids=[one[0] for one in CELLS]
)
def test_a_days_cell_follows_the_ten_points(
    values: dict[str, Any], taken: list[Taken], now: dt.datetime, mark: Mark, *, bookable: bool
) -> None:
    shown = day_mark(offer(**values), DAY, taken, now, Who.RESIDENT, kinds=frozenset({"individual"}))
    assert (shown.mark, shown.bookable) == (mark, bookable)


def test_whoever_is_not_known_is_not_shut_out_of_a_room_for_groups() -> None:
    assert day_mark(offer(only="group"), DAY, [], NOON).mark is Mark.FREE
