"""Members of groups from another system."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.registrants.models import GroupMember, Registrant, RegistrationAct
from shared.intake.models import Job
from tests.shared.intake.files import CLUB, TARO, csv_of, rejected, taken_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
HEADER = "団体番号,氏名,フリガナ,生年月日,年齢,居住区分,電話番号,連絡係"
FIRST = "2001,見本　一郎,ﾐﾎﾝ ｲﾁﾛｳ,S30.1.5,,在住,090-0000-0001,○"
SECOND = "2001,見本　二郎,ﾐﾎﾝ ｼﾞﾛｳ,,61歳,在勤,,"


def taken(*lines: str) -> Job:
    return taken_in(csv_of(*lines, header=HEADER), kind="members", name="構成員.csv")


def members() -> list[GroupMember]:
    with as_tenant(CHUO):
        return list(GroupMember.objects.order_by("position"))


@pytest.fixture(autouse=True)
def club(database: None) -> None:
    taken_in(csv_of(TARO, CLUB))


def test_members_are_added_to_their_groups_in_the_order_of_the_file() -> None:
    job = taken(FIRST, SECOND)
    first, second = members()
    assert (job.counts["new"], job.counts["refused"]) == (2, 0)
    assert (first.position, first.birth_date, first.residence, first.is_contact) == (
        1,
        dt.date(1955, 1, 5),
        "resident",
        True,
    )
    assert (second.position, second.age, second.residence, second.is_contact) == (2, 61, "worker", False)


def test_the_same_file_again_adds_nobody() -> None:
    taken(FIRST, SECOND)
    job = taken(FIRST, SECOND)
    assert (job.counts["new"], job.counts["unchanged"], len(members())) == (0, 2, 2)


def test_a_later_file_adds_who_is_new_at_the_end() -> None:
    taken(FIRST)
    taken(FIRST, SECOND)
    assert [member.position for member in members()] == [1, 2]


def test_a_roster_that_was_worked_on_here_stays_as_it_is() -> None:
    with as_tenant(CHUO):
        group = Registrant.objects.get(kind="group")
        RegistrationAct.objects.create(
            registrant=group, at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), act="change", effective_on=dt.date(2026, 1, 1)
        )
    assert (taken(FIRST).counts["kept"], members()) == (1, [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (FIRST.replace("2001", "9999"), "row_no_registrant"),
        (FIRST.replace("2001", "1001"), "row_no_group"),
        (FIRST.replace("見本　一郎", ""), "row_missing"),
        (SECOND.replace("61歳", "200"), "row_number_too_large"),
        (FIRST.replace("在住", "月"), "row_choice"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_its_reason(line: str, code: str) -> None:
    [bad] = rejected(taken(line))
    assert [problem["code"] for problem in bad.problems] == [code]


def test_somebody_without_a_residence_counts_as_from_outside() -> None:
    job = taken(FIRST.replace("在住", ""))
    assert (members()[0].residence, job.warnings[0]["code"]) == ("outside", "row_no_residence")
