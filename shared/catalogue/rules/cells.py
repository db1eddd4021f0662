"""From a cell's text to a value: one function a kind of column. Each raises ``UnfitError``."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import urlsplit

from kernel.phone import is_phone
from shared.catalogue.rules.problems import UnfitError

KEPT_CONTROLS: Final = "\n\t"
COMPATIBILITY: Final = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
LATITUDES: Final = (Decimal(20), Decimal(46))
"""Degrees north between which Japan lies."""
LONGITUDES: Final = (Decimal(122), Decimal(154))
DEGREE_PLACES: Final = Decimal("0.000001")
TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
SEVERAL_PHONES: Final = re.compile(r"[/、,;]")
CODE_WEIGHTS: Final = (6, 5, 4, 3, 2)


def text(cell: str, longest: int) -> str:
    """Trimmed text of at most ``longest`` code points, with line ends as ``\\n``; names are never folded (NFKC).

    Raises for characters that cannot be shown: control characters, 外字 without a common code point, broken ones.
    """
    cleaned = cell.strip()
    for char in cleaned:
        _check(char)
    if not COMPATIBILITY.search(cleaned):  # NFC would turn these kanji into other ones
        cleaned = unicodedata.normalize("NFC", cleaned)
    if len(cleaned) > longest:
        raise UnfitError("too_long", longest=longest, length=len(cleaned))
    return cleaned


def code(cell: str, longest: int) -> str:
    """Text in half width, for codes and numbers."""
    return text(unicodedata.normalize("NFKC", cell), longest)


def municipality_code(cell: str) -> str:
    """全国地方公共団体コード: six digits, the last of them a check digit."""
    digits = code(cell, 20)
    if not digits:
        raise UnfitError("empty")
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise UnfitError("code_not_six_digits")
    if check_digit_of_municipality(digits[:5]) != digits[5]:
        raise UnfitError("code_mistyped")
    return digits


def check_digit_of_municipality(digits: str) -> str:
    """The sixth digit of 全国地方公共団体コード: modulus 11, weights 6 to 2 (総務省)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, CODE_WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def corporate_number(cell: str) -> str:
    """法人番号: thirteen digits, the first of them a check digit; empty if the cell is."""
    digits = code(cell, 40).replace("-", "")
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise UnfitError("corporate_number_not_thirteen_digits")
    if check_digit_of_corporation(digits[1:]) != digits[0]:
        raise UnfitError("corporate_number_mistyped")
    return digits


def check_digit_of_corporation(digits: str) -> str:
    """The first digit of 法人番号: modulus 9 over the other twelve, weights 1 and 2 from the right.

    Source: 法人番号の指定等に関する省令, article 2.
    """
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return str(9 - total % 9)


def latitude(cell: str) -> Decimal | None:
    """Degrees north with six decimals, within Japan; None if the cell is empty."""
    return _degrees(cell, LATITUDES, LONGITUDES)


def longitude(cell: str) -> Decimal | None:
    """Degrees east with six decimals, within Japan; None if the cell is empty."""
    return _degrees(cell, LONGITUDES, LATITUDES)


def phone(cell: str, longest: int) -> str:
    """One number or several, each with the digits of a Japanese one; kept as it is written, in half width."""
    written = code(cell, longest)
    for one in SEVERAL_PHONES.split(written) if written else []:
        if not is_phone(one):
            raise UnfitError("no_phone")
    return written


def opening(cell: str) -> dt.time | None:
    """A time of day from 0:00 to 23:59; None if the cell is empty."""
    return _time(cell, last_hour=23)


def closing(cell: str) -> dt.time | None:
    """A time of day; 24:00 is kept as 0:00, the midnight after the day. None if the cell is empty."""
    return _time(cell, last_hour=24)


def url(cell: str, longest: int) -> str:
    """An address on the web (http or https); empty if the cell is."""
    address = text(cell, longest)
    if address and not _is_web_address(address):
        raise UnfitError("no_url")
    return address


def words(cell: str, longest: int) -> tuple[str, ...]:
    """The parts of a cell that ``;`` separates, each at most ``longest`` long, without empty or repeated ones."""
    parts = (text(part, longest) for part in cell.replace("；", ";").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _check(char: str) -> None:
    category = unicodedata.category(char)
    if category == "Co":
        raise UnfitError("private_character")
    if char == "\ufffd" or (category in {"Cc", "Cs"} and char not in KEPT_CONTROLS):
        raise UnfitError("broken_character")


def _degrees(cell: str, bounds: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> Decimal | None:
    written = code(cell, 40)
    if not written:
        return None
    try:
        degrees = Decimal(written)
    except InvalidOperation:
        raise UnfitError("no_degrees") from None
    if not degrees.is_finite():
        raise UnfitError("no_degrees")
    if not bounds[0] <= degrees <= bounds[1]:
        swapped = other[0] <= degrees <= other[1]
        raise UnfitError("degrees_swapped" if swapped else "degrees_outside", low=bounds[0], high=bounds[1])
    return degrees.quantize(DEGREE_PLACES)


def _time(cell: str, *, last_hour: int) -> dt.time | None:
    written = code(cell, 20)
    if not written:
        return None
    match = TIME.fullmatch(written)
    if match is None:
        raise UnfitError("no_time")
    hour, minute = int(match[1]), int(match[2])
    if hour > last_hour or minute > 59 or (hour == 24 and minute):
        raise UnfitError("no_time")
    return dt.time(hour % 24, minute)


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and not re.search(r"[\s<>\"]", address)
