"""Registrants from another system."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.registrants.models import DuplicateProposal, Registrant, RegistrationAct, StateSpan
from shared.intake.models import JobState, RowState
from tests import factories
from tests.shared.intake.files import CLUB, HANAKO, TARO, checked, csv_of, rejected, taken_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def registrants() -> list[Registrant]:
    with as_tenant(CHUO):
        return list(Registrant.objects.order_by("source_key"))


def test_a_check_counts_and_writes_nobody() -> None:
    job = checked(csv_of(TARO, HANAKO, CLUB))
    assert (job.state, job.counts["new"], job.counts["refused"]) == (JobState.CHECKED, 3, 0)
    assert registrants() == []


def test_a_run_registers_individuals_and_groups() -> None:
    job = taken_in(csv_of(TARO, HANAKO, CLUB))
    taro, hanako, club = registrants()
    assert job.state == JobState.DONE
    assert (taro.family_name, taro.given_name, taro.family_kana, taro.given_kana) == (
        "架空",
        "太郎",
        "カクウ",
        "タロウ",
    )
    assert (taro.birth_date, taro.registered_on) == (dt.date(1948, 4, 1), dt.date(2013, 4, 1))
    assert hanako.phone == "0476-00-0102"
    assert (club.group_name, club.birth_date, club.registered_on) == ("架空体操の会", None, dt.date(2019, 5, 1))
    assert {one.source_key for one in (taro, club)} == {"旧システム:1001", "旧システム:2001"}


def test_everybody_gets_a_number_of_our_own_series_a_state_and_an_act() -> None:
    taken_in(csv_of(TARO, CLUB))
    assert all(one.number.startswith("A-") for one in registrants())
    with as_tenant(CHUO):
        assert StateSpan.objects.count() == 2
        assert [act.act for act in RegistrationAct.objects.all()] == ["import", "import"]


def test_the_same_file_again_changes_nothing() -> None:
    taken_in(csv_of(TARO, HANAKO, CLUB))
    before = [(one.pk, one.version) for one in registrants()]
    job = taken_in(csv_of(TARO, HANAKO, CLUB))
    assert (job.counts["new"], job.counts["unchanged"]) == (0, 3)
    assert [(one.pk, one.version) for one in registrants()] == before


def test_a_later_file_brings_what_changed() -> None:
    taken_in(csv_of(TARO))
    job = taken_in(csv_of(TARO.replace("1番地", "9番地")))
    assert (job.counts["new"], job.counts["changed"]) == (0, 1)
    [taro] = registrants()
    assert taro.address == "架空市架空町9番地"


def test_who_was_worked_on_here_stays_as_they_are() -> None:
    taken_in(csv_of(TARO))
    [taro] = registrants()
    with as_tenant(CHUO):
        RegistrationAct.objects.create(
            registrant=taro, at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), act="change", effective_on=dt.date(2026, 1, 1)
        )
    job = taken_in(csv_of(TARO.replace("1番地", "9番地")))
    assert job.counts["kept"] == 1
    assert registrants()[0].address == "架空市架空町1番地"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (TARO.replace("S23.4.1", "S65.4.1"), "row_date_outside_era"),
        (TARO.replace("S23.4.1", "2030/1/1"), "row_birth_in_future"),
        (TARO.replace("S23.4.1", "明治20年1月1日"), "row_birth_too_old"),
        (TARO.replace("S23.4.1", ""), "row_missing"),
        (TARO.replace("ｶｸｳ ﾀﾛｳ", "架空 太郎"), "row_kana"),
        (TARO.replace("架空　太郎", ""), "row_missing"),
        (TARO.replace("有効", "？？"), "row_choice"),
        (TARO.replace("1001", ""), "row_missing"),
        (f"{TARO},余分", "row_columns"),
        (TARO.replace(",有効", ""), "row_columns"),
        (TARO.replace("架空　太郎", '架空"太郎'), "row_broken"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_its_reason(row: str, code: str) -> None:
    job = taken_in(csv_of(HANAKO, row))
    [bad] = rejected(job)
    assert (bad.line, bad.state, [problem["code"] for problem in bad.problems]) == (3, RowState.OPEN, [code])
    assert len(registrants()) == 1


def test_what_old_records_may_lack_is_only_noted() -> None:
    job = taken_in(csv_of("1003,,,架空太郎,ｶｸｳﾀﾛｳ,19480401,,,,,"))
    noted = {one["code"] for one in job.warnings}
    assert noted == {
        "row_name_in_one", "row_no_postal_code", "row_no_phone", "row_no_address", "row_no_registration_day",
    }  # fmt: skip
    assert registrants()[0].postal_code == "0000000"


def test_a_key_that_is_twice_in_the_file_is_told_with_its_first_line() -> None:
    job = taken_in(csv_of(TARO, HANAKO, TARO))
    [bad] = rejected(job)
    assert bad.problems == [{"code": "row_twice", "field": "", "params": {"line": 2}}]


def test_somebody_who_may_be_here_already_is_proposed_and_not_merged() -> None:
    known = factories.individual(
        family_name="架空", given_name="太郎", family_kana="カクウ", given_kana="タロウ", birth_date=dt.date(1948, 4, 1)
    )
    taken_in(csv_of(TARO))
    with as_tenant(CHUO):
        [proposal] = DuplicateProposal.objects.all()
    assert known.pk in {proposal.one_id, proposal.other_id}
    assert proposal.grounds == ["name_and_birth"]
    assert len(registrants()) == 2


def test_a_suspension_of_before_holds_from_its_day() -> None:
    header = "利用者番号,氏名,フリガナ,生年月日,登録日,状態,停止日"
    taken_in(csv_of("1,架空　太郎,カクウ　タロウ,S23.4.1,H25.4.1,利用停止,R5.4.1", header=header))
    with as_tenant(CHUO):
        spans = [(span.state, span.during.lower, span.during.upper) for span in StateSpan.objects.all()]
    assert spans == [
        ("active", dt.date(2013, 4, 1), dt.date(2023, 4, 1)),
        ("suspended", dt.date(2023, 4, 1), None),
    ]
