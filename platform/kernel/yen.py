"""Money as whole yen in plain integers; every ratio is an exact Fraction. Source: domain handbook 4.7."""

from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """What becomes of the part below the unit (端数処理), one of the six kinds in use."""

    YEN_DOWN = "yen_down"  # 1円未満切捨
    YEN_UP = "yen_up"  # 1円未満切上
    YEN_HALF_UP = "yen_half_up"  # 1円未満四捨五入
    TEN_DOWN = "ten_down"  # 10円未満切捨
    TEN_UP = "ten_up"  # 10円未満切上
    TEN_HALF_UP = "ten_half_up"  # 10円未満四捨五入

    @property
    def unit(self) -> int:
        """The unit in yen: 1 or 10."""
        return 10 if self.value.startswith("ten") else 1


def percent(number: int) -> Fraction:
    """`number` hundredths: 20 is one fifth."""
    return Fraction(number, 100)


def wari(number: int) -> Fraction:
    """`number` tenths (割): 15割 is one and a half. Whether it multiplies or adds is for the rule to say."""
    return Fraction(number, 10)


def round_yen(amount: int | Fraction, rounding: Rounding) -> int:
    """`amount` in whole yen. A sum below zero (a reduction) is rounded like the same sum above it."""
    units = abs(Fraction(amount)) / rounding.unit
    whole = units.numerator // units.denominator
    rest = units - whole
    if rounding in {Rounding.YEN_UP, Rounding.TEN_UP}:
        whole += rest > 0
    elif rounding in {Rounding.YEN_HALF_UP, Rounding.TEN_HALF_UP}:
        whole += rest >= Fraction(1, 2)
    return (whole if amount >= 0 else -whole) * rounding.unit


def apply_ratio(amount: int, ratio: Fraction, rounding: Rounding) -> int:
    """`amount` yen times `ratio`, rounded once."""
    return round_yen(amount * ratio, rounding)


def tax_included(amount: int, rate: Fraction, rounding: Rounding = Rounding.YEN_DOWN) -> int:
    """The consumption tax in a tax-inclusive `amount` (内税): at `rate` 10 % one eleventh of it, in yen."""
    return round_yen(amount * rate / (1 + rate), rounding)


def format_yen(amount: int) -> str:
    """「1,234円」."""
    return f"{amount:,}円"
