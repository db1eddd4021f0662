"""Slots of a day and closing rules."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.days import closing_on, hits, slots_on, span_of
from apps.bookings.rules.listing import Closing, Slot, Timetable
from tests.apps.bookings.rules.offers import EVENING, HOLIDAYS, MONDAYS, MORNING, YEAR_END, offer

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


def test_a_day_before_the_first_timetable_has_no_slots() -> None:
    assert slots_on(offer(), dt.date(2019, 12, 31)) == ()


def test_the_newest_timetable_that_has_begun_holds() -> None:
    old, new = Timetable(dt.date(2020, 1, 1), (MORNING,)), Timetable(dt.date(2026, 4, 1), (EVENING,))
    room = offer(timetables=(old, new))
    assert slots_on(room, dt.date(2026, 3, 31)) == (MORNING,)
    assert slots_on(room, dt.date(2026, 4, 1)) == (EVENING,)


@pytest.mark.parametrize(
    ("closing", "day", "closed"),
    [
        (MONDAYS, "2026-11-23", True),
        (MONDAYS, "2026-11-24", False),
        (HOLIDAYS, "2026-11-23", True),  # 勤労感謝の日
        (HOLIDAYS, "2026-09-22", True),  # 国民の休日
        (HOLIDAYS, "2026-11-25", False),
        (YEAR_END, "2026-12-28", False),
        (YEAR_END, "2026-12-29", True),
        (YEAR_END, "2027-01-03", True),
        (YEAR_END, "2027-01-04", False),
        (Closing("yearly", None, "08-13", "08-15", "お盆", ""), "2026-08-14", True),
        (Closing("yearly", None, "08-13", "08-15", "お盆", ""), "2026-08-16", False),
    ],
)
def test_a_closing_rule_hits_its_days(closing: Closing, day: str, closed: bool) -> None:
    assert hits(closing, dt.date.fromisoformat(day)) is closed


def test_the_first_rule_that_hits_gives_the_word() -> None:
    assert closing_on(offer(closings=(YEAR_END, MONDAYS)), dt.date(2026, 12, 28)) == MONDAYS


def test_a_slot_is_a_span_of_instants_in_tokyo() -> None:
    starts_at, ends_at = span_of(MORNING, dt.date(2026, 12, 1))
    assert starts_at == dt.datetime(2026, 12, 1, 0, tzinfo=dt.UTC)
    assert ends_at - starts_at == dt.timedelta(hours=3)


def test_a_slot_that_ends_at_midnight_ends_with_the_day() -> None:
    late = Slot(4, "深夜", "", dt.time(22), dt.time(0))
    assert span_of(late, dt.date(2026, 12, 31))[1] == dt.datetime(2026, 12, 31, 15, tzinfo=dt.UTC)


@given(DAYS)
def test_a_weekly_rule_hits_one_day_in_any_seven(day: dt.date) -> None:
    assert sum(hits(MONDAYS, day + dt.timedelta(days=number)) for number in range(7)) == 1
