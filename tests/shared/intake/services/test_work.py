"""What a worker does with files, and what it leaves alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import psycopg
import pytest
from django.db import connections

from apps.registrants.services.intake.people import People
from shared.audit.models import AuditEntry
from shared.intake.models import Chunk, Job, JobState
from shared.intake.queries import waiting_schemas
from shared.intake.services.bad_rows import Bad, BadRows
from shared.intake.services.start import discard, start
from shared.intake.services.work import work
from shared.intake.side import beside
from tests.shared.intake.files import (
    CLERK,
    CLUB,
    HANAKO,
    PEOPLE_HEADER,
    TARO,
    checked,
    csv_of,
    handed_over,
    rejected,
    taken_in,
)
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS
from tests.support.waiting import joined

pytestmark = pytest.mark.usefixtures("database")


def asked(job: Job) -> None:
    with as_tenant(CHUO):
        start(actor=CLERK, job=job.pk)


def test_the_sweep_finds_the_tenants_that_have_something_waiting() -> None:
    handed_over(csv_of(TARO))
    assert waiting_schemas() == []
    asked(checked(csv_of(TARO)))
    assert waiting_schemas() == [CHUO]


def test_one_worker_takes_files_in_at_a_time() -> None:
    asked(checked(csv_of(TARO)))
    done: list[int] = []

    def other() -> None:
        with as_tenant(CHUO):
            done.append(work())
        connections.close_all()

    with as_tenant(SPORTS), beside() as side:
        assert side.take_turn()
        thread = threading.Thread(target=other, daemon=True)
        thread.start()
        joined(thread)
    assert done == [0]


def test_a_run_that_fails_writes_nothing_and_can_be_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    job = checked(csv_of(TARO, HANAKO))
    asked(job)
    with monkeypatch.context() as patched, as_tenant(CHUO):
        patched.setattr(People, "end", lambda _self: 1 / 0)
        work()
    with as_tenant(CHUO):
        job = Job.objects.get(pk=job.pk)
        assert (job.state, Chunk.objects.filter(job=job).count()) == (JobState.FAILED, 1)
    asked(job)
    with as_tenant(CHUO):
        work()
        assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_the_audit_tells_of_a_run_by_counts_alone() -> None:
    job = taken_in(csv_of(TARO, HANAKO))
    with as_tenant(CHUO):
        entries = list(AuditEntry.objects.filter(object_id=str(job.pk)).order_by("id"))
    assert [(entry.action, entry.detail.get("act", "")) for entry in entries] == [
        ("create", ""),
        ("change", "check"),
        ("change", "checked"),
        ("change", "run"),
        ("change", "done"),
    ]
    assert "架空" not in str([entry.detail for entry in entries])


def test_one_bad_line_of_another_encoding_is_a_bad_row_and_not_a_bad_file() -> None:
    good = [TARO.replace("1001", str(number)) for number in range(20)]
    data = csv_of(*good) + b"9,\xff\xfe\xfd,,,,,,,,,\r\n"
    job = taken_in(data)
    [bad] = rejected(job)
    assert (job.counts["new"], bad.problems[0]["code"]) == (20, "row_undecodable")


@pytest.mark.parametrize("character", ["\0", "\ufffd"])
def test_nul_and_broken_characters_are_told_and_kept(character: str) -> None:
    good = [TARO.replace("1001", str(number)) for number in range(20)]
    data = csv_of(*good, HANAKO.replace("架空", f"架{character}空"), encoding="utf-8")
    [bad] = rejected(taken_in(data))
    assert bad.problems[0]["code"] == "row_undecodable"


def test_lines_that_end_as_on_an_old_macintosh_amid_others_are_one_bad_row_that_is_told_and_kept() -> None:
    good = [TARO.replace("1001", str(number)) for number in range(20)]
    [bad] = rejected(taken_in(csv_of(*good) + f"{HANAKO}\r{CLUB}\r\n".encode("cp932")))
    assert (bad.line, [problem["code"] for problem in bad.problems]) == (22, ["row_broken"])
    assert "見本　次郎" in "".join(bad.cells)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_files_are_read_in_every_encoding_and_with_every_delimiter(encoding: str, delimiter: str) -> None:
    data = csv_of(TARO, HANAKO).decode("cp932").replace(",", delimiter).encode(encoding)
    assert taken_in(data).counts["new"] == 2


def test_half_a_character_in_a_file_of_excels_unicode_text_is_a_bad_row() -> None:
    good = "".join(line.replace(",", "\t") + "\r\n" for line in (PEOPLE_HEADER, *[TARO, HANAKO, CLUB] * 4))
    data = good.encode("utf-16") + "9\t架\ud842空\r\n".encode("utf-16-le", "surrogatepass")
    job = taken_in(data)
    assert (job.encoding, job.delimiter, job.lines, job.size) == ("utf-16", "\t", 14, len(data))
    assert [row.problems[0]["code"] for row in rejected(job) if row.line == 14] == ["row_columns"]


def test_long_rows_are_in_memory_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 0
    keep = BadRows.keep

    def watched(self: BadRows, bad: Sequence[Bad]) -> int:
        nonlocal most
        most = max(most, sum(len(cell) for one in bad for cell in one.cells))
        return keep(self, bad)

    monkeypatch.setattr(BadRows, "keep", watched)
    line = TARO.replace("S23.4.1", "1" + " " * 1_000_000 + "x")
    job = taken_in(csv_of(*(line.replace("1001", str(number)) for number in range(12))))
    assert [row.problems for row in rejected(job)] == [
        [{"code": "row_date_unreadable", "field": "birth_date", "params": {}}]
    ] * 12
    assert most < 6_000_000


def test_a_file_that_was_given_up_is_not_taken_in(superuser: psycopg.Connection) -> None:
    job = checked(csv_of(TARO))
    with as_tenant(CHUO):
        discard(actor=CLERK, job=job.pk)
        assert work() == 0
    row = superuser.execute("SELECT count(*) FROM chuo.intake_chunk").fetchone()
    assert row == (0,)


def test_files_of_different_tenants_never_meet() -> None:
    taken_in(csv_of(TARO), schema=SPORTS)
    job = taken_in(csv_of(TARO))
    assert job.counts["new"] == 1
