"""What an ordinance asks of a group: each rule that is not met is named with its figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.policy import DEFAULT, Policy
from apps.registrants.rules.requirements import CODES, Finding, Group, unmet
from apps.registrants.rules.roster import Member

DAY = dt.date(2026, 4, 1)
REPRESENTATIVE = Member("ダイヒヨ", "")
FIVE_OF_16 = Policy(least_members=5, least_member_age=16, least_city_percent=100)
"""5名以上、16歳以上、全員が市内在住・在勤・在学."""
TEN_WITH_MAJORITY = Policy(least_members=10, least_city_percent=50, exceeds_city_percent=True)
"""10名以上、過半数が市内在住・在勤・在学."""
TWO_WITH_ADULT = Policy(least_members=2, least_representative_age=18)
"""2人以上、代表者は18歳以上."""
FIFTEEN_WITHOUT_PUPILS = Policy(excludes_pupils=True, consent_of_members=True)
"""15歳以上（中学生を除く）, 18歳未満は保護者の同意."""
NO_THREE_OF_FIVE = Policy(barring_shared_members=3)
"""登録者5名のうち3名以上が同一の団体が既にあれば不可."""
TWO_GROUPS_A_PERSON = Policy(most_groups_a_person=2)
"""1人は2団体まで."""


def group(*residences: str, age: int | None = 40, lecturer: str = "", elsewhere: tuple[int, ...] = ()) -> Group:
    """A group whose first member is the representative, all of one age."""
    keys = [REPRESENTATIVE.key, *(f"カイイン{number}" for number in range(1, len(residences)))]
    members = tuple(Member(key, residence, age=age) for key, residence in zip(keys, residences, strict=True))
    return Group(REPRESENTATIVE, members, lecturer, groups_elsewhere=elsewhere)


def found(group: Group, policy: Policy) -> list[tuple[str, dict[str, int]]]:
    return [(one.code, dict(one.figures)) for one in unmet(group, policy, DAY)]


@pytest.mark.parametrize(
    ("policy", "one", "findings"),
    [
        (DEFAULT, group("outside", age=None), []),
        (FIVE_OF_16, group("resident", "resident", "worker", "student", "resident"), []),
        (FIVE_OF_16, group(*["resident"] * 4), [("too_few_members", {"count": 4, "least": 5})]),
        (
            FIVE_OF_16,
            group(*["resident"] * 4, "outside"),
            [("too_few_of_the_city", {"count": 4, "of": 5, "least": 100})],
        ),
        (FIVE_OF_16, group(*["resident"] * 5, age=16), []),
        (FIVE_OF_16, group(*["resident"] * 5, age=15), [("members_too_young", {"count": 5, "least": 16})]),
        (FIVE_OF_16, group(*["resident"] * 5, age=None), [("member_ages_unknown", {"count": 5, "least": 16})]),
        (TEN_WITH_MAJORITY, group(*["resident"] * 6, *["outside"] * 4), []),
        (
            TEN_WITH_MAJORITY,
            group(*["resident"] * 5, *["outside"] * 5),
            [("share_not_exceeded", {"count": 5, "of": 10, "least": 50, "needed": 6})],
        ),
        (
            TEN_WITH_MAJORITY,
            group(*["resident"] * 4, *["outside"] * 5),
            [
                ("too_few_members", {"count": 9, "least": 10}),
                ("share_not_exceeded", {"count": 4, "of": 9, "least": 50, "needed": 5}),
            ],
        ),
        (TWO_WITH_ADULT, group("outside", "outside", age=18), []),
        (TWO_WITH_ADULT, group("outside", "outside", age=17), [("representative_too_young", {"age": 17, "least": 18})]),
        (TWO_WITH_ADULT, group("outside", "outside", age=None), [("representative_age_unknown", {"least": 18})]),
        (DEFAULT, group("resident", lecturer=REPRESENTATIVE.key), [("lecturer_represents", {})]),
        (DEFAULT, group("resident", "resident", lecturer="カイイン1"), []),
        (TWO_GROUPS_A_PERSON, group("resident", "resident", elsewhere=(1, 1)), []),
        (
            TWO_GROUPS_A_PERSON,
            group("resident", "resident", elsewhere=(1, 2)),
            [("too_many_groups", {"count": 1, "most": 2})],
        ),
        (DEFAULT, group("resident", "resident", elsewhere=(9, 9)), []),
        (NO_THREE_OF_FIVE, replace(group(*["resident"] * 5), shared_with_one=2), []),
        (
            NO_THREE_OF_FIVE,
            replace(group(*["resident"] * 5), shared_with_one=3),
            [("too_many_shared", {"count": 3, "of": 5, "least": 3})],
        ),
        (DEFAULT, replace(group("resident"), shared_with_one=9), []),
        (FIFTEEN_WITHOUT_PUPILS, group("resident", "resident", age=16), []),
        (FIFTEEN_WITHOUT_PUPILS, group("resident", "resident", age=14), [("pupils", {"count": 2})]),
        (FIFTEEN_WITHOUT_PUPILS, group("resident", age=15), [("pupils_unknown", {"count": 1})]),
        (
            FIFTEEN_WITHOUT_PUPILS,
            replace(group("resident", "resident", "resident", age=17), has_consent=False),
            [("guardian_consent_missing", {"of_age": 18}), ("members_consent_missing", {"count": 2, "of_age": 18})],
        ),
    ],
)
def test_each_rule_that_is_not_met_is_named_with_its_figures(
    policy: Policy, one: Group, findings: list[tuple[str, dict[str, int]]]
) -> None:
    assert found(one, policy) == findings


def test_a_representative_on_the_roster_counts_once() -> None:
    assert found(group("resident", "resident"), replace(DEFAULT, least_members=2)) == []
    assert len(group("resident", "resident").people) == 2


def test_a_representative_who_is_not_on_the_roster_counts_too() -> None:
    one = Group(REPRESENTATIVE, (Member("カイイン", "resident", age=40),))
    assert found(one, replace(DEFAULT, least_members=2)) == []


def test_the_representatives_birth_date_may_come_from_the_form_or_from_the_roster() -> None:
    born = Member(REPRESENTATIVE.key, "", birth_date=dt.date(2008, 4, 2))
    known = Group(born, (Member(REPRESENTATIVE.key, "resident"),))
    expected = [("representative_too_young", {"age": 17, "least": 18})]
    assert found(known, TWO_WITH_ADULT)[1:] == found(Group(REPRESENTATIVE, (born,)), TWO_WITH_ADULT)[1:] == expected


def test_somebody_of_29_february_is_of_age_from_1_march() -> None:
    adult = Policy(least_representative_age=18)
    leap = Group(Member("ダイヒヨ", "resident", birth_date=dt.date(2008, 2, 29)), ())
    days = [dt.date(2026, 2, 28), dt.date(2026, 3, 1)]
    assert [[one.code for one in unmet(leap, adult, day)] for day in days] == [["representative_too_young"], []]


@pytest.mark.parametrize(
    ("age", "consent", "codes"),
    [(17, False, ["guardian_consent_missing"]), (17, True, []), (18, False, []), (None, False, [])],
)
def test_a_representative_under_age_needs_the_guardians(age: int | None, consent: bool, codes: list[str]) -> None:
    one = replace(group("resident", age=age), has_consent=consent)
    assert [found.code for found in unmet(one, DEFAULT, DAY)] == codes


@pytest.mark.parametrize(
    ("born", "is_pupil"),
    [
        (dt.date(2010, 4, 1), False),
        (dt.date(2010, 4, 2), False),
        (dt.date(2011, 4, 1), False),
        (dt.date(2011, 4, 2), True),
        (dt.date(2012, 2, 29), True),
    ],
)
def test_who_is_fifteen_may_still_be_a_pupil(born: dt.date, is_pupil: bool) -> None:
    one = Group(Member("ダイヒヨ", "resident", birth_date=born), ())
    assert [found.code for found in unmet(one, Policy(excludes_pupils=True), DAY)] == ["pupils"] * is_pupil


@given(st.integers(1, 300), st.integers(0, 300))
def test_a_majority_is_more_than_half_however_many_they_are(of: int, count: int) -> None:
    people = tuple(Member(f"ア{place}", "resident" if place < count else "outside") for place in range(of))
    missing = [one.code for one in unmet(Group(people[0], people), replace(TEN_WITH_MAJORITY, least_members=0), DAY)]
    assert missing == ([] if min(count, of) * 2 > of else ["share_not_exceeded"])


PEOPLE = st.lists(
    st.builds(
        Member,
        key=st.sampled_from(["ダイヒヨ", "ア", "イ"]),
        residence=st.sampled_from(["resident", "worker", "student", "outside"]),
        age=st.none() | st.integers(0, 90),
    ),
    max_size=12,
)
POLICIES = st.builds(
    Policy,
    least_members=st.integers(0, 10),
    least_city_percent=st.integers(0, 100),
    least_member_age=st.integers(0, 20),
    least_representative_age=st.integers(0, 20),
    exceeds_city_percent=st.booleans(),
    excludes_pupils=st.booleans(),
    consent_of_members=st.booleans(),
)


@given(PEOPLE, POLICIES)
def test_findings_come_in_the_told_order_each_once(people: list[Member], policy: Policy) -> None:
    codes = [one.code for one in unmet(Group(REPRESENTATIVE, tuple(people)), policy, DAY)]
    assert codes == [code for code in CODES if code in codes]


@given(PEOPLE, POLICIES)
def test_one_more_adult_of_the_city_never_breaks_a_rule(people: list[Member], policy: Policy) -> None:
    before = Group(REPRESENTATIVE, tuple(people))
    after = Group(REPRESENTATIVE, (*people, Member("アタラシイ", "resident", age=50)))
    assert {one.code for one in unmet(after, policy, DAY)} <= {one.code for one in unmet(before, policy, DAY)}


def test_a_finding_is_a_code_with_figures() -> None:
    assert unmet(group("resident"), FIVE_OF_16, DAY) == [Finding("too_few_members", {"count": 1, "least": 5})]
