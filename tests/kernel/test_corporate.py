"""法人番号 are checked by their first digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.corporate import check_digit, is_corporate_number

BASIC = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("8700110005901", True),  # the example of the ministry's explanation
        ("7000012050002", True),  # 国税庁
        ("8700110005902", False),
        ("870011000590", False),
        ("87001100059011", False),
        ("８７００１１０００５９０１", False),
        ("", False),
    ],
)
def test_the_first_digit_fits_the_others(text: str, holds: bool) -> None:
    assert is_corporate_number(text) is holds


@given(BASIC)
def test_of_ten_first_digits_exactly_one_fits(basic: str) -> None:
    assert [digit for digit in range(10) if is_corporate_number(f"{digit}{basic}")] == [check_digit(basic)]


@given(BASIC, st.integers(0, 11), st.integers(1, 8))
def test_a_digit_that_is_off_is_noticed_unless_nine_apart(basic: str, place: int, by: int) -> None:
    changed = (int(basic[place]) + by) % 10
    other = f"{basic[:place]}{changed}{basic[place + 1 :]}"
    apart = abs(changed - int(basic[place]))
    assert (check_digit(other) == check_digit(basic)) is (apart % 9 == 0)
