"""The bodies of an operator are typed one a line, each with a 法人番号 that is checked."""

from __future__ import annotations

import pytest

from apps.compliance.agreement_errors import (
    BodyTwiceError,
    CorporateNumberError,
    MemberLineError,
    NoBodyError,
    OneMemberError,
)
from apps.compliance.rules.bodies import Body, check_operator, members_of, number_of

ONE, TWO = "8700110005901", "7000012050002"


def test_each_line_is_a_body_with_its_number() -> None:
    typed = f"社会福祉法人 架空会　８７００１１０００５９０１\r\n\n見本会 {TWO[:1]}-{TWO[1:5]}-{TWO[5:9]}-{TWO[9:]}\n"
    assert members_of(typed) == [Body("社会福祉法人 架空会", ONE), Body("見本会", TWO)]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("架空会", MemberLineError),
        (f"架空会 {ONE}\n見本会", MemberLineError),
        ("架空会 8700110005902", CorporateNumberError),
        (f"架空会 {ONE}\n見本会 {ONE}", BodyTwiceError),
        (f"架空会 {ONE}\n架空会 {TWO}", BodyTwiceError),
    ],
)
def test_a_line_that_cannot_be_is_refused(typed: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        members_of(typed)


def test_a_number_is_read_in_either_width_and_may_stay_empty() -> None:
    assert number_of("８７００１１０００５９０１") == ONE
    assert number_of("") == ""
    with pytest.raises(CorporateNumberError):
        number_of("8700110005902")


def test_a_manager_is_a_body_or_a_consortium_of_two() -> None:
    bodies = [Body("架空会", ONE), Body("見本会", TWO)]
    check_operator(is_manager=True, number="", members=bodies)
    check_operator(is_manager=True, number=ONE, members=[])
    check_operator(is_manager=False, number="", members=[])
    with pytest.raises(NoBodyError):
        check_operator(is_manager=True, number="", members=[])
    with pytest.raises(OneMemberError):
        check_operator(is_manager=True, number="", members=bodies[:1])
