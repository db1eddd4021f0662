"""Who came, and how many (利用実績; rules, section 9): what may be entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apps.bookings.use_errors import (
    AbsentWithPeopleError,
    CountersInPastError,
    CountersTwiceError,
    NobodyCameError,
    TooManyPeopleError,
    UnknownCounterError,
    UseNotYetError,
)

CAME: Final = "came"
ABSENT: Final = "absent"
WHOLE: Final = "all"
"""Code of the one category of a facility that parts its people by none."""
MOST: Final = 99_999
"""Persons of one category in one entry."""


@dataclass(frozen=True, slots=True)
class Category:
    """One headcount category (人数の区分)."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A use as it is kept: ``counts`` holds the categories with anybody in them, ``headcount`` is their sum."""

    outcome: str
    headcount: int
    counts: Mapping[str, int]


def check_use(outcome: str, typed: Mapping[str, int | None], categories: Sequence[Category]) -> Entered:
    """What was typed of one booking; None is an empty field.

    Raises ``UnknownCounterError``, ``TooManyPeopleError``, ``AbsentWithPeopleError`` or ``NobodyCameError``.
    """
    counts = counted(typed, categories)
    headcount = sum(counts.values())
    if outcome == ABSENT and headcount:
        raise AbsentWithPeopleError
    if outcome == CAME and not headcount:
        raise NobodyCameError
    return Entered(outcome, headcount, counts)


def counted(typed: Mapping[str, int | None], categories: Sequence[Category]) -> dict[str, int]:
    """The categories with anybody in them. ``UnknownCounterError`` or ``TooManyPeopleError``."""
    if not set(typed) <= {one.code for one in categories}:
        raise UnknownCounterError
    if any(number is not None and not 0 <= number <= MOST for number in typed.values()):
        raise TooManyPeopleError(limit=MOST)
    return {one.code: number for one in categories if (number := typed.get(one.code))}


def check_day(day: dt.date, today: dt.date) -> None:
    """A use is entered on its day or later; ``UseNotYetError``."""
    if day > today:
        raise UseNotYetError


def check_categories(valid_from: dt.date, names: Sequence[str], *, today: dt.date) -> None:
    """New categories hold from today or later and differ; ``CountersInPastError`` or ``CountersTwiceError``."""
    if valid_from < today:
        raise CountersInPastError(field="valid_from")
    if len(set(names)) != len(names):
        raise CountersTwiceError


def coded(names: Sequence[tuple[str, str]], known: Mapping[str, str]) -> list[Category]:
    """Categories of ``names`` (Japanese, English): one that was there keeps its code, so that years compare.

    ``known`` is name -> code of all categories that the facility ever had.
    """
    taken = set(known.values())
    found: list[Category] = []
    for name, name_en in names:
        code = known.get(name) or next(free for n in range(1, 1000) if (free := f"c{n}") not in taken)
        taken.add(code)
        found.append(Category(code, name, name_en))
    return found
