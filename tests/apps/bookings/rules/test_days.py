"""Slots of a day and closing rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.days import closing_of, closing_on, hits, slots_on, span_of
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


D = dt.date.fromisoformat
GOLDEN_WEEK = Closing(
    "period", None, "", "", "連休開館", "", effect="opens", since=D("2027-05-03"), until=D("2027-05-05")
)
STORM = Closing("period", None, "", "", "臨時休館", "", since=D("2027-05-03"), until=D("2027-05-03"))
BATH = Closing("monthly", None, "", "", "浴室清掃", "", days=(1, 15))


@pytest.mark.parametrize(
    ("ordinals", "closed"),
    [
        ((), ["07", "14", "21", "28"]),
        ((1, 3), ["07", "21"]),
        ((-1,), ["28"]),
        ((5,), []),
        ((2, -1), ["14", "28"]),
    ],
)
def test_a_weekly_rule_may_name_the_nth_or_last_of_the_month(ordinals: tuple[int, ...], closed: list[str]) -> None:
    rule = replace(MONDAYS, ordinals=ordinals)
    days = [dt.date(2026, 12, number) for number in range(1, 32)]
    assert [f"{day:%d}" for day in days if hits(rule, day)] == closed


@pytest.mark.parametrize(
    ("shift", "closed"),
    [
        ("stay", ["2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28"]),
        ("off", ["2026-09-07", "2026-09-14", "2026-09-28"]),
        ("next_day", ["2026-09-07", "2026-09-14", "2026-09-22", "2026-09-28"]),
        ("next_non_holiday", ["2026-09-07", "2026-09-14", "2026-09-24", "2026-09-28"]),
        ("previous_week", ["2026-09-07", "2026-09-14", "2026-09-28"]),
    ],
)
def test_a_closed_monday_that_is_a_holiday_is_shifted(shift: str, closed: list[str]) -> None:
    """21 (敬老の日), 22 (国民の休日) and 23 September 2026 (秋分の日) are holidays."""
    rule = replace(MONDAYS, shift=shift)
    days = [dt.date(2026, 9, number) for number in range(1, 31)]
    assert [str(day) for day in days if hits(rule, day)] == closed


def test_a_last_monday_that_is_a_holiday_closes_the_monday_of_the_week_before() -> None:
    last = replace(MONDAYS, ordinals=(-1,), shift="previous_week")  # 4/29 2030 is 昭和の日 and the last Monday
    assert [day for day in range(1, 31) if hits(last, dt.date(2030, 4, day))] == [22]


def test_the_day_after_a_holiday_may_be_closed() -> None:
    after = replace(HOLIDAYS, shift="next_day")
    assert hits(after, D("2026-11-24"))
    assert not hits(after, D("2026-11-23"))


@pytest.mark.parametrize(("day", "closed"), [("2027-01-01", True), ("2027-01-15", True), ("2027-01-16", False)])
def test_a_monthly_rule_closes_days_of_the_month(day: str, closed: bool) -> None:
    assert hits(BATH, D(day)) is closed


def test_the_last_day_of_the_month_may_be_closed() -> None:
    last = replace(BATH, days=(-1,))
    assert hits(last, D("2028-02-29"))
    assert not hits(last, D("2028-02-28"))


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    rule = replace(MONDAYS, since=D("2026-12-01"), until=D("2026-12-21"))
    assert [hits(rule, D(day)) for day in ("2026-11-30", "2026-12-07", "2026-12-21", "2026-12-28")] == [
        False,
        True,
        True,
        False,
    ]


def test_an_exception_opens_what_the_rules_close() -> None:
    assert closing_of((MONDAYS, HOLIDAYS), D("2027-05-03")) == MONDAYS
    assert closing_of((MONDAYS, HOLIDAYS, GOLDEN_WEEK), D("2027-05-03")) is None
    assert closing_of((GOLDEN_WEEK,), D("2027-05-06")) is None


def test_a_temporary_closing_closes_in_spite_of_an_exception() -> None:
    assert closing_of((MONDAYS, GOLDEN_WEEK, STORM), D("2027-05-03")) == STORM
    assert closing_of((MONDAYS, GOLDEN_WEEK, STORM), D("2027-05-04")) is None


def test_a_seasons_timetable_comes_before_the_years() -> None:
    year = Timetable(D("2026-04-01"), (MORNING,))
    winter = Timetable(D("2024-11-01"), (EVENING,), first="11-01", last="02-28")
    room = offer(timetables=(year, winter))
    assert slots_on(room, D("2026-10-31")) == (MORNING,)
    assert slots_on(room, D("2026-11-01")) == slots_on(room, D("2027-02-28")) == (EVENING,)
    assert slots_on(room, D("2027-03-01")) == (MORNING,)


def test_a_timetable_ends_with_its_last_day() -> None:
    winter = Timetable(D("2024-11-01"), (EVENING,), D("2026-12-31"), "11-01", "02-28")
    room = offer(timetables=(Timetable(D("2020-01-01"), (MORNING,)), winter))
    assert slots_on(room, D("2026-12-31")) == (EVENING,)
    assert slots_on(room, D("2027-01-01")) == (MORNING,)


@given(DAYS, st.sampled_from(["off", "next_day", "next_non_holiday", "previous_week"]))
def test_no_shift_closes_more_mondays_worth_of_days_than_there_are(day: dt.date, shift: str) -> None:
    days = [day + dt.timedelta(days=number) for number in range(364)]
    plain, shifted = (sum(hits(replace(MONDAYS, shift=one), each) for each in days) for one in ("stay", shift))
    assert shifted <= plain + 1  # one may be shifted in over the edge
