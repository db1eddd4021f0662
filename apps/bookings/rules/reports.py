"""Parting the uses of some days by two of their sides (クロス集計; rules, section 9)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from apps.bookings.rules.attendance import CAME

APRIL: Final = 4


@dataclass(frozen=True, slots=True)
class Use:
    """A permitted use with what reports part by, without its person. Texts are those of the screen."""

    day: dt.date
    facility: str
    room: str
    slots: tuple[str, ...]
    purpose: str
    kind: str
    """個人 or 団体."""
    channel: str
    outcome: str
    people: int
    fee: int = 0
    """使用料 in yen."""
    reduced: int = 0
    """減免額 in yen."""


@dataclass(frozen=True, slots=True)
class Money:
    """A facility's month in yen: 使用料 and 減免額 of the uses in it, 還付額 that was handed out or offset in it."""

    fee: int = 0
    reduced: int = 0
    returned: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(self.fee + other.fee, self.reduced + other.reduced, self.returned + other.returned)


SIDES: Final[Mapping[str, Callable[[Use], tuple[str, ...]]]] = {
    "room": lambda use: (use.room,),
    "slot": lambda use: use.slots,
    "weekday": lambda use: (str(use.day.isoweekday()),),
    "month": lambda use: (f"{use.day:%Y-%m}",),
    "purpose": lambda use: (use.purpose,),
    "kind": lambda use: (use.kind,),
    "channel": lambda use: (use.channel,),
}
"""What uses are parted by. A use of several slots counts in each of them."""
MEASURES: Final[Mapping[str, Callable[[Use], int]]] = {
    "uses": lambda use: 1,
    "slots": lambda use: len(use.slots),
    "people": lambda use: use.people if use.outcome == CAME else 0,
    "fee": lambda use: use.fee,
    "reduced": lambda use: use.reduced,
}
"""What is counted: 件数, コマ数, 人数, 使用料, 減免額."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """The table: ``cells`` holds what is not zero. The sums count a use once, so they may be less than their line."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]
    of_rows: Mapping[str, int]
    of_columns: Mapping[str, int]
    total: int


def pivot(uses: Iterable[Use], *, down: str, across: str, measure: str) -> Pivot:
    """``uses`` parted by the sides ``down`` and ``across``; ``KeyError`` for a side or measure that there is not.

    Where slots are a side, each slot of a use counts as one of コマ数, and the whole use elsewhere.
    """
    rows_of, columns_of, worth = SIDES[down], SIDES[across], MEASURES[measure]
    cells: Counter[tuple[str, str]] = Counter()
    of_rows: Counter[str] = Counter()
    of_columns: Counter[str] = Counter()
    total = 0
    for use in uses:
        value = worth(use)
        by_slot = measure == "slots" and "slot" in (down, across)
        total += value
        for row in rows_of(use):
            of_rows[row] += 1 if by_slot and down == "slot" else value
            for column in columns_of(use):
                cells[row, column] += 1 if by_slot else value
        for column in columns_of(use):
            of_columns[column] += 1 if by_slot and across == "slot" else value
    return Pivot(tuple(sorted(of_rows)), tuple(sorted(of_columns)), cells, of_rows, of_columns, total)


def months_of_year(year: int) -> tuple[dt.date, ...]:
    """The first days of the twelve months of 年度 ``year``."""
    return tuple(dt.date(year + month // 13, (month - 1) % 12 + 1, 1) for month in range(APRIL, APRIL + 12))


def change(now: int, before: int) -> int | None:
    """前年同月比 in whole percent, half up; None of nothing."""
    return (now * 200 + before) // (2 * before) if before else None
