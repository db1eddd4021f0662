"""What a clerk typed into the one search box: a number, a card, a birth date, a phone, kana or a written name."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.registrants.rules.card_code import CardCode, CodeProblem, read_code
from apps.registrants.rules.numbering import SENIOR_MARK
from apps.registrants.search_errors import MistypedNumberError
from kernel import phone
from kernel.kana import is_kana, search_key
from kernel.numbers import check_digit
from kernel.wareki import WarekiError, parse_date
from kernel.width import bare, visible

LIMIT: Final = 100
"""Characters that are read of what was typed."""
FEWEST_DIGITS: Final = 4
"""From so many figures on, what begins with them is searched."""
LONGEST_OLD: Final = 40
"""Characters of a number of the system before."""
_DIGITS: Final = re.compile(r"[0-9]+")


class SearchKind(StrEnum):
    """How a search text is understood; also what the audit says of it."""

    NUMBER = "number"  # 登録番号
    CARD = "card"  # カードの番号、または読み取ったカード
    BIRTH = "birth"  # 生年月日
    DIGITS = "digits"  # 電話番号、または登録番号の数字
    KANA = "kana"  # フリガナの先頭
    NAME = "name"  # 団体名・氏名


@dataclass(frozen=True, slots=True)
class SearchText:
    """The text in the form in which it is compared: a key for kana and numbers, else as written.

    ``born`` is the birth date that it may be, ``card`` the number of the card, ``old`` the number in the system before.
    """

    kind: SearchKind
    key: str
    born: dt.date | None = None
    card: str = ""
    old: str = ""
    written: str = ""
    """As it was typed, for names."""


def read_search(text: str, *, prefix: str) -> SearchText | None:
    """How ``text`` is understood, in any width and with or without hyphens; None when nothing remains of it.

    ``prefix`` begins the tenant's registration numbers: other letters before figures are a name.
    """
    shown = visible(text)[:LIMIT].strip()
    if not shown:
        return None
    kind, key = _kind_and_key(shown, prefix)
    code = read_code(shown)
    card = code.number if isinstance(code, CardCode) and code.is_of(prefix) else ""
    return SearchText(kind, key, _born(shown), card, _old_number(shown), shown)


def check_typed(text: str, *, prefix: str) -> None:
    """``MistypedNumberError`` for a number of the tenant's own two series whose check digit is wrong.

    For a text that nothing was found by: a number of the system before may look the same.
    """
    code = bare(text[:LIMIT]).upper()
    ours = code.removeprefix(SENIOR_MARK).removeprefix(prefix)
    if _DIGITS.fullmatch(ours) and ours != code and read_code(text) is CodeProblem.MISTYPED:
        raise MistypedNumberError(field="q")


def _kind_and_key(shown: str, prefix: str) -> tuple[SearchKind, str]:
    code = bare(shown).upper()
    if code.startswith(prefix) and _DIGITS.fullmatch(code.removeprefix(prefix)):
        return SearchKind.NUMBER, code
    if isinstance(read_code(shown), CardCode):
        return SearchKind.CARD, code
    if _born(shown):
        return SearchKind.BIRTH, _figures(shown)
    if figures := _figures(shown):
        return SearchKind.DIGITS, figures
    return (SearchKind.KANA, search_key(shown)) if is_kana(shown) else (SearchKind.NAME, shown)


def _born(shown: str) -> dt.date | None:
    try:
        return parse_date(shown)
    except WarekiError:
        return None


def _old_number(shown: str) -> str:
    """A code without spaces, as it may stand in the system before; empty for what is surely none."""
    return shown if len(shown) <= LONGEST_OLD and any(char.isdigit() for char in shown) and " " not in shown else ""


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


def printed_beginning(prefix: str, code: str) -> str:
    """How a registration number begins that is typed as ``code``: A00012 is A-00012, A0000125 is A-000012-5."""
    digits = code.removeprefix(prefix)
    return f"{prefix}-{digits[:6]}" + (f"-{digits[6:]}" if len(digits) > 6 else "")


def _printed(prefix: str, sequence: str) -> str:
    return f"{prefix}-{sequence}-{check_digit(sequence)}"
