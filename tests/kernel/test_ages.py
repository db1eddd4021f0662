from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.ages import age_on, day_of_age

BIRTHS = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1966, 4, 1), date(2026, 3, 31), 59),
        (date(1966, 4, 1), date(2026, 4, 1), 60),
        (date(1964, 2, 29), date(2023, 2, 28), 58),
        (date(1964, 2, 29), date(2023, 3, 1), 59),
        (date(1964, 2, 29), date(2024, 2, 28), 59),
        (date(1964, 2, 29), date(2024, 2, 29), 60),
        (date(2026, 4, 1), date(2026, 4, 1), 0),
    ],
)
def test_a_year_of_age_is_complete_on_the_birthday(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("years", "birthday"), [(59, date(2023, 3, 1)), (60, date(2024, 2, 29)), (61, date(2025, 3, 1))]
)
def test_whoever_was_born_on_a_leap_day_has_the_first_of_march_in_common_years(years: int, birthday: date) -> None:
    assert day_of_age(date(1964, 2, 29), years) == birthday


@given(BIRTHS, st.integers(0, 130))
def test_the_age_is_reached_on_its_day_and_not_the_day_before(birth: date, years: int) -> None:
    birthday = day_of_age(birth, years)
    assert age_on(birth, birthday) == years
    assert years == 0 or age_on(birth, birthday - timedelta(days=1)) == years - 1


def test_before_birth_there_is_no_age() -> None:
    with pytest.raises(ValueError, match="before birth"):
        age_on(date(2026, 4, 2), date(2026, 4, 1))
