"""Each step of a fee by itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from apps.bookings.errors import NoPriceError, UnknownReductionError
from apps.bookings.rules.fees.compute import compute
from apps.bookings.rules.fees.lines import Column
from apps.bookings.rules.fees.tables import (
    Basis,
    Climate,
    Days,
    Equipment,
    EquipmentPrice,
    EquipmentUnit,
    Mode,
    Price,
    Reduction,
    RoundingRules,
    Season,
    Surcharge,
    Tariff,
    TariffMode,
    Terms,
    When,
    Who,
)
from apps.bookings.rules.fees.use import ClimateUse, EquipmentUse
from kernel.yen import Rounding
from tests.apps.bookings.rules.fees.tables import (
    AFTERNOON,
    COMMERCIAL,
    DAY,
    EVENING,
    HALF,
    HEATING,
    HOLIDAY,
    MORNING,
    OUTSIDE,
    PRICES,
    SUNDAY,
    TARIFF,
    tables,
    told,
    use,
)


def total(used: Any, **values: Any) -> int:
    return compute(tables(**values), used).total


def test_a_flat_price_is_for_the_day_whatever_its_slots() -> None:
    tariff = Tariff(TariffMode.FLAT, (Price(3000),))
    assert total(use(), tariff=tariff) == total(use(*DAY), tariff=tariff) == 3000


@pytest.mark.parametrize(("count", "amount"), [(1, 400), (2, 400), (3, 800)])
def test_a_begun_unit_of_slots_counts_whole(count: int, amount: int) -> None:
    tariff = Tariff(TariffMode.UNITS, (Price(400),), slots_per_unit=2)
    assert total(use(*DAY[:count]), tariff=tariff) == amount


def test_slots_booked_together_cost_their_price_together() -> None:
    tariff = Tariff(TariffMode.SLOTS, (*PRICES, Price(2300, (1, 2)), Price(4000, (1, 2, 3))))
    wanted = [(DAY[:2], 2300), (DAY, 4000), (DAY[1:], 3500)]
    assert [total(use(*slots), tariff=tariff) for slots, _ in wanted] == [amount for _, amount in wanted]


def test_the_most_specific_price_holds() -> None:
    prices = (
        Price(1000, (1,)),
        Price(1200, (1,), days=Days.HOLIDAY),
        Price(1800, (1,), days=Days.HOLIDAY, who=Who.OUTSIDE),
        Price(900, (1,), season=Season("12-01", "02-28")),
    )
    tariff = Tariff(TariffMode.SLOTS, prices)
    june = SUNDAY.replace(month=6, day=6)
    assert total(use(day=SUNDAY), tariff=tariff) == 900
    assert total(use(day=june), tariff=tariff) == 1200
    assert total(use(day=june, outside=True), tariff=tariff) == 1800


def test_a_saturday_is_a_holiday_where_the_terms_say_so() -> None:
    saturday = SUNDAY.replace(day=16)
    working = Terms(saturday_is_holiday=False)
    assert total(use(day=saturday), surcharges=(HOLIDAY,)) == 1200
    assert total(use(day=saturday), surcharges=(HOLIDAY,), terms=working) == 1000


def test_a_use_costs_at_least_the_least() -> None:
    tariff = Tariff(TariffMode.SLOTS, PRICES, least=1300)
    found = compute(tables(tariff=tariff), use())
    assert told(found) == [("base_slot", 1000), ("base_least", 300)]


def test_hours_outside_the_slots_have_their_own_price() -> None:
    assert total(use(extra_hours=2), tariff=Tariff(TariffMode.SLOTS, PRICES, hourly=500)) == 2000


def test_the_hours_between_slots_cost_where_the_tariff_says_so() -> None:
    tariff = Tariff(TariffMode.SLOTS, PRICES, middle=300)
    assert told(compute(tables(tariff=tariff), use(MORNING, AFTERNOON)))[-1] == ("middle", 300)


def test_a_slot_without_a_price_is_no_free_slot() -> None:
    with pytest.raises(NoPriceError):
        total(use(EVENING), tariff=Tariff(TariffMode.SLOTS, PRICES[:2]))


def test_factors_multiply_one_another_and_additions_are_of_the_base() -> None:
    assert total(use(outside=True, day=SUNDAY, commercial=True), surcharges=(OUTSIDE, COMMERCIAL, HOLIDAY)) == 3400


def test_preparation_costs_a_part() -> None:
    preparing = Surcharge("preparation", "準備", "", Mode.MULTIPLY, Fraction(1, 2), When(preparation=True))
    assert total(use(preparation=True), surcharges=(preparing,)) == 500


def test_a_surcharge_may_hold_in_some_rooms_only() -> None:
    elsewhere = Surcharge("c", "営利", "", Mode.ADD, Fraction(1), When(commercial=True, rooms=("studio",)))
    assert total(use(commercial=True), surcharges=(elsewhere,)) == 1000


@pytest.mark.parametrize(("basis", "amount"), [(Basis.BASE, 300), (Basis.ROOM, 600)])
def test_heating_is_a_part_of_the_basic_or_of_the_whole_rent(basis: Basis, amount: int) -> None:
    heating = Climate("h", "暖房", "", ratio=Fraction(3, 10), basis=basis)
    found = compute(
        tables(climate=(heating,), surcharges=(OUTSIDE,)), use(outside=True, climate=(ClimateUse("h"),))
    )  # fmt: skip
    assert found.of(Column.CLIMATE) == amount


def test_heating_is_charged_in_its_season_only() -> None:
    june = SUNDAY.replace(month=6, day=2)
    wished = (ClimateUse("heating"),)
    assert total(use(climate=wished), climate=(HEATING,)) == 1300
    assert total(use(climate=wished, day=june), climate=(HEATING,)) == 1000


def test_cooling_by_the_hour_is_settled_by_the_real_hours() -> None:
    cooling = Climate("cooling", "冷房", "", hourly=200)
    assert total(use(climate=(ClimateUse("cooling"),)), climate=(cooling,)) == 1600
    assert total(use(climate=(ClimateUse("cooling", 61),)), climate=(cooling,)) == 1400
    assert total(use(climate=(ClimateUse("cooling", 0),)), climate=(cooling,)) == 1000


def test_what_its_season_brings_by_itself_is_not_asked_for() -> None:
    always = Climate("h", "暖房", "", ratio=Fraction(1, 5), automatic=True, season=Season("11-01", "03-31"))
    assert total(use(), climate=(always,)) == 1200


@pytest.mark.parametrize(
    ("unit", "amount"),
    [(EquipmentUnit.SLOT, 400), (EquipmentUnit.HOUR, 1600), (EquipmentUnit.DAY, 200), (EquipmentUnit.TIME, 200)],
)
def test_equipment_costs_by_its_unit(unit: EquipmentUnit, amount: int) -> None:
    found = Equipment((EquipmentPrice("mic", "マイク", "", 100, unit),))
    used = use(MORNING, AFTERNOON, equipment=(EquipmentUse("mic", 2),))
    assert compute(tables(equipment=found), used).of(Column.EQUIPMENT) == amount


def test_all_equipment_of_a_slot_together_costs_no_more_than_its_ceiling() -> None:
    found = Equipment((EquipmentPrice("piano", "ピアノ", "", 3000),), ceiling=2000)
    used = use(MORNING, AFTERNOON, equipment=(EquipmentUse("piano", 1),))
    assert told(compute(tables(equipment=found), used))[-2:] == [("equipment_each", 6000), ("equipment_ceiling", -2000)]


def test_a_reduction_reaches_what_its_flags_say() -> None:
    everything = Reduction("all", "市主催", "第９条第１号", Fraction(1), room=True, equipment=True, climate=True)
    values = {
        "climate": (HEATING,),
        "equipment": Equipment((EquipmentPrice("mic", "マイク", "", 100),)),
        "reductions": (HALF, everything),
    }
    facts: dict[str, Any] = {"climate": (ClimateUse("heating"),), "equipment": (EquipmentUse("mic", 1),)}
    assert total(use(**facts), **values) == 1400
    assert total(use(**facts, reduction="support"), **values) == 900
    assert total(use(**facts, reduction="all"), **values) == 0


def test_the_rest_is_rounded_before_or_after_the_surcharge_as_the_terms_say() -> None:
    third = Reduction("third", "後援", "第９条", Fraction(1, 3))
    rounding = RoundingRules(reduction=Rounding.TEN_DOWN, total=Rounding.YEN_DOWN)
    values = {"reductions": (third,), "surcharges": (OUTSIDE,)}
    used = use(outside=True, reduction="third")
    assert total(used, terms=Terms(rounding=rounding), **values) == 1330
    assert total(used, terms=Terms(rounding=rounding, reduction_first=True), **values) == 1320


@pytest.mark.parametrize(
    ("rounding", "amount"),
    [
        (Rounding.YEN_DOWN, 1225),
        (Rounding.YEN_UP, 1226),
        (Rounding.YEN_HALF_UP, 1226),
        (Rounding.TEN_DOWN, 1220),
        (Rounding.TEN_UP, 1230),
        (Rounding.TEN_HALF_UP, 1230),
    ],
)
def test_each_step_rounds_by_its_own_custom(rounding: Rounding, amount: int) -> None:
    tariff = Tariff(TariffMode.SLOTS, (Price(1021, (1,)),))
    factor = Surcharge("o", "市外", "", Mode.MULTIPLY, Fraction(12005, 10000), When(outside=True))
    terms = Terms(rounding=RoundingRules(surcharge=rounding, total=Rounding.YEN_DOWN))
    assert total(use(outside=True), tariff=tariff, surcharges=(factor,), terms=terms) == amount


def test_the_tax_is_in_the_total() -> None:
    found = compute(tables(terms=Terms(tax=Fraction(1, 10))), use(MORNING, AFTERNOON))
    assert (found.total, found.tax) == (2500, 227)


def test_a_ground_that_the_tables_do_not_know_is_refused() -> None:
    with pytest.raises(UnknownReductionError):
        compute(tables(), use(reduction="nobody"))


def test_an_item_without_a_price_costs_nothing() -> None:
    assert compute(tables(), use(equipment=(EquipmentUse("free", 2),))).of(Column.EQUIPMENT) == 0


def test_the_tariff_of_the_tests_is_told_slot_by_slot() -> None:
    assert [price.slots for price in TARIFF.prices] == [(1,), (2,), (3,)]
