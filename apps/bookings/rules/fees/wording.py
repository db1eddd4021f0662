"""Ratios as ordinances word them: 倍, 割, 分の."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from apps.bookings.rules.fees.lines import Line

OF_A_RATIO: Final = frozenset(
    {"surcharge_multiply", "surcharge_add", "climate_ratio", "extension", "reduced_reduction", "exempted_reduction"}
)
"""The keys of lines whose ``detail`` is a ratio."""


def ratio_word(line: Line) -> str:
    """The ratio of a line in words, empty where it has none: 2倍, ５割加算, 免除."""
    if line.key not in OF_A_RATIO or line.key == "extension":
        return ""
    ratio = Fraction(line.detail)
    if line.key == "exempted_reduction":
        return "免除"
    return {"surcharge_multiply": times(ratio), "surcharge_add": f"{tenths(ratio)}加算"}.get(line.key, tenths(ratio))


def times(ratio: Fraction) -> str:
    """2倍, 1.5倍, 4/3倍."""
    return f"{decimal(ratio)}倍"


def tenths(ratio: Fraction) -> str:
    """5割, 3分の2; a ratio that is no whole number of tenths or hundredths stays a fraction."""
    if (ratio * 10).denominator == 1:
        return f"{(ratio * 10).numerator}割"
    if (ratio * 100).denominator == 1:
        return f"{(ratio * 100).numerator}％"
    return f"{ratio.denominator}分の{ratio.numerator}"


def decimal(ratio: Fraction) -> str:
    """1.5 where that says it exactly in two places, else 4/3."""
    hundredths = ratio * 100
    if hundredths.denominator != 1:
        return str(ratio)
    whole, rest = divmod(hundredths.numerator, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def ratio_of(text: str) -> Fraction:
    """The ratio that is written: 1.5, 3/2, 150%, 15割, 1.5倍. Raises ValueError for anything else."""
    bare = text.strip().translate(str.maketrans("０１２３４５６７８９．／％", "0123456789./%"))
    for ending, part in (("%", 100), ("割", 10), ("倍", 1)):
        if bare.endswith(ending):
            return Fraction(bare.removesuffix(ending)) / part
    try:
        return Fraction(bare)
    except ZeroDivisionError:
        raise ValueError("no ratio") from None
