from hypothesis import given
from hypothesis import strategies as st

from kernel.area_codes import area_code_length


@given(st.from_regex("0[1-9][0-9]{8}", fullmatch=True))
def test_an_area_code_has_two_to_five_digits(number: str) -> None:
    assert 2 <= area_code_length(number) <= 5


def test_the_longest_listed_block_decides() -> None:
    assert area_code_length("0470200000") == 4
    assert area_code_length("0470900000") == 2
    assert area_code_length("0474000000") == 3
    assert area_code_length("0476000000") == 4
    assert area_code_length("0126700000") == 5


def test_a_block_that_is_not_listed_has_four_digits() -> None:
    assert area_code_length("0246000000") == 4
