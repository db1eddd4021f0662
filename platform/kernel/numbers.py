"""Printed number series with a check digit (利用者番号, 登録番号). Source: domain handbook 2.3."""

import re
from dataclasses import dataclass

from kernel.errors import CodedError
from kernel.width import bare

_PREFIX = re.compile("[A-Z]{1,6}")
_TYPED = re.compile("([A-Z]+)([0-9]+)")


class NumberError(CodedError):
    """Codes: `unreadable`, `mistyped` (the check digit is wrong), `other_series`, `out_of_range` (on making)."""


@dataclass(frozen=True, slots=True)
class Series:
    """One series: numbers 1 to 10**width - 1 behind `prefix` (1 to 6 capital letters), printed `A-000123-0`.

    The check digit is modulus 10 weight 2-1 with the digits of each product added (Luhn; モジュラス10
    ウェイト2-1 分割). It finds every wrong digit, and every two neighbours swapped but 09 with 90.
    """

    prefix: str
    width: int

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix) or self.width < 1:
            raise ValueError("a series has a prefix of 1 to 6 capital letters and at least one digit")

    def make(self, sequence: int) -> str:
        """The printable number. NumberError `out_of_range` below 1 or beyond the width."""
        if not 1 <= sequence < 10**self.width:
            raise NumberError("out_of_range")
        digits = f"{sequence:0{self.width}}"
        return f"{self.prefix}-{digits}-{check_digit(digits)}"

    def read(self, text: str) -> int:
        """The sequence of a typed or scanned number, in any width, with or without hyphens and spaces.

        Raises NumberError.
        """
        match = _TYPED.fullmatch(bare(text).upper())
        if match is None:
            raise NumberError("unreadable")
        prefix, digits = match.groups()
        if prefix != self.prefix:
            raise NumberError("other_series")
        return self._sequence(digits)

    def _sequence(self, digits: str) -> int:
        if len(digits) != self.width + 1 or int(digits) == 0:
            raise NumberError("unreadable")
        if check_digit(digits[:-1]) != digits[-1]:
            raise NumberError("mistyped")
        return int(digits[:-1])


def check_digit(digits: str) -> str:
    """The digit that follows `digits` (ASCII) under modulus 10 weight 2-1, the last of them weighing 2."""
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    total = sum(sum(divmod(product, 10)) for product in products)
    return str(-total % 10)
