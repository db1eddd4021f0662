"""The web server as it is deployed: gunicorn, as two processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from tests.bench.http import HOST, PORTS, Browser

THREADS = 4
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def web_servers(log: Path) -> Iterator[list[psutil.Process]]:
    """A gunicorn with one worker on each of ``PORTS`` until the block ends; the processes of their masters."""
    with ExitStack() as stack:
        yield [stack.enter_context(_web_server(number, log.with_suffix(f".{number}"))) for number in range(len(PORTS))]


@contextmanager
def _web_server(number: int, log: Path) -> Iterator[psutil.Process]:
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{PORTS[number]}"),
        *("--workers", "1", "--worker-class", "gthread", "--threads", str(THREADS)),
        *("--keep-alive", "30", "--log-level", "warning"),
    ]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    with log.open("wb") as file:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=file, stderr=file)
    try:
        _await(server, number)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def memory(masters: list[psutil.Process]) -> list[float]:
    """Resident memory of the workers in MiB."""
    return [child.memory_info().rss / 2**20 for master in masters for child in master.children()]


def _await(server: subprocess.Popen[bytes], number: int) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise SystemExit("the web server did not start; its log says why")
        try:
            Browser("yoyaku.localhost", number=number).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the web server did not answer")
