"""The whole demo as a person has it: started, looked at, stopped, and started again with the same data."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300
OURS = ("KASHIKAN_", "DATABASE_", "REDIS_", "DJANGO_", "PYTEST_")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """``python -m config.demo`` in a process of its own; ``shown`` is what it printed until it ran."""

    def __init__(self, var: Path) -> None:
        self.port = free_port()
        environ = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.demo", "--small", "--var", str(var)],
            cwd=ROOT,
            env={**environ, "PYTHONPATH": os.pathsep.join(["platform", "."]), "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.shown = self._until("Stop: Ctrl-C")
        self.started = psutil.Process(self.process.pid).children(recursive=True)

    def _until(self, word: str) -> str:
        shown = ""
        assert self.process.stdout
        for line in self.process.stdout:
            shown += line
            if word in line:
                return shown
        raise AssertionError(shown)

    def status(self, host: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/", headers={"Host": f"{host}.localhost:{self.port}"})
        status = connection.getresponse().status
        connection.close()
        return status

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def test_it_runs_shows_its_addresses_stops_and_continues(var: Path) -> None:
    demo = Demo(var)
    assert "[7/7]" in demo.shown
    assert f"http://yoyaku.localhost:{demo.port}/" in demo.shown
    assert f"http://city.localhost:{demo.port}/" in demo.shown
    assert (demo.status("yoyaku"), demo.status("nobody")) == (200, 404)
    assert len(demo.started) >= 6
    assert any("found_tenants" in process.cmdline() for process in demo.started)
    assert demo.end(signal.SIGINT) == 0
    psutil.wait_procs(demo.started, timeout=30)
    assert not [process for process in demo.started if process.is_running()]
    again = Demo(var)
    assert "[1/7]" in again.shown
    assert again.end(signal.SIGTERM) == 128 + signal.SIGTERM
