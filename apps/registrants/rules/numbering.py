"""The two series of numbers (Q4): 登録番号, which a group's 利用者カード bears too, and the 登録証's own."""

from __future__ import annotations

import unicodedata
from typing import Final

from apps.registrants.search_errors import MistypedNumberError, UnreadableNumberError
from kernel.numbers import NumberError, Series

WIDTH: Final = 6
NUMBER_LIMIT: Final = 20
"""Characters of any 登録番号 that is kept."""
SENIOR_MARK: Final = "R"
"""Begins every number of a 登録証. No tenant's own prefix begins with it, so the series never meet."""


def registration_series(prefix: str) -> Series:
    """登録番号 of the tenant with ``prefix``: A-000123-0."""
    return Series(prefix, WIDTH)


def senior_series(prefix: str) -> Series:
    """Numbers of the 登録証 that the tenant with ``prefix`` issues: RA-000123-0."""
    return Series(SENIOR_MARK + prefix, WIDTH)


def read_number(text: str, prefix: str) -> str:
    """A typed 登録番号 as it is printed, in any width and case; a number from before the series as it was typed.

    ``MistypedNumberError`` where the check digit is wrong, ``UnreadableNumberError`` for an empty or endless text.
    """
    typed = unicodedata.normalize("NFKC", text).strip().upper()
    if not typed or len(typed) > NUMBER_LIMIT:
        raise UnreadableNumberError(field="number")
    series = registration_series(prefix)
    try:
        return series.make(series.read(typed))
    except NumberError as error:
        if error.code == "mistyped":
            raise MistypedNumberError(field="number") from None
        return typed
