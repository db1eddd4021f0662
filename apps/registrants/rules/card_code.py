"""What a card's QR code holds and what a scan or a clerk's typing gives back: number and branch, nothing else.

``RA-000123-0-2``: the number as printed, then the branch (枝番). Read in any width, with or without hyphens: a keyboard
reader that drops them, or types in full width, is understood too. The check digit tells a slip from a stranger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.registrants.rules.numbering import SENIOR_MARK, WIDTH
from kernel.numbers import NumberError, Series
from kernel.width import bare

LIMIT: Final = 100
"""Characters that are read of what was scanned."""
MOST_BRANCHES: Final = 999
_CODE: Final = re.compile(rf"([A-Z]{{1,6}})([0-9]{{{WIDTH + 1}}})([0-9]{{0,3}})")


class CodeProblem(StrEnum):
    """Why a scan is no number."""

    UNREADABLE = "unreadable"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class CardCode:
    """A number that passes its check digit. ``branch`` is None where only the number was typed."""

    prefix: str
    number: str
    branch: int | None

    @property
    def is_senior(self) -> bool:
        """Whether it is the number of a 登録証."""
        return self.prefix.startswith(SENIOR_MARK)

    def is_of(self, tenant_prefix: str) -> bool:
        """Whether the tenant with ``tenant_prefix`` gave it."""
        return self.prefix in {tenant_prefix, SENIOR_MARK + tenant_prefix}


def code_of(number: str, branch: int) -> str:
    """What the QR code of a print holds."""
    return f"{number}-{branch}"


def read_code(text: str) -> CardCode | CodeProblem:
    """The number that ``text`` is, of whatever tenant."""
    match = _CODE.fullmatch(bare(text[:LIMIT]).upper())
    if match is None:
        return CodeProblem.UNREADABLE
    prefix, digits, branch = match.groups()
    series = Series(prefix, WIDTH)
    try:
        number = series.make(series.read(prefix + digits))
    except NumberError as error:
        return CodeProblem.MISTYPED if error.code == "mistyped" else CodeProblem.UNREADABLE
    return CardCode(prefix, number, int(branch) if branch else None)
