"""The worker and the scheduler as real processes on a real broker."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from config.celery import app, broker_tls
from shared.outbox.tasks import sweep_outbox
from tests.factories import booking_awaiting_permit, citizen_with_registration, portal_account
from tests.support.broker import everything
from tests.support.databases import ROOT
from tests.support.outbox import states, until, waiting_mail, worker
from tests.support.probes import run_as_nobody, run_as_tenant
from tests.support.smtp import LOOPBACK, free_port, post_office

pytestmark = pytest.mark.usefixtures("database")
app.set_default()
MINE = "SELECT count(*) FROM chuo.registrants_registrant"
DENIED = "42501"
"""SQLSTATE insufficient_privilege."""


def test_a_worker_process_asks_postgresql_and_is_refused_what_is_not_its_tenants(tmp_path: Path) -> None:
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "nobody": (run_as_nobody.name, {}),
        "own": (run_as_tenant.name, {"schema": "chuo"}),
        "another": (run_as_tenant.name, {"schema": "sports"}),
        "after": (run_as_nobody.name, {}),
    }
    with worker(tmp_path, app="tests.support.probes:app"):
        for name, (probe, whose) in asked.items():  # one after the other: the pool may take two at once
            app.send_task(probe, kwargs={**whose, "statement": MINE, "answer": str(tmp_path / name)})
            until((tmp_path / name).exists)
    answers = {name: (tmp_path / name).read_text() for name in asked}
    assert answers == {"nobody": DENIED, "own": "0", "another": DENIED, "after": DENIED}


def test_a_broker_over_tls_must_show_who_it_is() -> None:
    assert broker_tls("rediss://broker.example:6379/0") == {
        "ssl_cert_reqs": ssl.CERT_REQUIRED,
        "ssl_check_hostname": True,
    }
    assert broker_tls("redis://broker.example:6379/0") is None


@pytest.mark.slow
def test_worker_and_scheduler_alone_send_what_a_booking_wrote_and_tell_nothing_of_a_person(tmp_path: Path) -> None:
    """One start of both for the mail that goes and the two that do not: starting them takes most of the time."""
    booking_awaiting_permit(citizen_with_registration())
    account = portal_account(login_id="hanako.k", email="hanako.k@citizens.example")
    waiting_mail(account.pk, reason="架空花子の申請", number="2026-777777")
    waiting_mail(account.pk, template="hanako/nonsense")
    with post_office() as post:
        post.refusals["hanako.k@citizens.example"] = "450 hanako.k is away"
        url = f"smtp://{LOOPBACK}:{post.port}"
        environ = {"KASHIKAN_MAIL_URL": url, "KASHIKAN_DEMO": "true"}
        with worker(tmp_path, **environ) as running, worker(tmp_path, program="beat", **environ) as scheduler:
            until(lambda: running.said.count("mail not sent") >= 2 and states()["sent"] == 1)
            said = running.said + scheduler.said + everything()
        assert len(post.received) == 1
    assert "smtp 450" in said
    for private in ("hanako", str(account.pk), "架空", "2026-777777"):
        assert private not in said


@pytest.mark.slow
def test_a_booking_needs_no_broker_and_its_mail_goes_once_there_is_one(tmp_path: Path) -> None:
    mailbox = tmp_path / "mail"
    down = {"REDIS_URL": f"redis://{LOOPBACK}:{free_port()}/0", "KASHIKAN_MAIL_URL": mailbox.as_uri()}
    with worker(tmp_path, **down), worker(tmp_path, program="beat", **down):
        booked = subprocess.run([sys.executable, "-c", BOOK], cwd=ROOT, env=os.environ | down, check=True, text=True)
        assert booked.returncode == 0
        assert states() == {"pending": 1}
    sweep_outbox()
    with worker(tmp_path, KASHIKAN_MAIL_URL=mailbox.as_uri()):
        until(lambda: states() == {"sent": 1})


BOOK = """
import sys; sys.path[:0] = [".", "platform"]
import django; django.setup()
from tests.factories import booking_awaiting_permit
booking_awaiting_permit()
assert "celery" not in sys.modules
"""
