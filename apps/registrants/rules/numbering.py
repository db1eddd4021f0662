"""The two series of numbers (Q4): 登録番号, which a group's 利用者カード bears too, and the 登録証's own."""

from __future__ import annotations

from typing import Final

from kernel.numbers import Series

WIDTH: Final = 6
SENIOR_MARK: Final = "R"
"""Begins every number of a 登録証. No tenant's own prefix begins with it, so the series never meet."""


def registration_series(prefix: str) -> Series:
    """登録番号 of the tenant with ``prefix``: A-000123-0."""
    return Series(prefix, WIDTH)


def senior_series(prefix: str) -> Series:
    """Numbers of the 登録証 that the tenant with ``prefix`` issues: RA-000123-0."""
    return Series(SENIOR_MARK + prefix, WIDTH)
