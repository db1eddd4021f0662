"""Steps 4 to 6: surcharges, heating and cooling, equipment."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from apps.bookings.rules.fees.base import is_free_day
from apps.bookings.rules.fees.lines import Column, Line, Step
from apps.bookings.rules.fees.tables import (
    Basis,
    Climate,
    Equipment,
    EquipmentPrice,
    EquipmentUnit,
    Mode,
    Surcharge,
    Tables,
    When,
)
from apps.bookings.rules.fees.use import EquipmentUse, Use, whole_hours
from kernel.yen import round_yen


def surcharge_lines(tables: Tables, use: Use, amount: int) -> Iterator[Line]:
    """The surcharges on ``amount``. What is added is a ratio of it; what multiplies, multiplies all before it.

    The sum after each surcharge is exact until it is rounded, so their order changes no yen of the total.
    """
    exact, told = Fraction(amount), amount
    due = due_surcharges(tables, use)
    for surcharge in sorted(due, key=lambda one: one.mode is Mode.ADD):
        if surcharge.mode is Mode.MULTIPLY:
            exact *= surcharge.ratio
        else:
            exact += amount * surcharge.ratio
        reached = round_yen(exact, tables.terms.rounding.surcharge)
        key = f"surcharge_{surcharge.mode}"
        yield Line(
            Step.SURCHARGE,
            Column.SURCHARGE,
            key,
            reached - told,
            surcharge.article,
            surcharge.label,
            str(surcharge.ratio),
        )
        told = reached


def due_surcharges(tables: Tables, use: Use) -> list[Surcharge]:
    """The surcharges whose conditions hold, without those that another one replaces."""
    holiday = is_free_day(tables, use)
    holding = [one for one in tables.surcharges if _holds(one.when, use, holiday=holiday)]
    replaced = {code for one in holding for code in one.replaces}
    return [one for one in holding if one.code not in replaced]


def _holds(when: When, use: Use, *, holiday: bool) -> bool:
    facts = use.facts
    asked = (
        (when.holiday, holiday),
        (when.outside, facts.outside),
        (when.commercial, facts.commercial),
        (when.preparation, facts.preparation),
        (when.extended, bool(facts.extension or facts.extra_hours)),
        (bool(when.rooms), use.room in when.rooms),
        (when.admission_from is not None, facts.admission >= (when.admission_from or 0)),
        (when.admission_below is not None, facts.admission < (when.admission_below or 0)),
        (when.admission_from is not None or when.admission_below is not None, facts.admission > 0),
    )
    return all(is_so for is_asked, is_so in asked if is_asked)


def climate_lines(tables: Tables, use: Use, *, base: int, room: int) -> Iterator[Line]:
    """Heating and cooling: what was asked for and is offered on the day, and what its season brings by itself."""
    wished = {one.code: one.minutes for one in use.facts.climate}
    for climate in offered_climate(tables, use):
        if not climate.automatic and climate.code not in wished:
            continue
        minutes = wished.get(climate.code)
        hours = use.hours if minutes is None else whole_hours(minutes)
        yield _climate(tables, climate, hours=hours, of=base if climate.basis is Basis.BASE else room)


def offered_climate(tables: Tables, use: Use) -> list[Climate]:
    """What can be asked for, or is charged, in this room on this day."""
    return [
        one
        for one in tables.climate
        if (one.season is None or one.season.covers(use.day)) and (not one.rooms or use.room in one.rooms)
    ]


def _climate(tables: Tables, climate: Climate, *, hours: int, of: int) -> Line:
    amount = round_yen(of * climate.ratio + climate.hourly * hours, tables.terms.rounding.climate)
    key, detail = ("climate_hourly", str(hours)) if climate.hourly else ("climate_ratio", str(climate.ratio))
    return Line(Step.CLIMATE, Column.CLIMATE, key, amount, climate.article, climate.label, detail)


def equipment_lines(equipment: Equipment, use: Use) -> Iterator[Line]:
    """Each item that is reserved and has a price, then what is above the ceiling taken off."""
    known = {item.code: item for item in equipment.items}
    total = 0
    for used in use.facts.equipment:
        if used.quantity == 0 or used.code not in known:
            continue
        line = _item(known[used.code], used, use)
        total += line.amount
        yield line
    most = None if equipment.ceiling is None else equipment.ceiling * len(use.slots)
    if most is not None and total > most:
        article = equipment.ceiling_article
        yield Line(Step.EQUIPMENT, Column.EQUIPMENT, "equipment_ceiling", most - total, article, detail=str(most))


def _item(item: EquipmentPrice, used: EquipmentUse, use: Use) -> Line:
    times = {EquipmentUnit.SLOT: len(use.slots), EquipmentUnit.HOUR: use.hours}.get(item.unit, 1)
    amount = item.amount * used.quantity * times
    factors = [f"{item.amount:,}", f"{used.quantity}", *([] if times == 1 else [f"{times}"])]
    detail = "×".join(factors)
    return Line(Step.EQUIPMENT, Column.EQUIPMENT, "equipment_each", amount, item.article, item.label, detail)
