"""A group's people as the rules see them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.roster import (
    OLDEST_BAND,
    Member,
    births_of,
    is_surely_one,
    may_be_one,
    person_key,
    repeated,
    summary_of,
)
from kernel.birthdays import age_on

DAY = dt.date(2026, 4, 1)
BIRTHS = st.none() | st.dates(dt.date(1920, 1, 1), dt.date(2020, 12, 31))
MEMBERS = st.builds(
    Member,
    key=st.sampled_from("アイウ"),
    residence=st.sampled_from(["resident", "worker", "student", "outside"]),
    birth_date=BIRTHS,
    age=st.none() | st.integers(0, 100),
    told_on=st.none() | st.just(DAY),
)


def test_a_person_is_the_same_in_any_kana_width_and_spacing() -> None:
    assert person_key("架空　太郎", "ｶｸｳ ﾀﾛｳ") == person_key("架空太郎", "かくう　たろう")


def test_without_kana_the_written_name_is_the_key() -> None:
    assert person_key("架空　太郎", "") == person_key("架空太郎", "") == "架空太郎"


@pytest.mark.parametrize(
    ("one", "other", "may", "surely"),
    [
        ({"birth_date": dt.date(1950, 5, 1)}, {"birth_date": dt.date(1950, 5, 1)}, True, True),
        ({"birth_date": dt.date(1950, 5, 1)}, {"birth_date": dt.date(1950, 5, 2)}, False, False),
        ({"birth_date": dt.date(1950, 5, 1)}, {"age": 75, "told_on": DAY}, True, True),
        ({"birth_date": dt.date(1950, 5, 1)}, {"age": 76, "told_on": DAY}, False, False),
        ({"age": 70, "told_on": dt.date(2020, 4, 1)}, {"age": 76, "told_on": DAY}, True, True),
        ({"age": 70, "told_on": dt.date(2020, 4, 1)}, {"age": 70, "told_on": DAY}, False, False),
        ({"birth_date": dt.date(1950, 5, 1)}, {}, True, False),
        ({"age": 70}, {"age": 40}, True, False),
    ],
)
def test_namesakes_are_one_unless_their_births_say_otherwise(
    one: dict[str, dt.date], other: dict[str, dt.date], may: bool, surely: bool
) -> None:
    a, b = Member("アイ", "resident", **one), Member("アイ", "outside", **other)  # type: ignore[arg-type]
    assert (may_be_one(a, b), is_surely_one(a, b)) == (may, surely)


@given(st.integers(0, 119), st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
def test_those_of_an_age_are_born_between_the_two_days_and_no_others(age: int, day: dt.date) -> None:
    first, last = births_of(age, day)
    one = dt.timedelta(days=1)
    ages = [age_on(day, born) for born in (first - one, first, last, last + one)]
    assert ages == [age + 1, age, age, age - 1]


@given(MEMBERS, MEMBERS)
def test_being_one_holds_both_ways_and_for_oneself(one: Member, other: Member) -> None:
    assert may_be_one(one, other) == may_be_one(other, one)
    assert is_surely_one(one, other) == is_surely_one(other, one)
    assert may_be_one(one, one)


def test_somebody_who_stands_twice_is_found_and_a_namesake_is_not() -> None:
    born = [dt.date(1950, 4, 1), dt.date(1951, 4, 1)]
    people = [Member("ア", "resident", born[0]), Member("イ", "resident"), Member("ア", "resident", born[1])]
    assert repeated(people) == {}
    assert repeated([*people, Member("ア", "outside"), Member("イ", "worker")]) == {3: 0, 4: 1}


def test_the_summary_counts_people_share_and_mean_age() -> None:
    people = [
        Member("ア", "resident", birth_date=dt.date(1950, 4, 1)),
        Member("イ", "worker", age=61),
        Member("ウ", "outside", age=65),
        Member("エ", "outside"),
    ]
    found = summary_of(people, DAY)
    assert (found.count, found.in_city, found.city_percent) == (4, 2, 50)
    assert (found.mean_age, found.without_age) == (67.3, 1)
    assert found.by_age_band == {60: 2, 70: 1}


def test_two_of_three_are_not_told_as_two_thirds() -> None:
    people = [Member("ア", "resident"), Member("イ", "resident"), Member("ウ", "outside")]
    assert summary_of(people, DAY).city_percent == 66


def test_nobody_has_no_mean_age() -> None:
    found = summary_of([], DAY)
    assert (found.count, found.city_percent, found.mean_age) == (0, 0, None)


@given(st.lists(MEMBERS))
def test_the_figures_add_up(people: list[Member]) -> None:
    found = summary_of(people, DAY)
    assert sum(found.by_residence.values()) == found.count == len(people)
    assert sum(found.by_age_band.values()) + found.without_age == found.count
    assert all(band <= OLDEST_BAND for band in found.by_age_band)
