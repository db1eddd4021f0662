"""Japanese telephone numbers: kept as digits, shown with hyphens. Source: domain handbook 11."""

import re

from kernel.area_codes import area_code_length
from kernel.errors import CodedError
from kernel.width import bare

_JAPAN = re.compile(r"\A\+810?")
_ELEVEN_DIGITS = "0[256789]0"  # mobile, IP and 0800: never 10 digits
_NUMBER = re.compile(rf"{_ELEVEN_DIGITS}[0-9]{{8}}|(?!{_ELEVEN_DIGITS})0[1-9][0-9]{{8}}")
_THREE_DIGIT_ENDING = ("0120", "0570", "0990")


class PhoneError(CodedError):
    """Codes: `unreadable` (not digits), `no_such_number` (digits that no Japanese number can be)."""


def digits(text: str) -> str:
    """The digits of a whole or partial number, in any width; hyphens, spaces and parentheses go, +81 becomes 0.

    PhoneError `unreadable` if anything else is in it or nothing is left.
    """
    number = _JAPAN.sub("0", bare(text, also="()"))
    if not re.fullmatch("[0-9]+", number):
        raise PhoneError("unreadable")
    return number


def is_phone(text: str) -> bool:
    """Whether `text` can be a Japanese number: 0 and 9 more digits, or 10 more for mobile, IP and 0800 numbers."""
    try:
        return _NUMBER.fullmatch(digits(text)) is not None
    except PhoneError:
        return False


def format_phone(text: str) -> str:
    """「0476-42-5111」, 「090-0000-0000」 from any form that `digits` reads. Raises PhoneError."""
    number = digits(text)
    if not _NUMBER.fullmatch(number):
        raise PhoneError("no_such_number")
    area, local = _cuts(number)
    return "-".join((number[:area], number[area:local], number[local:]))


def _cuts(number: str) -> tuple[int, int]:
    if number.startswith("0800"):
        return 4, 7
    if len(number) == 11:
        return 3, 7
    if number.startswith(_THREE_DIGIT_ENDING):
        return 4, 7
    return area_code_length(number), 6
