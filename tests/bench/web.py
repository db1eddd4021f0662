"""The web server as it is deployed: gunicorn with two worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.bench.http import HOST, PORT, Browser

WORKERS, THREADS = 2, 4
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def web_server(log: Path) -> Iterator[psutil.Process]:
    """gunicorn until the block ends; the process of its master."""
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{PORT}"),
        *("--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS)),
        *("--keep-alive", "30", "--log-level", "warning"),
    ]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    with log.open("wb") as file:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=file, stderr=file)
    try:
        _await(server)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def memory(process: psutil.Process) -> list[float]:
    """Unique memory of the children of ``process`` in MiB, with what they share counted whole (RSS)."""
    return [child.memory_info().rss / 2**20 for child in process.children()]


def _await(server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise SystemExit("the web server did not start; its log says why")
        try:
            Browser("yoyaku.localhost").close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web server did not answer")
