"""The fee of a use: the steps of the ordinance in their fixed order (domain handbook 4.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from apps.bookings.errors import UnknownReductionError
from apps.bookings.rules.fees.additions import climate_lines, equipment_lines, surcharge_lines
from apps.bookings.rules.fees.base import base_lines
from apps.bookings.rules.fees.lines import Breakdown, Column, Line, Step
from apps.bookings.rules.fees.tables import Reduction, Tables
from apps.bookings.rules.fees.use import Use
from kernel.yen import round_yen, tax_included


def compute(tables: Tables, use: Use) -> Breakdown:
    """The fee with its lines.

    Raises ``NoPriceError`` where the tariff has no price for a slot, ``UnknownReductionError`` for a code that the
    tables of the day do not know.
    """
    granted = granted_reduction(tables, use.facts.reduction)
    base = list(base_lines(tables, use))
    basic = _sum(base)
    room = list(_room(tables, use, granted, basic))
    gross = basic + _sum(surcharge_lines(tables, use, basic))
    climate = list(climate_lines(tables, use, base=basic, room=gross))
    equipment = list(equipment_lines(tables.equipment, use))
    lines = [*base, *room, *climate, *equipment]
    if granted is not None:
        lines += _reduced(tables, granted, Column.CLIMATE, _sum(climate), reduces=granted.climate)
        lines += _reduced(tables, granted, Column.EQUIPMENT, _sum(equipment), reduces=granted.equipment)
    lines += _rounded(tables, _sum(lines))
    tax = tables.terms.tax
    return Breakdown(tuple(lines), tax, tax_included(_sum(lines), tax))


def granted_reduction(tables: Tables, code: str) -> Reduction | None:
    """The ground with that code, None for no code; ``UnknownReductionError`` for any other."""
    if not code:
        return None
    found = next((one for one in tables.reductions if one.code == code), None)
    if found is None:
        raise UnknownReductionError(field="reduction")
    return found


def _room(tables: Tables, use: Use, granted: Reduction | None, basic: int) -> Iterator[Line]:
    """Surcharges and the reduction of the room's fee, in the order that the terms set."""
    if granted is None or not granted.room:
        yield from surcharge_lines(tables, use, basic)
    elif tables.terms.reduction_first:
        first = list(_reduced(tables, granted, Column.REDUCTION, basic))
        yield from first
        yield from surcharge_lines(tables, use, basic + _sum(first))
    else:
        surcharges = list(surcharge_lines(tables, use, basic))
        yield from surcharges
        yield from _reduced(tables, granted, Column.REDUCTION, basic + _sum(surcharges))


def _reduced(
    tables: Tables, granted: Reduction, column: Column, amount: int, *, reduces: bool = True
) -> Iterator[Line]:
    """What the reduction takes off ``amount``. The rest is rounded, and is never more than there was."""
    if not reduces or not amount:
        return
    rest = min(amount, round_yen(amount * (1 - granted.ratio), tables.terms.rounding.reduction))
    key = "exempted" if granted.ratio == 1 else "reduced"
    detail = str(granted.ratio)
    yield Line(Step.REDUCTION, column, f"{key}_{column}", rest - amount, granted.article, granted.label, detail)


def _rounded(tables: Tables, amount: int) -> Iterator[Line]:
    rest = round_yen(Fraction(amount), tables.terms.rounding.total) - amount
    if rest:
        rule = tables.terms.rounding.total
        yield Line(Step.ROUNDING, Column.TOTAL, "rounding", rest, tables.terms.rounding_article, detail=rule)


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.amount for line in lines)
