"""Kanji numerals become figures where they are a number, and stay what they are elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.intake.rules.numerals import in_figures

KANJI = "〇一二三四五六七八九"


def spelt(number: int) -> str:
    """As it is read aloud: 1948 is 千九百四十八."""
    if not number:
        return "零"
    units = zip("千百十", str(number).zfill(4)[:3], strict=True)
    above = "".join(("" if digit == "1" else KANJI[int(digit)]) + unit for unit, digit in units if digit != "0")
    return above + (KANJI[number % 10] if number % 10 else "")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("昭和二十三年四月一日", "昭和23年4月1日"),
        ("昭和二三年一二月三一日", "昭和23年12月31日"),
        ("平成二〇年十月十日", "平成20年10月10日"),
        ("平成二○年", "平成20年"),
        ("一九四八・四・一", "1948・4・1"),
        ("千九百四十八年", "1948年"),
        ("大正拾弐年参月壱日", "大正12年3月1日"),
        ("二百三", "203"),
        ("午前九時", "午前9時"),
    ],
)
def test_a_number_is_told_in_figures(written: str, told: str) -> None:
    assert in_figures(written) == told


@pytest.mark.parametrize("written", ["二三十", "十二十", "2十年", "十2", "百千", "○", "〇〇", "昭和23年", "", "元年"])
def test_what_is_no_number_stays_as_it_is(written: str) -> None:
    assert in_figures(written) == written


@given(st.integers(1, 9999))
def test_every_number_is_read_as_it_is_spelt_and_digit_by_digit(number: int) -> None:
    by_digits = "".join(KANJI[int(digit)] for digit in str(number))
    assert in_figures(f"第{spelt(number)}号") == in_figures(f"第{by_digits}号") == f"第{number}号"


@given(st.text("〇一二三十百千年月日0123456789昭和", max_size=20))
def test_what_was_told_in_figures_is_not_told_otherwise_the_second_time(written: str) -> None:
    told = in_figures(written)
    assert in_figures(told) == told
