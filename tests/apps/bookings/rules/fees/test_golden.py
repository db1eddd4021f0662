"""Worked examples of the domain handbook, sections 4.7 and S26, S27."""

from __future__ import annotations

from fractions import Fraction

import pytest

from apps.bookings.rules.fees.compute import compute
from apps.bookings.rules.fees.lines import Column, Step
from apps.bookings.rules.fees.tables import (
    Extension,
    ExtensionRounding,
    Mode,
    Surcharge,
    Terms,
    When,
)
from apps.bookings.rules.fees.use import ClimateUse
from tests.apps.bookings.rules.fees.tables import (
    AFTERNOON,
    COMMERCIAL,
    HALF,
    HEATING,
    MORNING,
    OUTSIDE,
    TO_THE_YEN,
    tables,
    told,
    use,
)


def test_the_worked_example_ends_at_4000_yen() -> None:
    found = compute(
        tables(surcharges=(OUTSIDE,), climate=(HEATING,), reductions=(HALF,)),
        use(MORNING, AFTERNOON, outside=True, climate=(ClimateUse("heating"),), reduction="support"),
    )
    assert found.total == 4000
    assert [found.of(column) for column in Column] == [2500, 2500, -2500, 2500, 1500, 0, 4000]


def test_every_line_names_its_step_and_the_article_it_rests_on() -> None:
    found = compute(
        tables(surcharges=(OUTSIDE,), climate=(HEATING,), reductions=(HALF,)),
        use(outside=True, climate=(ClimateUse("heating"),), reduction="support"),
    )
    assert [(line.step, line.article) for line in found.lines] == [
        (Step.BASE, "別表第１"),
        (Step.SURCHARGE, "第８条"),
        (Step.REDUCTION, "第９条第２号"),
        (Step.CLIMATE, "別表備考３"),
    ]


@pytest.mark.parametrize(
    ("rounding", "minutes", "hours"),
    [
        (ExtensionRounding.HALF_HOUR, 29, 0),
        (ExtensionRounding.HALF_HOUR, 30, 1),
        (ExtensionRounding.HALF_HOUR, 60, 1),
        (ExtensionRounding.HALF_HOUR, 89, 1),
        (ExtensionRounding.HALF_HOUR, 90, 2),
        (ExtensionRounding.BEGUN_HOUR, 1, 1),
        (ExtensionRounding.BEGUN_HOUR, 60, 1),
        (ExtensionRounding.BEGUN_HOUR, 61, 2),
    ],
)
def test_an_hour_of_extension_costs_a_fifth_of_the_slot_before_by_either_custom(
    rounding: ExtensionRounding, minutes: int, hours: int
) -> None:
    terms = Terms(extension=Extension(Fraction(1, 5), rounding, "別表備考１"), rounding=TO_THE_YEN)
    found = compute(tables(terms=terms), use(MORNING, AFTERNOON, extension=minutes))
    assert found.total == 2500 + 300 * hours


def test_the_hours_between_two_slots_booked_together_are_free_and_told() -> None:
    assert told(compute(tables(), use(MORNING, AFTERNOON))) == [
        ("base_slot", 1000),
        ("base_slot", 1500),
        ("middle_free", 0),
    ]


@pytest.mark.parametrize(
    ("admission", "total"), [(0, 1000), (1, 1500), (999, 1500), (1000, 2000), (2999, 2000), (3000, 3000)]
)
def test_admission_multiplies_by_the_steps_of_its_amount(admission: int, total: int) -> None:
    steps = [(1, 1000, 15), (1000, 3000, 20), (3000, None, 30)]
    surcharges = tuple(
        Surcharge(f"admission_{first}", "入場料", "別表備考４", Mode.MULTIPLY, Fraction(ratio, 10), When(
            admission_from=first, admission_below=below
        ))
        for first, below, ratio in steps
    )  # fmt: skip
    assert compute(tables(surcharges=surcharges), use(admission=admission)).total == total


def test_a_tenfold_tenth_added_is_the_whole_again_and_fifteen_tenths_multiplied_are_one_and_a_half() -> None:
    adding = Surcharge("a", "営利", "", Mode.ADD, Fraction(1), When(commercial=True))
    multiplying = Surcharge("m", "営利", "", Mode.MULTIPLY, Fraction(3, 2), When(commercial=True))
    assert compute(tables(surcharges=(adding,)), use(commercial=True)).total == 2000
    assert compute(tables(surcharges=(multiplying,)), use(commercial=True)).total == 1500


def test_admission_and_trade_together_cost_thirty_tenths_more_in_place_of_ten_each() -> None:
    admission = Surcharge("admission", "入場料", "", Mode.ADD, Fraction(1), When(admission_from=1))
    both = Surcharge(
        "both", "入場料・営利", "", Mode.ADD, Fraction(3), When(commercial=True, admission_from=1),
        replaces=("admission", "commercial"),
    )  # fmt: skip
    found = tables(surcharges=(admission, COMMERCIAL, both))
    totals = [
        compute(found, use(admission=500)).total,
        compute(found, use(commercial=True)).total,
        compute(found, use(admission=500, commercial=True)).total,
    ]
    assert totals == [2000, 2000, 4000]
