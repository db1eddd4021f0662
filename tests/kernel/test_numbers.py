import jaconv
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kernel.numbers import NumberError, Series, check_digit

SERIES = Series("A", 6)
sequences = st.integers(1, 999_999)


def refused(text: str, series: Series = SERIES) -> str:
    with pytest.raises(NumberError) as refusal:
        series.read(text)
    return refusal.value.code


@pytest.mark.parametrize(
    ("digits", "check"), [("7992739871", "3"), ("411111111111111", "1"), ("000123", "0"), ("000000", "0"), ("5", "9")]
)
def test_the_check_digit_is_luhns(digits: str, check: str) -> None:
    assert check_digit(digits) == check


def test_a_number_is_printed_with_prefix_zeros_and_check_digit() -> None:
    assert SERIES.make(123) == "A-000123-0"
    assert Series("CW", 4).make(1) == "CW-0001-8"


def test_a_series_may_have_one_digit() -> None:
    assert Series("A", 1).read(Series("A", 1).make(9)) == 9


@pytest.mark.parametrize("sequence", [-1, 0, 1_000_000])
def test_a_sequence_that_does_not_fit_is_refused(sequence: int) -> None:
    with pytest.raises(NumberError) as refusal:
        SERIES.make(sequence)
    assert refusal.value.code == "out_of_range"


@pytest.mark.parametrize(("prefix", "width"), [("", 6), ("a", 6), ("A1", 6), ("Ａ", 6), ("ABCDEFG", 6), ("A", 0)])
def test_a_series_needs_a_prefix_of_capitals_and_a_width(prefix: str, width: int) -> None:
    with pytest.raises(ValueError, match="prefix"):
        Series(prefix, width)


@pytest.mark.parametrize(
    "text",
    [
        "A-000123-0",
        "A0001230",
        "a-000123-0",
        "Ａ－０００１２３－０",
        "Ａー０００１２３ー０",
        " A 000123 0 ",
        "A\u2212000123\u20100",
    ],
)
def test_width_case_hyphens_and_spaces_are_forgiven(text: str) -> None:
    assert SERIES.read(text) == 123


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "0001230",
        "A-00123-0",
        "A-0000123-0",
        "A-000123",
        "A-00012X-0",
        "A-000000-0",
        "A-٠٠٠١٢٣-٠",
        "A" + "1" * 9999,
    ],
)
def test_what_is_no_number_of_a_series_is_unreadable(text: str) -> None:
    assert refused(text) == "unreadable"


def test_a_number_of_another_series_is_told_as_such() -> None:
    assert refused("B-000123-0") == "other_series"
    assert refused("AB-0001-8") == "other_series"


def test_a_wrong_check_digit_is_mistyped() -> None:
    assert refused("A-000123-1") == "mistyped"


@given(sequences)
def test_a_printed_number_is_read_back(sequence: int) -> None:
    number = SERIES.make(sequence)
    assert SERIES.read(number) == SERIES.read(jaconv.h2z(number, ascii=True, digit=True)) == sequence


@given(sequences, st.integers(0, 6), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(sequence: int, place: int, shift: int) -> None:
    digits = list(SERIES.make(sequence).removeprefix("A").replace("-", ""))
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert refused("A" + "".join(digits)) in {"mistyped", "unreadable"}


@given(sequences, st.integers(0, 5))
def test_every_swap_of_neighbours_but_09_and_90_is_found(sequence: int, place: int) -> None:
    digits = SERIES.make(sequence).removeprefix("A").replace("-", "")
    pair = digits[place : place + 2]
    assume(pair[0] != pair[1] and set(pair) != {"0", "9"})
    assert refused("A" + digits[:place] + pair[::-1] + digits[place + 2 :]) == "mistyped"


def test_the_swap_of_09_and_90_is_the_known_gap() -> None:
    assert SERIES.read("A-000091-9") == 91
    assert check_digit("000901") == check_digit("000091")
