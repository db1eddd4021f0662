"""Mails that wait, where they go, and workers that send them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import sql

from shared.inserts import insert_together
from shared.outbox.messages import message
from shared.outbox.models import Message
from tests.support.databases import ROOT
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import PATIENCE, ended

BOOKING: Final = {
    "number": "2026-000123",
    "facility_name": "架空センター",
    "facility_name_en": "Imaginary Centre",
    "room_name": "会議室",
    "room_name_en": "Meeting room",
    "day": "2026-12-01",
    "slots": ["午前", "午後"],
    "starts": "09:00",
    "ends": "17:00",
    "state": "permitted",
    "reason": "",
    "path": "/places/chuo/bookings/00000000-0000-4000-8000-000000000001/",
}


def mail_to(recipient: UUID, *, template: str = "bookings/mail/permitted", **context: Any) -> Message:
    """An unsaved mail about a booking."""
    return message(template=template, recipient=recipient, context=BOOKING | context)


def waiting_mail(recipient: UUID, *, schema: str = CHUO, **values: Any) -> Message:
    """A mail that waits in ``schema`` to be sent."""
    return waiting_mails(recipient, 1, schema=schema, **values)[0]


def waiting_mails(recipient: UUID, many: int, *, schema: str = CHUO, **values: Any) -> list[Message]:
    """So many mails to one recipient."""
    mails = [mail_to(recipient, **values) for _ in range(many)]
    with as_tenant(schema):
        insert_together(*mails)
    return mails


def states(schema: str = CHUO) -> Counter[str]:
    """How many messages of ``schema`` are in which state."""
    with as_tenant(schema):
        return Counter(Message.objects.values_list("state", flat=True))


def let_time_pass(superuser: psycopg.Connection, schema: str = CHUO) -> None:
    """Everything that waits in ``schema`` is due now: leases and waits are over."""
    statement = sql.SQL("UPDATE {} SET due_at = now() WHERE state = 'pending'")
    superuser.execute(statement.format(sql.Identifier(schema, "outbox_message")))


def read_mail(path: Path) -> EmailMessage:
    """The mail in a file."""
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def until(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds; an assertion fails when patience ends."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process with its pool, in a session of its own."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """``kill -9`` of the worker and of its pool at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        ended(self.process)

    def stop(self) -> None:
        """Ask it to finish what it does and to end."""
        self.process.terminate()
        ended(self.process)

    @property
    def said(self) -> str:
        """All that it has logged."""
        return self.log.read_text(encoding="utf-8")


@contextmanager
def worker(
    folder: Path, *, app: str = "config.celery:app", program: str = "worker", **environ: str
) -> Iterator[Worker]:
    """A real worker, or the scheduler as ``program="beat"``, on this test's database and broker; logs in ``folder``."""
    log = folder / f"{program}-{time.monotonic_ns()}.log"
    with log.open("xb") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", app, program],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])} | environ,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
    running = Worker(process, log)
    try:
        yield running
    finally:
        if process.poll() is None:
            running.kill()
