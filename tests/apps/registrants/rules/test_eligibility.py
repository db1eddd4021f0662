"""Who may hold a 登録証, and from when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.card_errors import (
    HolderNeedsBirthDateError,
    NotResidentError,
    SpecialReasonMissingError,
    TooYoungError,
)
from apps.registrants.errors import ReasonTooLongError
from apps.registrants.rules.eligibility import (
    Person,
    check_residence,
    check_special_reason,
    eligible_from,
    is_resident,
    valid_from,
)
from apps.registrants.rules.policy import DEFAULT, Policy

CITY = "架空市"
HOME = "千葉県架空市見本台1番地"


def born(year: int, month: int, day: int) -> Person:
    return Person(date(year, month, day), HOME)


@pytest.mark.parametrize(
    ("person", "on", "first"),
    [
        (born(1966, 11, 26), date(2026, 11, 26), date(2026, 11, 26)),
        (born(1966, 11, 27), date(2026, 11, 26), date(2026, 11, 27)),
        (born(1966, 12, 26), date(2026, 11, 26), date(2026, 12, 26)),
        (born(1940, 1, 1), date(2026, 11, 26), date(2026, 11, 26)),
        (born(1964, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (born(1968, 2, 29), date(2028, 2, 28), date(2028, 2, 29)),
    ],
)
def test_a_card_holds_from_the_application_or_from_the_birthday(person: Person, on: date, first: date) -> None:
    assert valid_from(person, "age", on=on, policy=DEFAULT) == first


@pytest.mark.parametrize(
    ("birth", "day"), [(date(1966, 12, 27), date(2026, 11, 26)), (date(2000, 1, 1), date(2026, 1, 1))]
)
def test_nobody_applies_more_than_thirty_days_before_the_birthday(birth: date, day: date) -> None:
    with pytest.raises(TooYoungError) as caught:
        valid_from(Person(birth, HOME), "age", on=day, policy=DEFAULT)
    assert caught.value.params == {"age": 60, "days": 30}


def test_a_leap_days_child_is_old_enough_on_the_first_of_march_in_a_common_year() -> None:
    assert eligible_from(date(1964, 2, 29), Policy(senior_age=59)) == date(2023, 3, 1)
    assert eligible_from(date(1964, 2, 29), DEFAULT) == date(2024, 2, 29)


def test_the_age_and_the_days_ahead_are_the_tenants_own() -> None:
    policy = Policy(senior_age=65, senior_ahead_days=0)
    with pytest.raises(TooYoungError):
        valid_from(born(1961, 11, 27), "age", on=date(2026, 11, 26), policy=policy)
    assert valid_from(born(1961, 11, 26), "age", on=date(2026, 11, 26), policy=policy) == date(2026, 11, 26)


@pytest.mark.parametrize("qualification", ["seniors_club", "disability", "companion", "special"])
def test_an_exception_asks_for_no_age(qualification: str) -> None:
    assert valid_from(born(2000, 1, 1), qualification, on=date(2026, 1, 1), policy=DEFAULT) == date(2026, 1, 1)


def test_without_a_birth_date_nobody_is_admitted_by_age() -> None:
    with pytest.raises(HolderNeedsBirthDateError):
        valid_from(Person(None, HOME), "age", on=date(2026, 1, 1), policy=DEFAULT)


@pytest.mark.parametrize(
    ("address", "residence", "resident"),
    [
        ("千葉県架空市見本台1番地", "", True),
        ("架空市見本台1番地", "", True),
        ("千葉県見本郡架空市町1番地", "", True),
        ("千葉県見本市架空市場1番地", "", False),
        ("東京都千代田区1番地", "", False),
        ("", "", False),
        ("東京都千代田区1番地", "resident", True),
        ("千葉県架空市見本台1番地", "worker", False),
        ("千葉県架空市見本台1番地", "outside", False),
    ],
)
def test_a_resident_is_told_by_the_item_or_else_by_the_address(address: str, residence: str, *, resident: bool) -> None:
    assert is_resident(Person(None, address, residence), CITY) is resident


@pytest.mark.parametrize("qualification", ["age", "seniors_club", "disability"])
def test_whoever_lives_elsewhere_is_refused(qualification: str) -> None:
    with pytest.raises(NotResidentError):
        check_residence(Person(None, "東京都千代田区1番地"), qualification, CITY)


@pytest.mark.parametrize("qualification", ["companion", "special"])
def test_a_companion_and_whom_the_mayor_admits_may_live_elsewhere(qualification: str) -> None:
    check_residence(Person(None, "東京都千代田区1番地"), qualification, CITY)


def test_an_exception_states_its_reason_and_age_needs_none() -> None:
    assert check_special_reason("age", " 余計な理由 ") == ""
    assert check_special_reason("special", "　市長決裁による　") == "市長決裁による"
    with pytest.raises(SpecialReasonMissingError):
        check_special_reason("special", " 　 ")
    with pytest.raises(ReasonTooLongError):
        check_special_reason("special", "あ" * 301)


@given(st.dates(date(1900, 1, 1), date(2010, 12, 31)), st.dates(date(1960, 1, 1), date(2100, 12, 31)))
def test_by_age_a_card_never_holds_before_the_birthday_nor_before_its_application(birth: date, on: date) -> None:
    try:
        first = valid_from(Person(birth, HOME), "age", on=on, policy=DEFAULT)
    except TooYoungError:
        assert on + timedelta(days=30) < eligible_from(birth, DEFAULT)
    else:
        assert first == max(on, eligible_from(birth, DEFAULT))
        assert first - on <= timedelta(days=30)
