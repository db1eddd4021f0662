"""A worker that is killed outright in the middle of a run: nothing is half written, and the next one completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from shared.intake.models import Job, JobState, RejectedRow
from shared.intake.rules.mapping import from_json
from shared.intake.services.choose_columns import choose_columns
from shared.intake.services.start import start
from shared.intake.services.work import work
from tests import factories
from tests.shared.intake.files import CLERK, checked, csv_of, handed_over, undone
from tests.support.databases import ROOT
from tests.support.outbox import until
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import ended

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.usefixtures("database")]
WORKER = """
import django
django.setup()
from shared.intake.services.work import work
from tests.support.scopes import as_tenant
with as_tenant("chuo"):
    work()
"""
PEOPLE = 6000
KILLS = 2


def lines() -> list[str]:
    return [
        f"{number},個人,,架空　太郎{number},ｶｸｳ ﾀﾛｳ,S23.4.1,270-1300,架空市,0476-00-{number:04},H25.4.1,有効"
        for number in range(PEOPLE)
    ]


def ready() -> Job:
    return checked(csv_of(*lines()))


def is_amid_its_rows(superuser: psycopg.Connection, attempt: int, state: str) -> bool:
    statement = "SELECT FROM chuo.intake_job WHERE state = %s AND attempts = %s AND rows_done > 0"
    return superuser.execute(statement, [state, attempt]).fetchone() is not None


def people(superuser: psycopg.Connection) -> int:
    row = superuser.execute("SELECT count(*) FROM chuo.registrants_registrant").fetchone()
    assert row is not None
    return int(row[0])


def killed_amid_its_rows(superuser: psycopg.Connection, attempt: int, state: str = "running") -> None:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    process = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environ)
    until(lambda: is_amid_its_rows(superuser, attempt, state) or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    assert ended(process) == -signal.SIGKILL


def test_a_run_that_is_killed_leaves_nothing_and_is_completed_by_the_next(superuser: psycopg.Connection) -> None:
    job = ready()
    with as_tenant(CHUO):
        start(actor=CLERK, job=job.pk)
    for attempt in range(1, KILLS + 1):
        killed_amid_its_rows(superuser, attempt)
        assert people(superuser) == 0
    with as_tenant(CHUO):
        until(lambda: work() == 1)  # the server may still be ending what the dead had begun
        job.refresh_from_db()
    assert (job.state, job.counts["new"], job.attempts) == (JobState.DONE, PEOPLE, KILLS + 1)
    assert people(superuser) == PEOPLE
    assert undone(job) == [("rolled_back", "killed", attempt) for attempt in range(1, KILLS + 1)]


def test_a_file_that_kills_every_worker_is_left_to_a_person(superuser: psycopg.Connection) -> None:
    job = ready()
    with as_tenant(CHUO):
        start(actor=CLERK, job=job.pk)
        Job.objects.filter(pk=job.pk).update(attempts=5)
        work()
        job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert people(superuser) == 0


def test_a_check_that_is_killed_is_begun_anew(superuser: psycopg.Connection) -> None:
    job = handed_over(csv_of(*lines(), "1,,,,,,,,,,"))
    with as_tenant(CHUO):
        choose_columns(actor=CLERK, job=job.pk, mapping=from_json(job.mapping))
    killed_amid_its_rows(superuser, 1, "checking")
    with as_tenant(CHUO):
        until(lambda: work() == 1)
        job.refresh_from_db()
        assert RejectedRow.objects.count() == 1
    assert (job.state, job.counts["new"], job.attempts) == (JobState.CHECKED, PEOPLE, 2)


def test_a_run_of_uses_that_is_killed_leaves_nothing_and_is_completed(superuser: psycopg.Connection) -> None:
    factories.meeting_room()
    day = "R{0},,2018/5/{1},会議室,9:00,12:00,12,500,500,許可"
    rows = [day.format(number, number % 28 + 1) for number in range(3 * PEOPLE)]
    header = "予約番号,利用者番号,利用日,室場,開始時刻,終了時刻,人数,使用料,入金額,状態"
    job = checked(csv_of(*rows, "x", header=header), kind="uses")
    with as_tenant(CHUO):
        start(actor=CLERK, job=job.pk)
    killed_amid_its_rows(superuser, 1)
    assert superuser.execute("SELECT count(*) FROM chuo.bookings_pastbooking").fetchone() == (0,)
    with as_tenant(CHUO):
        until(lambda: work() == 1)
    assert superuser.execute("SELECT count(*) FROM chuo.bookings_pastbooking").fetchone() == (3 * PEOPLE,)
    assert superuser.execute("SELECT count(*) FROM chuo.intake_rejectedrow WHERE state = 'open'").fetchone() == (1,)
