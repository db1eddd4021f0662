from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.yen import Rounding, apply_ratio, format_yen, percent, round_yen, tax_included, wari

amounts = st.fractions(0, 1_000_000, max_denominator=1000)
roundings = st.sampled_from(Rounding)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        (Rounding.YEN_DOWN, [1234, 1234, 1235]),
        (Rounding.YEN_UP, [1235, 1235, 1235]),
        (Rounding.YEN_HALF_UP, [1234, 1235, 1235]),
        (Rounding.TEN_DOWN, [1230, 1230, 1230]),
        (Rounding.TEN_UP, [1240, 1240, 1240]),
        (Rounding.TEN_HALF_UP, [1230, 1230, 1240]),
    ],
)
def test_each_kind_of_rounding(rounding: Rounding, expected: list[int]) -> None:
    amounts = [Fraction(12344, 10), Fraction(12345, 10), Fraction(1235)]
    assert [round_yen(amount, rounding) for amount in amounts] == expected


@given(amounts, roundings)
def test_rounding_gives_whole_units_less_than_one_unit_away(amount: Fraction, rounding: Rounding) -> None:
    rounded = round_yen(amount, rounding)
    assert rounded % rounding.unit == 0
    assert abs(rounded - amount) < rounding.unit


@given(amounts, roundings)
def test_rounding_twice_changes_nothing(amount: Fraction, rounding: Rounding) -> None:
    once = round_yen(amount, rounding)
    assert round_yen(once, rounding) == once


@given(amounts, roundings)
def test_a_reduction_is_rounded_like_the_same_sum_above_zero(amount: Fraction, rounding: Rounding) -> None:
    assert round_yen(-amount, rounding) == -round_yen(amount, rounding)


@given(amounts)
def test_down_half_up_and_up_are_in_order(amount: Fraction) -> None:
    for down, half, up in (
        (Rounding.YEN_DOWN, Rounding.YEN_HALF_UP, Rounding.YEN_UP),
        (Rounding.TEN_DOWN, Rounding.TEN_HALF_UP, Rounding.TEN_UP),
    ):
        assert round_yen(amount, down) <= round_yen(amount, half) <= round_yen(amount, up)


def test_ten_wari_is_the_whole_and_a_percent_a_hundredth() -> None:
    assert wari(10) == percent(100) == 1
    assert wari(15) == Fraction(3, 2)
    assert percent(20) == Fraction(1, 5)


def test_a_ratio_is_exact_where_floats_are_not() -> None:
    assert apply_ratio(290, percent(110), Rounding.YEN_UP) == 319


def test_the_worked_example_of_the_handbook() -> None:
    basic = apply_ratio(1_000 + 1_500, Fraction(2), Rounding.TEN_DOWN)
    heating = apply_ratio(basic, wari(3), Rounding.TEN_DOWN)
    reduction = apply_ratio(basic, wari(5), Rounding.TEN_DOWN)
    assert basic + heating - reduction == 4_000


@pytest.mark.parametrize(
    ("amount", "rate", "tax"), [(1_100, 10, 100), (1_000, 10, 90), (1_080, 8, 80), (0, 10, 0), (9, 10, 0)]
)
def test_the_tax_in_an_amount_is_cut_to_whole_yen(amount: int, rate: int, tax: int) -> None:
    assert tax_included(amount, percent(rate)) == tax


@given(st.integers(0, 10_000_000))
def test_the_tax_in_a_price_is_the_tax_that_was_added(net: int) -> None:
    gross = net + round_yen(net * percent(10), Rounding.YEN_DOWN)
    assert tax_included(gross, percent(10)) == gross - net


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0円"), (1_234, "1,234円"), (1_234_567, "1,234,567円"), (-50, "-50円")]
)
def test_yen_are_written_with_commas(amount: int, text: str) -> None:
    assert format_yen(amount) == text
