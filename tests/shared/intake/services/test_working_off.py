"""The rows that could not be taken in: brought by a later file, read again together, set aside together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction

from apps.registrants.models import Registrant
from shared.intake.errors import BusyError, ReasonNeededError
from shared.intake.models import Job, JobState, RejectedRow
from shared.intake.queries import open_rows
from shared.intake.services import work_off
from shared.intake.services.start import start
from shared.intake.services.work import work
from shared.intake.services.work_off import dismiss_all, read_again, take_in
from tests.shared.intake.files import CLERK, CLUB, HANAKO, TARO, checked, csv_of, rejected, taken_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
BAD = TARO.replace("S23.4.1", "S65.4.1")
MEMBERS = "団体番号,氏名,フリガナ,生年月日,居住区分"
MEMBER = "2001,見本　一郎,ﾐﾎﾝ ｲﾁﾛｳ,S30.1.5,在住"


def left() -> int:
    with as_tenant(CHUO):
        return open_rows().count()


def members(*lines: str, **told: object) -> Job:
    return taken_in(csv_of(*lines, header=MEMBERS), kind="members", **told)


def read(job: Job) -> tuple[int, int]:
    with as_tenant(CHUO):
        return read_again(actor=CLERK, rows=open_rows().filter(job=job))


def test_a_check_lists_every_bad_row_by_its_line_and_a_run_the_same_row_once() -> None:
    job = checked(csv_of(BAD, HANAKO, BAD, BAD))
    assert [row.line for row in rejected(job)] == [2, 4, 5]
    with as_tenant(CHUO):
        start(actor=CLERK, job=job.pk)
        work()
    assert [row.line for row in rejected(job)] == [2]
    with as_tenant(CHUO):
        assert Job.objects.get(pk=job.pk).counts["refused"] == 3


def test_a_row_is_off_the_list_when_a_later_file_brings_its_record() -> None:
    job = taken_in(csv_of(BAD, HANAKO.replace("昭和25年5月3日", "")))
    assert left() == 2
    later = taken_in(csv_of(TARO))
    assert (left(), later.counts["settled"]) == (1, 1)
    assert next((row.line, row.state, row.cells) for row in rejected(job)) == (2, "taken", [])


def test_a_row_is_off_the_list_when_the_same_file_can_be_read_by_what_was_chosen_since() -> None:
    odd = TARO.replace("有効", "甲")
    taken_in(csv_of(odd))
    later = taken_in(csv_of(odd), values={"state": {"甲": "active"}})
    assert (left(), later.counts["new"]) == (0, 1)


def test_a_second_row_of_one_key_stays_on_the_list_when_the_file_comes_again() -> None:
    other = TARO.replace("1番地", "9番地")
    taken_in(csv_of(TARO, other))
    again = taken_in(csv_of(TARO, other))
    assert (left(), again.counts["known"]) == (1, 1)


def test_rows_that_lacked_their_registrant_are_read_again_together() -> None:
    job = members(MEMBER, MEMBER.replace("一郎", "二郎").replace("ｲﾁﾛｳ", "ｼﾞﾛｳ"), "9999,見本　三郎,,,在住")
    assert left() == 3
    taken_in(csv_of(CLUB))
    assert read(job) == (2, 1)
    assert left() == 1
    with as_tenant(CHUO):
        assert Registrant.objects.get(kind="group").members.count() == 2


def test_rows_that_stay_keep_none_behind_them_from_being_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_off, "BATCH", 1)
    job = members("9998,見本　三郎,,,在住", "9999,見本　四郎,,,在住", MEMBER)
    taken_in(csv_of(CLUB))
    assert read(job) == (1, 2)


def test_wide_rows_are_read_again_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    most: list[int] = []
    read_them = work_off._read_again

    def watched(found: Sequence[RejectedRow], *told: Any) -> set[int]:
        most.append(sum(len(cell) for row in found for cell in row.values.values()))
        return read_them(found, *told)

    monkeypatch.setattr(work_off, "_read_again", watched)
    wide = TARO.replace("S23.4.1", "1" + " " * 900_000 + "x")
    job = taken_in(csv_of(*(wide.replace("1001", str(number)) for number in range(12))))
    assert read(job) == (0, 12)
    assert (len(most), max(most) < 6_000_000) == (3, True)


def test_rows_are_read_again_by_the_meanings_that_were_chosen_since() -> None:
    taken_in(csv_of(CLUB))
    job = members(MEMBER.replace("在住", "甲"))
    assert read(job) == (0, 1)
    members("2001,見本　五郎,ﾐﾎﾝ ｺﾞﾛｳ,S30.1.6,在住", values={"residence": {"甲": "resident"}})
    assert read(job) == (1, 0)


def test_of_two_rows_of_one_key_only_the_first_is_read_again() -> None:
    job = members(MEMBER, MEMBER.replace("在住", "在勤"))
    taken_in(csv_of(CLUB))
    assert read(job) == (1, 1)


def test_what_only_a_person_can_judge_is_not_read_again_by_itself() -> None:
    """A row with a cell too many would be read shifted, and a second row of one key would overwrite the first."""
    other = TARO.replace("1番地", "9番地")
    job = taken_in(csv_of(TARO, other, f"{HANAKO},余分", HANAKO.replace("架空", '架"空')))
    assert read(job) == (0, 3)
    with as_tenant(CHUO):
        assert [one.address for one in Registrant.objects.all()] == ["架空市架空町1番地"]


@pytest.mark.parametrize("many", [1, 5])
def test_reading_again_takes_the_same_statements_for_any_number_of_rows(many: int) -> None:
    job = members(*(f"2001,見本　{place}番,,{2000 + place}/1/5,在住" for place in range(many)))
    taken_in(csv_of(CLUB))
    with as_tenant(CHUO), count_statements() as found:
        assert read_again(actor=CLERK, rows=open_rows().filter(job=job)) == (many, 0)
    assert found.count == 13, found


def test_a_row_whose_very_record_is_here_by_now_is_done_with() -> None:
    [row] = rejected(taken_in(csv_of(BAD)))
    values = row.values | {"birth_date": "S23.4.1"}
    with as_tenant(CHUO):
        RejectedRow.objects.filter(pk=row.pk).update(key="")
    taken_in(csv_of(TARO))
    with as_tenant(CHUO):
        assert take_in(actor=CLERK, row=row.pk, values=values) == []
        assert Registrant.objects.count() == 1
    assert left() == 0


def test_no_row_is_taken_in_while_a_worker_takes_such_records_in() -> None:
    [row] = rejected(taken_in(csv_of(BAD)))
    job = checked(csv_of(HANAKO))
    with as_tenant(CHUO):
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
        with pytest.raises(BusyError):
            take_in(actor=CLERK, row=row.pk, values=row.values)
    assert left() == 1


def test_many_rows_are_set_aside_with_one_reason_and_not_without() -> None:
    job = taken_in(csv_of(*(BAD.replace("1001", str(number)) for number in range(5))))
    with as_tenant(CHUO):
        with pytest.raises(ReasonNeededError):
            dismiss_all(actor=CLERK, rows=open_rows(), reason="　")
        assert dismiss_all(actor=CLERK, rows=open_rows().filter(job=job), reason="古い記録") == 5
    assert left() == 0
    assert {(row.state, row.reason) for row in rejected(job)} == {("dismissed", "古い記録")}


def test_what_fails_while_rows_are_read_again_leaves_them_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    job = members(MEMBER)
    taken_in(csv_of(CLUB))
    monkeypatch.setattr("shared.intake.services.work_off.record", lambda *_, **__: 1 / 0)
    with as_tenant(CHUO), transaction.atomic(), pytest.raises(ZeroDivisionError):
        read_again(actor=CLERK, rows=open_rows().filter(job=job))
    assert left() == 1
    with as_tenant(CHUO):
        assert Registrant.objects.get(kind="group").members.count() == 0
