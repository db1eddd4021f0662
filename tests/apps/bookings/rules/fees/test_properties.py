"""What holds of every fee, whatever the tables say."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from apps.bookings.errors import BadTableError
from apps.bookings.rules.fees.checks import check_tariff
from apps.bookings.rules.fees.codec import as_content, decode, encode, from_content
from apps.bookings.rules.fees.compute import compute
from apps.bookings.rules.fees.lines import Column
from apps.bookings.rules.fees.tables import (
    Basis,
    Climate,
    Days,
    Equipment,
    EquipmentPrice,
    EquipmentUnit,
    Extension,
    ExtensionRounding,
    Mode,
    Price,
    Reduction,
    RoundingRules,
    Season,
    Surcharge,
    TableKind,
    Tables,
    Tariff,
    TariffMode,
    Terms,
    When,
    Who,
)
from apps.bookings.rules.fees.use import ClimateUse, EquipmentUse, Facts, Use
from kernel.yen import Rounding
from tests.apps.bookings.rules.fees.tables import DAY, SUNDAY, WEDNESDAY

RUNS = [(1,), (2,), (3,), (1, 2), (2, 3), (1, 2, 3)]
amounts = st.integers(0, 99_999)
factors = st.fractions(Fraction(1, 10), 4, max_denominator=20)
roundings = st.builds(RoundingRules, *[st.sampled_from(Rounding)] * 7)
whens = st.builds(
    When,
    holiday=st.booleans(),
    outside=st.booleans(),
    commercial=st.booleans(),
    preparation=st.booleans(),
    extended=st.booleans(),
    admission_from=st.none() | st.integers(1, 3000),
    admission_below=st.none() | st.integers(1, 5000),
)
surcharges = st.lists(
    st.builds(Surcharge, st.just(""), st.just("割増"), st.just("第８条"), st.sampled_from(Mode), factors, whens),
    max_size=4,
).map(lambda found: tuple(replace(one, code=f"s{number}") for number, one in enumerate(found)))
climates = st.lists(
    st.one_of(
        st.builds(Climate, st.just("c"), st.just("暖房"), st.just("備考"), ratio=factors, basis=st.sampled_from(Basis)),
        st.builds(Climate, st.just("c"), st.just("冷房"), st.just("備考"), hourly=amounts, automatic=st.booleans()),
    ),
    max_size=1,
).map(tuple)
equipment = st.builds(
    Equipment,
    st.tuples(
        st.builds(
            EquipmentPrice, st.just("e"), st.just("マイク"), st.just("別表"), amounts, st.sampled_from(EquipmentUnit)
        )
    ),
    st.none() | amounts,
)
reductions = st.tuples(
    st.builds(
        Reduction,
        st.just("r"),
        st.just("後援"),
        st.just("第９条"),
        st.fractions(Fraction(1, 20), 1, max_denominator=20),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    )
)
terms = st.builds(
    Terms,
    extension=st.none() | st.builds(Extension, st.just(Fraction(1, 5)), st.sampled_from(ExtensionRounding)),
    reduction_first=st.booleans(),
    rounding=roundings,
)
singles = st.tuples(*[st.builds(Price, amounts, st.just(run)) for run in RUNS[:3]])
throughs = st.lists(
    st.builds(
        Price,
        amounts,
        st.sampled_from(RUNS),
        st.sampled_from(Days),
        st.sampled_from(Who),
        st.none() | st.just(Season("12-01", "03-31")),
    ),
    max_size=5,
).map(tuple)
tariffs = st.one_of(
    st.builds(Tariff, st.just(TariffMode.FLAT), st.tuples(st.builds(Price, amounts)), least=amounts),
    st.builds(
        Tariff, st.just(TariffMode.UNITS), st.tuples(st.builds(Price, amounts)), slots_per_unit=st.integers(1, 3)
    ),
    st.builds(
        Tariff,
        st.just(TariffMode.SLOTS),
        st.builds(lambda one, more: one + more, singles, throughs),
        least=amounts,
        hourly=amounts,
        middle=amounts,
    ),
)
all_tables = st.builds(Tables, tariffs, surcharges, climates, equipment, reductions, terms)
facts = st.builds(
    Facts,
    outside=st.booleans(),
    admission=st.integers(0, 5000),
    commercial=st.booleans(),
    preparation=st.booleans(),
    extension=st.integers(0, 200),
    extra_hours=st.integers(0, 3),
    climate=st.just(()) | st.tuples(st.builds(ClimateUse, st.just("c"), st.none() | st.integers(0, 500))),
    equipment=st.just(()) | st.tuples(st.builds(EquipmentUse, st.just("e"), st.integers(0, 5))),
    reduction=st.sampled_from(["", "r"]),
)
uses = st.builds(
    lambda day, run, said: Use("hall", day, tuple(DAY[number - 1] for number in run), said),
    st.sampled_from([WEDNESDAY, SUNDAY]),
    st.sampled_from(RUNS),
    facts,
)


@given(all_tables, uses)
def test_the_lines_and_the_columns_add_up_to_the_total_which_is_never_below_nothing(found: Tables, use: Use) -> None:
    fee = compute(found, use)
    assert fee.total == sum(line.amount for line in fee.lines) >= 0
    rounding = fee.lines[-1].amount if fee.lines[-1].key == "rounding" else 0
    columns = fee.of(Column.SUBTOTAL) + fee.of(Column.CLIMATE) + fee.of(Column.EQUIPMENT)
    assert columns + rounding == fee.total
    assert 0 <= fee.tax <= fee.total


@given(all_tables, uses)
def test_a_reduction_never_raises_a_fee(found: Tables, use: Use) -> None:
    whole = replace(use, facts=replace(use.facts, reduction=""))
    assert compute(found, replace(use, facts=replace(use.facts, reduction="r"))).total <= compute(found, whole).total


@given(all_tables, uses, st.randoms())
def test_the_order_in_which_surcharges_stand_changes_no_yen(found: Tables, use: Use, random: object) -> None:
    mixed = list(found.surcharges)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis's own Random
    assert compute(replace(found, surcharges=tuple(mixed)), use).total == compute(found, use).total


@given(all_tables, uses)
def test_reducing_before_or_after_the_surcharge_differs_by_the_rounding_alone(found: Tables, use: Use) -> None:
    both = [replace(found, terms=replace(found.terms, reduction_first=first)) for first in (False, True)]
    after, before = (compute(one, use).total for one in both)
    assert abs(after - before) <= rounded_away(found)


@given(all_tables, uses, st.randoms())
def test_no_order_of_the_rules_changes_a_total_by_more_than_its_rounding(
    found: Tables, use: Use, random: object
) -> None:
    other = replace(found, terms=replace(found.terms, reduction_first=not found.terms.reduction_first))
    for kind in ("surcharges", "climate", "reductions"):
        other = replace(other, **{kind: mixed(getattr(other, kind), random)})  # type: ignore[arg-type]  # each its own
    items = mixed(other.equipment.items, random)
    other = replace(other, equipment=replace(other.equipment, items=items))
    assert abs(compute(other, use).total - compute(found, use).total) <= rounded_away(found)


def mixed(rows: tuple[Any, ...], random: Any) -> tuple[Any, ...]:
    """The rows in another order."""
    found = list(rows)
    random.shuffle(found)
    return tuple(found)


def rounded_away(found: Tables) -> int:
    """What rounding may come to: ten yen at the rest, multiplied by every factor after it, and ten a step beside."""
    most = 10
    for one in found.surcharges:
        most = most * (1 + int(one.ratio) + 1)
    return most + 30


@given(all_tables, uses)
def test_more_slots_never_cost_less(found: Tables, use: Use) -> None:
    try:
        check_tariff(found.tariff, DAY)
    except BadTableError:
        assume(False)
    fewer = [replace(use, slots=use.slots[:-1]), replace(use, slots=use.slots[1:])] if len(use.slots) > 1 else []
    plain = replace(found, terms=replace(found.terms, extension=None))
    assert all(compute(plain, one).total <= compute(plain, use).total for one in fewer)


@given(all_tables, uses)
def test_tables_and_facts_come_back_from_json_as_they_went(found: Tables, use: Use) -> None:
    assert decode(Facts, encode(use.facts)) == use.facts
    for kind in TableKind:
        table = getattr(found, kind.value)
        assert from_content(kind, as_content(table)) == table
