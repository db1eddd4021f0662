"""Ages in completed years, with births on 29 February."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.ages import age_on, birthday, births_of

BIRTHS = st.dates(date(1880, 1, 1), date(2060, 12, 31))
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1966, 4, 1), date(2026, 3, 31), 59),
        (date(1966, 4, 1), date(2026, 4, 1), 60),
        (date(1966, 4, 1), date(2027, 3, 31), 60),
        (date(1968, 2, 29), date(2026, 2, 28), 57),
        (date(1968, 2, 29), date(2026, 3, 1), 58),
        (date(1968, 2, 29), date(2028, 2, 28), 59),
        (date(1968, 2, 29), date(2028, 2, 29), 60),
        (date(2026, 4, 1), date(2026, 4, 1), 0),
        (date(2026, 4, 2), date(2026, 4, 1), -1),
    ],
)
def test_an_age_is_attained_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_a_birthday_of_29_february_is_1_march_in_a_common_year() -> None:
    leap = date(1964, 2, 29)
    assert [birthday(leap, years) for years in (59, 60)] == [date(2023, 3, 1), date(2024, 2, 29)]
    assert birthday(leap, 62) == date(2026, 3, 1)


@given(BIRTHS, st.integers(0, 120))
def test_on_the_birthday_the_years_are_complete_and_the_day_before_they_are_not(born: date, years: int) -> None:
    day = birthday(born, years)
    assert (age_on(born, day - timedelta(days=1)), age_on(born, day)) == (years - 1, years)


@given(BIRTHS, DAYS)
def test_nobody_becomes_younger(born: date, day: date) -> None:
    assert age_on(born, day + timedelta(days=1)) - age_on(born, day) in (0, 1)


@given(st.integers(0, 119), DAYS)
def test_those_of_an_age_are_born_between_the_two_days_and_no_others(age: int, day: date) -> None:
    first, last = births_of(age, day)
    one = timedelta(days=1)
    assert [age_on(born, day) for born in (first - one, first, last, last + one)] == [age + 1, age, age, age - 1]
