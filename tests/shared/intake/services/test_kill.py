"""A worker that is killed outright in the middle of a run: nothing is half written, and the next one completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from shared.intake.models import Job, JobState
from shared.intake.services.start import start
from shared.intake.services.work import work
from tests.shared.intake.files import CLERK, checked, csv_of
from tests.support.databases import ROOT
from tests.support.outbox import until
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

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
KILLS = 3


def ready() -> Job:
    lines = [
        f"{number},個人,,架空　太郎{number},ｶｸｳ ﾀﾛｳ,S23.4.1,270-1300,架空市,0476-00-{number:04},H25.4.1,有効"
        for number in range(PEOPLE)
    ]
    return checked(csv_of(*lines))


def is_amid_its_rows(superuser: psycopg.Connection, attempt: int) -> bool:
    statement = "SELECT FROM chuo.intake_job WHERE state = 'running' AND attempts = %s AND rows_done > 0"
    return superuser.execute(statement, [attempt]).fetchone() is not None


def people(superuser: psycopg.Connection) -> int:
    row = superuser.execute("SELECT count(*) FROM chuo.registrants_registrant").fetchone()
    assert row is not None
    return int(row[0])


def killed_amid_its_rows(superuser: psycopg.Connection, attempt: int) -> None:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    process = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environ)
    until(lambda: is_amid_its_rows(superuser, attempt) or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


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


def test_a_file_that_kills_every_worker_is_left_to_a_person(superuser: psycopg.Connection) -> None:
    job = ready()
    with as_tenant(CHUO):
        start(actor=CLERK, job=job.pk)
        Job.objects.filter(pk=job.pk).update(attempts=5)
        work()
        job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert people(superuser) == 0
