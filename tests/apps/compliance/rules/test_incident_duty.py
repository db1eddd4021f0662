"""The duty to report: thresholds of the city and of a private operator, grounds, exemption."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.rules.incident_duty import Facts, Ground, city_duty, operator_duty

FLAGS = st.fixed_dictionaries(
    {name: st.booleans() for name in ("sensitive", "property", "unlawful", "ordinance", "is_protected")}
)
PERSONS = st.none() | st.integers(0, 5000)


@pytest.mark.parametrize(
    ("persons", "city", "operator"),
    [
        (0, False, False),
        (1, False, False),
        (100, False, False),
        (101, True, False),
        (1000, True, False),
        (1001, True, True),
        (None, True, True),
    ],
)
def test_the_number_of_persons_counts_beyond_100_for_the_city_and_beyond_1000_for_an_operator(
    persons: int | None, city: bool, operator: bool
) -> None:
    facts = Facts(persons=persons)
    assert (Ground.MANY in city_duty(facts).grounds) is city
    assert (Ground.MANY in operator_duty(facts, has_told_the_city=False).grounds) is operator


@pytest.mark.parametrize(
    ("name", "ground"),
    [("sensitive", Ground.SENSITIVE), ("property", Ground.PROPERTY), ("unlawful", Ground.UNLAWFUL)],
)
def test_one_person_is_enough_for_the_first_three_grounds(name: str, ground: Ground) -> None:
    facts = replace(Facts(persons=1), **{name: True})
    assert city_duty(facts).grounds == (ground,)
    assert operator_duty(facts, has_told_the_city=False).grounds == (ground,)


def test_what_the_ordinance_adds_binds_the_city_alone() -> None:
    facts = Facts(persons=1, ordinance=True)
    assert city_duty(facts).grounds == (Ground.ORDINANCE,)
    assert operator_duty(facts, has_told_the_city=False).grounds == ()


def test_an_operator_that_told_the_city_need_not_report_itself() -> None:
    duty = operator_duty(Facts(persons=1001), has_told_the_city=True)
    assert (duty.is_owed, duty.is_exempt, duty.grounds) == (False, True, (Ground.MANY,))
    assert not operator_duty(Facts(persons=1), has_told_the_city=True).is_exempt


def test_what_is_well_encrypted_gives_no_duty() -> None:
    assert not city_duty(Facts(persons=None, sensitive=True, unlawful=True, is_protected=True)).is_owed


@given(FLAGS, st.integers(0, 5000), st.integers(0, 5000))
def test_more_persons_never_remove_a_duty(flags: dict[str, bool], fewer: int, further: int) -> None:
    less, more = Facts(persons=fewer, **flags), Facts(persons=fewer + further, **flags)
    assert set(city_duty(less).grounds) <= set(city_duty(more).grounds)
    assert set(operator_duty(less, has_told_the_city=False).grounds) <= set(
        operator_duty(more, has_told_the_city=False).grounds
    )


@given(FLAGS, PERSONS)
def test_an_operators_ground_is_always_the_citys_too(flags: dict[str, bool], persons: int | None) -> None:
    facts = Facts(persons=persons, **flags)
    assert set(operator_duty(facts, has_told_the_city=False).grounds) <= set(city_duty(facts).grounds)


@given(FLAGS, PERSONS, st.sampled_from(["sensitive", "property", "unlawful", "ordinance"]))
def test_a_further_fear_never_removes_a_duty(flags: dict[str, bool], persons: int | None, name: str) -> None:
    facts = Facts(persons=persons, **flags)
    assert set(city_duty(facts).grounds) <= set(city_duty(replace(facts, **{name: True})).grounds)
