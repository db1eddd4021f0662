"""Birth dates that somebody alive can have, and ages."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.birthdays import (
    BirthDateError,
    age_on,
    checked_birth_date,
    day_of_age,
    last_day_of_middle_school,
    read_birth_date,
)

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize("typed", ["1948-04-01", "S23.4.1", "昭和23年4月1日", "ｓ２３／４／１", "S230401", "昭23.4.1"])
def test_a_birth_date_is_read_in_either_calendar(typed: str) -> None:
    assert read_birth_date(typed, TODAY) == dt.date(1948, 4, 1)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (dt.date(2026, 11, 27), "in_future"),
        (dt.date(1896, 11, 26), "too_long_ago"),
        (dt.date(1700, 1, 1), "too_long_ago"),
    ],
)
def test_a_birth_date_nobody_can_have_is_refused(day: dt.date, code: str) -> None:
    with pytest.raises(BirthDateError) as refused:
        checked_birth_date(day, TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize("day", [TODAY, dt.date(1896, 11, 27)])
def test_born_today_and_129_years_old_are_possible(day: dt.date) -> None:
    assert checked_birth_date(day, TODAY) == day


@pytest.mark.parametrize(("day", "age"), [("2026-02-28", 69), ("2026-03-01", 70), ("2028-02-29", 72)])
def test_a_birthday_on_29_february_comes_on_1_march_of_a_common_year(day: str, age: int) -> None:
    assert age_on(dt.date.fromisoformat(day), dt.date(1956, 2, 29)) == age


@given(st.dates(dt.date(1800, 1, 1), dt.date(2100, 12, 31)))
def test_whoever_is_accepted_is_between_0_and_129_years_old(born: dt.date) -> None:
    try:
        checked_birth_date(born, TODAY)
    except BirthDateError:
        assert born > TODAY or age_on(TODAY, born) >= 130
    else:
        assert 0 <= age_on(TODAY, born) < 130


@pytest.mark.parametrize(
    ("years", "birthday"), [(59, dt.date(2023, 3, 1)), (60, dt.date(2024, 2, 29)), (61, dt.date(2025, 3, 1))]
)
def test_whoever_was_born_on_a_leap_day_has_the_first_of_march_in_common_years(years: int, birthday: dt.date) -> None:
    assert day_of_age(dt.date(1964, 2, 29), years) == birthday


@given(st.dates(dt.date(1900, 1, 1), dt.date(2030, 12, 31)), st.integers(1, 130))
def test_an_age_is_reached_on_its_day_and_not_the_day_before(born: dt.date, years: int) -> None:
    birthday = day_of_age(born, years)
    assert age_on(birthday, born) == years
    assert age_on(birthday - dt.timedelta(days=1), born) == years - 1


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (dt.date(2010, 4, 2), dt.date(2026, 3, 31)),
        (dt.date(2011, 3, 31), dt.date(2026, 3, 31)),
        (dt.date(2011, 4, 1), dt.date(2026, 3, 31)),
        (dt.date(2011, 4, 2), dt.date(2027, 3, 31)),
        (dt.date(2012, 2, 29), dt.date(2027, 3, 31)),
    ],
)
def test_middle_school_ends_with_the_school_year_of_the_fifteenth_year(born: dt.date, last: dt.date) -> None:
    assert last_day_of_middle_school(born) == last
