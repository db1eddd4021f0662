"""Whether a table can be: what the settings page refuses before it holds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Final

from apps.bookings.errors import BadTableError, NoPriceError
from apps.bookings.rules.fees.base import pieces_of, price_of
from apps.bookings.rules.fees.tables import (
    Climate,
    Equipment,
    Reduction,
    Season,
    Surcharge,
    Tariff,
    TariffMode,
    When,
)
from apps.bookings.rules.fees.use import Facts, Use, UsedSlot

WEEKDAY: Final = dt.date(2026, 6, 3)
"""A Wednesday that is no holiday: a day to try a tariff on."""
MOST: Final = 100_000_000
"""No amount of an ordinance is as large, in yen."""


def check_tariff(tariff: Tariff, slots: Sequence[UsedSlot]) -> None:
    """Raise ``BadTableError`` unless every slot has a price, and more slots never cost less than some of them."""
    _check_amounts([tariff.least, tariff.hourly, tariff.middle, *(price.amount for price in tariff.prices)])
    if tariff.slots_per_unit < 1:
        raise BadTableError(reason="no_unit")
    for day in (WEEKDAY, *_days_of(price.season for price in tariff.prices)):
        for holiday in (False, True):
            for outside in (False, True):
                use = Use("", day, tuple(slots), Facts(outside=outside))
                _check_prices(tariff, use, holiday=holiday)


def _check_prices(tariff: Tariff, use: Use, *, holiday: bool) -> None:
    if tariff.mode is not TariffMode.SLOTS:
        if price_of(tariff, (), use, holiday=holiday) is None:
            raise BadTableError(reason="no_price_at_all")
        return
    costs = dict(_costs(tariff, use, holiday=holiday))
    for (start, end), cost in costs.items():
        shorter = (costs.get((start, end - 1), 0), costs.get((start + 1, end), 0))
        if cost < max(shorter):
            label = "・".join(slot.label for slot in use.slots[start:end])
            raise BadTableError(reason="cheaper_than_a_part", label=label)


def _costs(tariff: Tariff, use: Use, *, holiday: bool) -> Iterator[tuple[tuple[int, int], int]]:
    """What each run of slots costs, by its first index and the one after its last; short runs first."""
    count = len(use.slots)
    for start, end in sorted(combinations(range(count + 1), 2), key=lambda run: run[1] - run[0]):
        part = replace(use, slots=use.slots[start:end])
        try:
            yield (start, end), sum(piece[2].amount for piece in pieces_of(tariff, part, holiday=holiday))
        except NoPriceError:
            label = "・".join(slot.label for slot in part.slots)
            raise BadTableError(reason="no_price_for", label=label) from None


def check_surcharges(surcharges: Sequence[Surcharge]) -> None:
    """Raise ``BadTableError`` for a code twice, a surcharge that is always due, or one that takes everything away."""
    _check_codes(one.code for one in surcharges)
    for one in surcharges:
        if one.when == When(rooms=one.when.rooms):
            raise BadTableError(reason="always_due", label=one.label)
        if one.ratio < 0 or (one.mode == "multiply" and one.ratio == 0) or one.ratio > 100:
            raise BadTableError(reason="bad_ratio", label=one.label)


def check_climate(climate: Sequence[Climate]) -> None:
    """Raise ``BadTableError`` for a code twice, or for one that costs by both ratio and hour, or by neither."""
    _check_codes(one.code for one in climate)
    _check_amounts(one.hourly for one in climate)
    for one in climate:
        if bool(one.ratio) == bool(one.hourly) or not 0 <= one.ratio <= 100:
            raise BadTableError(reason="ratio_or_hour", label=one.label)


def check_equipment(equipment: Equipment) -> None:
    """Raise ``BadTableError`` for a code twice or an amount that cannot be."""
    _check_codes(one.code for one in equipment.items)
    _check_amounts([equipment.ceiling or 0, *(one.amount for one in equipment.items)])


def check_reductions(reductions: Sequence[Reduction]) -> None:
    """Raise ``BadTableError`` for a code twice, a part that is none, a ground without article or without effect."""
    _check_codes(one.code for one in reductions)
    for one in reductions:
        if not Fraction(0) < one.ratio <= 1:
            raise BadTableError(reason="bad_ratio", label=one.label)
        if not one.article.strip():
            raise BadTableError(reason="no_article", label=one.label)
        if not (one.room or one.equipment or one.climate):
            raise BadTableError(reason="no_scope", label=one.label)


def _check_codes(codes: Iterable[str]) -> None:
    twice = [code for code, count in Counter(codes).items() if count > 1 or not code]
    if twice:
        raise BadTableError(reason="code_twice", label=twice[0])


def _check_amounts(amounts: Iterable[int]) -> None:
    if any(not 0 <= amount <= MOST for amount in amounts):
        raise BadTableError(reason="bad_amount")


def _days_of(seasons: Iterable[Season | None]) -> set[dt.date]:
    """A day of each season."""
    return {dt.date.fromisoformat(f"2028-{season.first}") for season in seasons if season is not None}


def check_days(season: Season) -> None:
    """Raise ``BadTableError`` unless both ends are days of some year."""
    try:
        for end in (season.first, season.last):
            dt.date.fromisoformat(f"2028-{end}")
    except ValueError:
        raise BadTableError(reason="bad_season", label=f"{season.first}〜{season.last}") from None
