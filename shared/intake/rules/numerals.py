"""Kanji numerals (漢数字) in days and times: 昭和二十三年四月一日, 午前九時, 一九四八年."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = {
    "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壱": 1, "弐": 2, "参": 3,
}  # fmt: skip
UNITS: Final = (("千", 1000), ("百", 100), ("[十拾]", 10), ("", 1))
_NUMERAL: Final = "千百十拾" + "".join(DIGITS)
_RUN: Final = re.compile(rf"(?<![0-9{_NUMERAL}])[{_NUMERAL}]+(?![0-9{_NUMERAL}])")
_DIGIT: Final = "".join(char for char, value in DIGITS.items() if value)
_BY_UNITS: Final = re.compile("".join(rf"(?:([{_DIGIT}]?){unit})?" for unit, _ in UNITS[:-1]) + f"([{_DIGIT}]?)")


def in_figures(text: str) -> str:
    """``text`` with its kanji numerals as figures. What is no number (二三十, 2十), and a circle alone, stays."""
    return _RUN.sub(lambda run: _figures(run[0]), text)


def _figures(run: str) -> str:
    digits = [DIGITS.get(char) for char in run]
    if None not in digits:
        return "".join(map(str, digits)) if any(digits) or "零" in run else run
    parts = _BY_UNITS.fullmatch(run)
    if parts is None:
        return run
    values = (_times(part, unit) for part, (_, unit) in zip(parts.groups(), UNITS, strict=True))
    return str(sum(values))


def _times(part: str | None, unit: int) -> int:
    """三 hundreds; one of them where only 百 stands; none where nothing does."""
    if part:
        return DIGITS[part] * unit
    return unit if part == "" and unit > 1 else 0
