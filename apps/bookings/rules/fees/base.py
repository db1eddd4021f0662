"""Steps 1 to 3: the room's own price, the hours between slots, and an extension."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from apps.bookings.errors import NoPriceError
from apps.bookings.rules.fees.lines import Column, Line, Step
from apps.bookings.rules.fees.tables import Days, Extension, ExtensionRounding, Price, Tables, Tariff, TariffMode, Who
from apps.bookings.rules.fees.use import MINUTES_OF_HOUR, Use, gaps, whole_hours
from kernel.businessdays import is_holiday
from kernel.yen import round_yen

Piece = tuple[int, int, Price]
"""A run of the booked slots, from one index to another (half-open), and the price that it has together."""


def base_lines(tables: Tables, use: Use) -> Iterator[Line]:
    """Everything that the room itself costs. ``NoPriceError`` where the tariff says nothing about a slot."""
    holiday = is_free_day(tables, use)
    found = list(_priced(tables.tariff, use, holiday=holiday))
    yield from found
    yield from _to_the_least(tables.tariff, sum(line.amount for line in found))
    yield from _between(tables, use)
    if tables.terms.extension and use.facts.extension:
        yield _extended(tables, tables.terms.extension, use, holiday=holiday)


def is_free_day(tables: Tables, use: Use) -> bool:
    """Whether the day counts as 土日祝: Sunday, a holiday, and Saturday where the terms say so."""
    first = 6 if tables.terms.saturday_is_holiday else 7
    return use.day.isoweekday() >= first or is_holiday(use.day)


def price_of(tariff: Tariff, slots: tuple[int, ...], use: Use, *, holiday: bool) -> Price | None:
    """The price of exactly these slots, the most specific that fits: season before day before who."""
    days = {Days.ANY, Days.HOLIDAY if holiday else Days.WEEKDAY}
    who = {Who.ANY, Who.OUTSIDE if use.facts.outside else Who.RESIDENT}
    fitting = (
        price
        for price in tariff.prices
        if price.slots == slots
        and price.days in days
        and price.who in who
        and (price.season is None or price.season.covers(use.day))
    )
    return max(fitting, key=_specific, default=None)


def pieces_of(tariff: Tariff, use: Use, *, holiday: bool) -> tuple[Piece, ...]:
    """The booked slots in as few pieces as have a price together (通し料金 before single ones), of these the cheapest.

    ``NoPriceError`` where there is no such way.
    """
    numbers = tuple(slot.number for slot in use.slots)
    best: list[tuple[int, int, tuple[Piece, ...]] | None] = [(0, 0, ())]
    for end in range(1, len(numbers) + 1):
        ways = []
        for start in range(end):
            before, price = best[start], price_of(tariff, numbers[start:end], use, holiday=holiday)
            if before is not None and price is not None:
                ways.append((before[0] + 1, before[1] + price.amount, (*before[2], (start, end, price))))
        best.append(min(ways, key=lambda way: way[:2], default=None))
    found = best[-1]
    if found is None or not numbers:
        raise NoPriceError
    return found[2]


def _specific(price: Price) -> tuple[bool, bool, bool]:
    return price.season is not None, price.days is not Days.ANY, price.who is not Who.ANY


def _priced(tariff: Tariff, use: Use, *, holiday: bool) -> Iterator[Line]:
    if tariff.mode is TariffMode.SLOTS:
        for start, end, price in pieces_of(tariff, use, holiday=holiday):
            yield _base("slot" if end - start == 1 else "through", price.amount, tariff, label=_named(use, start, end))
    else:
        amount = _single(tariff, use, holiday=holiday)
        if tariff.mode is TariffMode.FLAT:
            yield _base("flat", amount, tariff)
        else:
            units = -(-len(use.slots) // tariff.slots_per_unit)
            yield _base("units", amount * units, tariff, detail=str(units))
    if use.facts.extra_hours and tariff.hourly:
        hours = use.facts.extra_hours
        yield _base("hours", tariff.hourly * hours, tariff, detail=str(hours))


def _single(tariff: Tariff, use: Use, *, holiday: bool) -> int:
    price = price_of(tariff, (), use, holiday=holiday)
    if price is None:
        raise NoPriceError
    return price.amount


def _base(key: str, amount: int, tariff: Tariff, *, label: str = "", detail: str = "") -> Line:
    return Line(Step.BASE, Column.BASE, f"base_{key}", amount, tariff.article, label, detail)


def _named(use: Use, start: int, end: int) -> str:
    return "・".join(slot.label for slot in use.slots[start:end])


def _to_the_least(tariff: Tariff, amount: int) -> Iterable[Line]:
    return [_base("least", tariff.least - amount, tariff)] if amount < tariff.least else []


def _between(tables: Tables, use: Use) -> Iterator[Line]:
    tariff = tables.tariff
    for begin, end in gaps(use.slots):
        exact = Fraction(tariff.middle * (end - begin), MINUTES_OF_HOUR)
        amount = round_yen(exact, tables.terms.rounding.base)
        key = "middle" if amount else "middle_free"
        yield Line(Step.MIDDLE, Column.BASE, key, amount, tariff.article, detail=f"{_clock(begin)}〜{_clock(end)}")


def _extended(tables: Tables, extension: Extension, use: Use, *, holiday: bool) -> Line:
    hours = extension_hours(use.facts.extension, extension.rounding)
    price = _price_before_extension(tables.tariff, use, holiday=holiday)
    amount = round_yen(price * extension.ratio * hours, tables.terms.rounding.extension)
    return Line(Step.EXTENSION, Column.BASE, "extension", amount, extension.article, str(extension.ratio), str(hours))


def extension_hours(minutes: int, rounding: ExtensionRounding) -> int:
    """The hours that are charged of an extension by so many minutes."""
    if rounding is ExtensionRounding.BEGUN_HOUR:
        return whole_hours(minutes)
    hours, rest = divmod(minutes, MINUTES_OF_HOUR)
    return hours + (rest >= MINUTES_OF_HOUR // 2)


def _price_before_extension(tariff: Tariff, use: Use, *, holiday: bool) -> int:
    """What the last slot costs: by itself, or as the last piece where it has no price of its own."""
    if tariff.mode is not TariffMode.SLOTS:
        return _single(tariff, use, holiday=holiday)
    single = price_of(tariff, (use.slots[-1].number,), use, holiday=holiday)
    return single.amount if single else pieces_of(tariff, use, holiday=holiday)[-1][2].amount


def _clock(minutes: int) -> str:
    return f"{minutes // MINUTES_OF_HOUR}:{minutes % MINUTES_OF_HOUR:02d}"
