"""What a clerk typed into the one search box: a number, a phone, kana or a written name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kernel import phone
from kernel.kana import is_kana, search_key
from kernel.numbers import check_digit
from kernel.width import bare, visible

LIMIT: Final = 100
"""Characters that are read of what was typed."""
FEWEST_DIGITS: Final = 4
"""From so many figures on, what begins with them is searched."""
_DIGITS: Final = re.compile(r"[0-9]+")


class SearchKind(StrEnum):
    """How a search text is understood; also what the audit says of it."""

    NUMBER = "number"  # 登録番号
    DIGITS = "digits"  # 電話番号、または登録番号の数字
    KANA = "kana"  # フリガナの先頭
    NAME = "name"  # 団体名・氏名


@dataclass(frozen=True, slots=True)
class SearchText:
    """The text in the form in which it is compared: a key for kana and numbers, else as written."""

    kind: SearchKind
    key: str


def read_search(text: str, *, prefix: str) -> SearchText | None:
    """How ``text`` is understood, in any width and with or without hyphens; None when nothing remains of it.

    ``prefix`` begins the tenant's registration numbers: other letters before figures are a name.
    """
    shown = visible(text)[:LIMIT].strip()
    code = bare(shown).upper()
    if code.startswith(prefix) and _DIGITS.fullmatch(code.removeprefix(prefix)):
        return SearchText(SearchKind.NUMBER, code)
    if figures := _figures(shown):
        return SearchText(SearchKind.DIGITS, figures)
    if is_kana(shown):
        return SearchText(SearchKind.KANA, search_key(shown))
    return SearchText(SearchKind.NAME, shown) if shown else None


def _figures(text: str) -> str:
    """The figures of a whole or partial phone or number; empty when anything else is in it."""
    try:
        return phone.digits(text)
    except phone.PhoneError:
        return ""


def printed_numbers(prefix: str, code: str) -> list[str]:
    """The registration numbers of the series ``prefix`` that ``code`` may mean, as they are printed (A-000123-0).

    ``code`` are digits with or without the prefix: the sequence alone, or the sequence with its check digit.
    """
    digits = code.removeprefix(prefix)
    if not _DIGITS.fullmatch(digits):
        return []
    sequence = digits.lstrip("0")
    alone = [_printed(prefix, f"{sequence:0>6}")] if sequence and len(digits) <= 6 else []
    whole = digits[:-1]
    checked = [_printed(prefix, whole)] if len(digits) == 7 and check_digit(whole) == digits[-1] else []
    return alone + checked


def _printed(prefix: str, sequence: str) -> str:
    return f"{prefix}-{sequence}-{check_digit(sequence)}"
