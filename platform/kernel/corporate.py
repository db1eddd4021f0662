"""法人番号: thirteen digits, of which the first is computed from the other twelve.

Source: 法人番号の指定等に関する省令 第2条 (法人番号の指定等に関する財務省令).
"""

from __future__ import annotations

from typing import Final

DIGITS: Final = 13


def check_digit(basic: str) -> int:
    """The first digit for the twelve others: 9 less the weighted sum modulo 9; weights 1, 2, 1 … from behind."""
    weighted = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(basic)))
    return 9 - weighted % 9


def is_corporate_number(text: str) -> bool:
    """Whether ``text`` is thirteen ASCII digits of which the first fits the others."""
    is_digits = len(text) == DIGITS and text.isascii() and text.isdecimal()
    return is_digits and int(text[0]) == check_digit(text[1:])
