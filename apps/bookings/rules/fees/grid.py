"""A tariff as a grid: rows of slots booked together, columns of day and who; a blank cell follows another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from apps.bookings.errors import BadTableError
from apps.bookings.rules.fees.tables import Days, Price, Season, Who

Run = tuple[int, ...]
Cells = tuple[int | None, int | None, int | None, int | None]
COLUMNS: Final = (
    (Days.WEEKDAY, Who.RESIDENT),
    (Days.WEEKDAY, Who.OUTSIDE),
    (Days.HOLIDAY, Who.RESIDENT),
    (Days.HOLIDAY, Who.OUTSIDE),
)
"""平日・市内, 平日・市外, 土日祝・市内, 土日祝・市外."""
MOST_SLOTS_WITH_RUNS: Final = 6
"""With more slots a day, a price together is offered for the whole day only."""


def runs_of(numbers: Sequence[int]) -> list[Run]:
    """The rows of a grid: each slot, then what can be booked together (通し), shorter first."""
    count = len(numbers)
    singles: list[Run] = [(number,) for number in numbers]
    if count < 2:
        return singles
    if count > MOST_SLOTS_WITH_RUNS:
        return [*singles, tuple(numbers)]
    together = [
        tuple(numbers[start : start + size]) for size in range(2, count + 1) for start in range(count - size + 1)
    ]
    return [*singles, *together]


def prices_from(grid: Mapping[Run, Cells], season: Season | None = None) -> tuple[Price, ...]:
    """The prices that a grid says, of a season or of the whole year, as few as say it.

    ``BadTableError`` for a row whose first cell alone is blank.

    市外 follows 市内, 土日祝 follows 平日, and 土日祝・市外 follows 土日祝・市内 before 平日・市外.
    """
    return tuple(replace(price, season=season) for run, cells in grid.items() for price in _row(run, cells))


def cells_of(prices: Sequence[Price], run: Run, season: Season | None = None) -> Cells:
    """The row of a grid for ``run`` by the prices of ``season``, or of the whole year; all blank where none is."""
    found = []
    for days, who in COLUMNS:
        fitting = [
            price
            for price in prices
            if price.slots == run
            and price.season == season
            and price.days in {days, Days.ANY}
            and price.who in {who, Who.ANY}
        ]
        best = max(fitting, key=lambda one: (one.days is not Days.ANY, one.who is not Who.ANY), default=None)
        found.append(None if best is None else best.amount)
    return found[0], found[1], found[2], found[3]


def as_few(cells: Cells) -> Cells:
    """The same row with blanks where a cell follows another one."""
    first, outside, holiday, both = cells
    followed = holiday if holiday != first else outside
    return (
        first,
        None if outside == first else outside,
        None if holiday == first else holiday,
        None if both == followed else both,
    )


def _row(run: Run, cells: Cells) -> Iterator[Price]:
    if all(cell is None for cell in cells):
        return
    first, outside, holiday, both = cells
    if first is None:
        raise BadTableError(reason="first_cell")
    outside = first if outside is None else outside
    both = next(cell for cell in (both, holiday, outside) if cell is not None)
    holiday = first if holiday is None else holiday
    yield Price(first, run)
    if outside != first:
        yield Price(outside, run, who=Who.OUTSIDE)
    if (holiday, both) != (first, outside):
        if holiday == both:
            yield Price(holiday, run, days=Days.HOLIDAY)
        else:
            yield Price(holiday, run, days=Days.HOLIDAY, who=Who.RESIDENT)
            yield Price(both, run, days=Days.HOLIDAY, who=Who.OUTSIDE)
