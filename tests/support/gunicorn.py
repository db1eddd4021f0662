"""gunicorn as it is deployed: a master and two worker processes, on this test's database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.support.databases import ROOT
from tests.support.outbox import until
from tests.support.smtp import LOOPBACK, free_port
from tests.support.waiting import ended

WORKERS, THREADS = 2, 4


@dataclass(frozen=True, slots=True)
class WebServer:
    """A running server: its master and its port."""

    master: psutil.Process
    port: int
    log: Path

    def workers(self) -> list[psutil.Process]:
        """The processes that answer, the oldest first; a killed one counts no longer."""
        return sorted(filter(_lives, self.master.children()), key=psutil.Process.create_time)


@contextmanager
def web_server(folder: Path, *, workers: int = WORKERS) -> Iterator[WebServer]:
    """Have the server until the block ends; its log is in ``folder``."""
    port, log = free_port(), folder / "web.log"
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{LOOPBACK}:{port}"),
        *("--workers", str(workers), "--worker-class", "gthread", "--threads", str(THREADS)),
        *("--graceful-timeout", "5", "--no-control-socket"),
    ]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    with log.open("xb") as words:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=words, stderr=words)
    server = WebServer(psutil.Process(process.pid), port, log)
    try:
        until(lambda: process.poll() is not None or "Listening at" in log.read_text(encoding="utf-8"))
        until(lambda: len(server.workers()) == workers)
        yield server
    finally:
        process.terminate()
        ended(process)


def _lives(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
