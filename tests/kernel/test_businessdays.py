from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.businessdays import (
    holiday_name,
    is_business_day,
    is_holiday,
    months_after,
    months_before,
    next_business_day,
    nth_weekday,
    on_or_next_business_day,
    weekday_ordinal,
)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))

HOLIDAYS_2026 = (
    "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123"  # 内閣府「国民の祝日」
)


def test_the_holidays_of_2026_are_those_of_the_cabinet_office() -> None:
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert " ".join(f"{day:%m%d}" for day in year if is_holiday(day)) == HOLIDAYS_2026


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 9, 22), "国民の休日"),
        (date(2026, 5, 6), "憲法記念日 振替休日"),
        (date(2021, 7, 23), "スポーツの日"),
        (date(2021, 10, 11), None),
        (date(2026, 4, 4), None),
    ],
)
def test_a_holiday_has_its_name(day: date, name: str | None) -> None:
    assert holiday_name(day) == name


@given(st.integers(1980, 2099))
def test_the_equinoxes_fall_where_the_almanac_formula_says(year: int) -> None:
    leap_days = (year - 1980) // 4
    drift = 0.242194 * (year - 1980) - leap_days
    assert holiday_name(date(year, 3, int(20.8431 + drift))) == "春分の日"
    assert holiday_name(date(year, 9, int(23.2488 + drift))) == "秋分の日"


def test_an_override_adds_a_holiday_that_a_new_law_makes() -> None:
    overrides = {date(2026, 6, 1): "特別の日"}
    assert holiday_name(date(2026, 6, 1), overrides) == "特別の日"
    assert not is_business_day(date(2026, 6, 1), overrides)


def test_an_override_takes_a_holiday_away() -> None:
    overrides = {date(2026, 10, 12): None}
    assert not is_holiday(date(2026, 10, 12), overrides)
    assert is_business_day(date(2026, 10, 12), overrides)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),
        (date(2026, 12, 31), False),
        (date(2024, 1, 3), False),
        (date(2024, 1, 4), True),
        (date(2026, 4, 3), True),
        (date(2026, 4, 4), False),
        (date(2026, 4, 5), False),
        (date(2026, 4, 29), False),
    ],
)
def test_offices_rest_on_weekends_holidays_and_at_the_turn_of_the_year(day: date, works: bool) -> None:
    assert is_business_day(day) is works


def test_the_next_business_day_skips_the_golden_week() -> None:
    assert next_business_day(date(2026, 5, 1)) == date(2026, 5, 7)


def test_the_next_business_day_obeys_an_override() -> None:
    assert next_business_day(date(2026, 4, 1), {date(2026, 4, 2): "特別の日"}) == date(2026, 4, 3)


def test_a_business_day_is_its_own_on_or_next_business_day() -> None:
    assert on_or_next_business_day(date(2026, 5, 1)) == date(2026, 5, 1)
    assert on_or_next_business_day(date(2026, 5, 2)) == date(2026, 5, 7)


@given(days)
def test_no_business_day_lies_between_a_day_and_the_next_one(day: date) -> None:
    following = next_business_day(day)
    between = [day + timedelta(days=number) for number in range(1, (following - day).days)]
    assert following > day
    assert is_business_day(following)
    assert not any(is_business_day(skipped) for skipped in between)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 6, 15), 3, date(2026, 3, 15)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2026, 1, 1), 12, date(2025, 1, 1)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_before_is_the_same_day_or_the_end_of_the_month(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_months_after_follows_the_same_rule() -> None:
    assert months_after(date(2026, 10, 31), 4) == date(2027, 2, 28)
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)


@given(days, st.integers(0, 60))
def test_a_later_day_never_has_an_earlier_same_day(day: date, months: int) -> None:
    assert months_before(day, months) <= months_before(day + timedelta(days=1), months)


@given(days, st.integers(0, 60))
def test_going_back_and_forth_loses_only_days_that_the_month_lacks(day: date, months: int) -> None:
    back = months_before(day, months)
    assert months_after(back, months) == day.replace(day=back.day)


@pytest.mark.parametrize(
    ("weekday", "nth", "expected"),
    [
        (1, 1, date(2026, 4, 6)),
        (1, 3, date(2026, 4, 20)),
        (3, 1, date(2026, 4, 1)),
        (3, 5, date(2026, 4, 29)),
        (1, 5, None),
        (7, -1, date(2026, 4, 26)),
    ],
)
def test_the_nth_weekday_of_a_month_is_found(weekday: int, nth: int, expected: date | None) -> None:
    assert nth_weekday(2026, 4, weekday, nth) == expected


@given(days)
def test_a_day_is_the_nth_weekday_that_its_ordinal_says(day: date) -> None:
    assert nth_weekday(day.year, day.month, day.isoweekday(), weekday_ordinal(day)) == day
