"""The parts of the demo: its secrets, its processes, its port and the wait for its sites."""

from __future__ import annotations

import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from config.demo.children import Child, end_leftover, finish, running, watch
from config.demo.errors import DemoError
from config.demo.keys import kept_keys
from config.demo.place import alone, place
from config.demo.progress import Progress
from config.demo.sites import Site, check_port, wait_for
from config.embedded import Endpoints
from tests.support.waiting import ended, joined

ENDPOINTS = Endpoints(admin_url="postgresql://postgres@/postgres?host=/run/x", redis_url="redis://127.0.0.1:1/0")


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return place(tmp_path, {}).var


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@contextmanager
def child(var: Path, code: str) -> Iterator[Child]:
    with running("web", python(code), environ=os.environ, folder=var, var=var) as started:
        yield started


def until_logged(started: Child, word: str) -> None:
    deadline = time.monotonic() + 30
    while word not in started.log.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = kept_keys(tmp_path / "env")
    assert kept_keys(tmp_path / "env") == first
    assert min(len(value) for value in first.values()) >= len("demo:") + 44
    assert len(set(first.values())) == len(first) == 5
    assert (tmp_path / "env").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_a_newer_version_needs_is_added_to_the_kept_ones(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("KASHIKAN_SECRET_KEY=kept\nKASHIKAN_OTHER=kept too\n", encoding="utf-8")
    kept = kept_keys(tmp_path / "env")
    assert (kept["KASHIKAN_SECRET_KEY"], kept["KASHIKAN_OTHER"]) == ("kept", "kept too")
    assert kept_keys(tmp_path / "env") == kept


def test_processes_get_the_login_that_owns_nothing(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_ADMIN_URL", "postgresql://postgres@db/postgres")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://kashikan_owner@db/kashikan")
    environ = place(var, {}).environ(ENDPOINTS)
    assert "DATABASE_ADMIN_URL" not in environ
    assert "DATABASE_OWNER_URL" not in environ
    assert "user=kashikan_web" in environ["DATABASE_URL"]


def test_the_port_comes_from_the_environment(var: Path) -> None:
    assert (place(var, {}).port, place(var, {"PORT": "8123"}).port) == (8000, 8123)


def test_a_second_demo_in_the_same_folder_is_refused(var: Path) -> None:
    with alone(var), pytest.raises(DemoError, match="runs already"), alone(var):
        pass
    with alone(var):
        pass


def test_a_port_in_use_is_told_with_another_to_choose() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(DemoError, match=rf"Port {port} cannot be used .* make demo PORT={port + 1}"):
            check_port(port)
    check_port(port)


def test_a_step_shows_its_number_what_it_does_and_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(2)
    with progress.step("Begin") as show:
        show("half")
    with suppress(KeyError), progress.step("End"):
        raise KeyError
    shown = capsys.readouterr().out.splitlines()
    assert shown == ["[1/2] Begin ...", "      half", "      done in 0.0 s", "[2/2] End ...", "      stopped"]


def test_a_command_that_finishes_gives_its_output_and_keeps_it_in_the_log(var: Path) -> None:
    log = var / "log/setup.log"
    assert finish("fill", python("print('登録')"), environ=os.environ, folder=var, log=log) == "登録\n"
    assert log.read_text(encoding="utf-8") == "登録\n"


def test_a_command_that_fails_shows_the_end_of_its_log(var: Path) -> None:
    failing = python("import sys; sys.stderr.write(''.join(f'{n}\\n' for n in range(99))); sys.exit(3)")
    with pytest.raises(DemoError, match="fill failed with status 3") as caught:
        finish("fill", failing, environ=os.environ, folder=var, log=var / "log/setup.log")
    assert "    98\n" in str(caught.value)
    assert "    3\n" not in str(caught.value)


def test_what_a_command_says_of_its_progress_is_shown_and_kept(var: Path) -> None:
    shown: list[str] = []
    speaking = python("import sys; print('室場 1/2', file=sys.stderr); print('logins')")
    said = finish("fill", speaking, environ=os.environ, folder=var, log=var / "log/setup.log", show=shown.append)
    assert (said, shown) == ("logins\n", ["室場 1/2"])
    assert (var / "log/setup.log").read_text(encoding="utf-8") == "室場 1/2\nlogins\n"


def test_a_command_is_ended_when_we_are(var: Path) -> None:
    def interrupt(line: str) -> None:
        pids.append(int(line))
        raise KeyboardInterrupt

    pids: list[int] = []
    endless = python("import os, sys, time; print(os.getpid(), file=sys.stderr, flush=True); time.sleep(60)")
    with pytest.raises(KeyboardInterrupt):
        finish("fill", endless, environ=os.environ, folder=var, log=var / "log/setup.log", show=interrupt)
    assert not psutil.pid_exists(pids[0])


def test_a_process_is_stopped_at_the_end_of_the_block(var: Path) -> None:
    with child(var, "import time; print('up', flush=True); time.sleep(60)") as started:
        until_logged(started, "up")
        assert started.process.poll() is None
    assert started.process.poll() == -signal.SIGTERM
    assert not (var / "run/web").exists()


PARENT = "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, 'up', flush=True); time.sleep(60)"


def its_child(started: Child) -> psutil.Process:
    until_logged(started, "up")
    return psutil.Process(int(started.log.read_text(encoding="utf-8").split()[0]))


def has_ended(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        process.wait(10)
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_a_process_that_does_not_stop_is_ended_with_all_it_started(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.demo.children.PATIENCE", 0.2)
    with child(var, f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PARENT}") as started:
        grandchild = its_child(started)
    assert started.process.poll() == -signal.SIGKILL
    assert has_ended(grandchild)


def test_what_a_killed_process_had_started_is_ended_too(var: Path) -> None:
    with child(var, PARENT) as started:
        grandchild = its_child(started)
        started.process.kill()
        ended(started.process)
        assert grandchild.is_running()
    assert has_ended(grandchild)


def test_a_process_that_dies_is_told_with_the_end_of_its_log(var: Path) -> None:
    told = pytest.raises(DemoError, match=r"web ended with status 1\. The end of .*web\.log:\n    no such table")
    with child(var, "import sys; sys.exit('no such table')") as started, told:
        watch([started])


def test_ctrl_c_does_not_reach_a_process_by_the_terminal(var: Path) -> None:
    with child(var, "import time; time.sleep(60)") as started:
        assert os.getsid(started.process.pid) != os.getsid(0)


def test_what_a_killed_demo_left_is_ended_by_the_next(var: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as left:
        (var / "run/web").write_text(f"{left.pid} {psutil.Process(left.pid).create_time()}", encoding="utf-8")
        end_leftover(var / "run/web")
        assert not psutil.pid_exists(left.pid)
    assert not (var / "run/web").exists()


def test_a_process_that_only_has_the_same_number_is_left_alone(var: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        (var / "run/web").write_text(f"{other.pid} 1.0", encoding="utf-8")
        end_leftover(var / "run/web")
        assert other.poll() is None
        other.kill()


class Pages(http.server.BaseHTTPRequestHandler):
    """A city that sends from its first page to its log-in; another host has trouble."""

    def do_GET(self) -> None:
        redirects = self.path == "/"
        self.send_response(302 if redirects else 200 if self.headers["Host"].startswith("city.") else 500)
        if redirects:
            self.send_header("Location", "/login?next=%2F")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep the test's output quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        joined(thread)


def test_a_site_answers_when_its_host_does_behind_its_redirects(port: int) -> None:
    wait_for([Site("市", "city.localhost", port)], [])


def test_a_site_that_never_answers_as_it_should_is_told(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.demo.sites.PATIENCE", 0.3)
    with pytest.raises(DemoError, match=r"http://yoyaku\.localhost:\d+/ does not answer as it should: 500"):
        wait_for([Site("市民", "yoyaku.localhost", port)], [])


def test_the_wait_ends_when_a_process_dies(var: Path) -> None:
    with child(var, "raise SystemExit(3)") as started, pytest.raises(DemoError, match="web ended with status 3"):
        wait_for([Site("市民", "yoyaku.localhost", 1)], [started])
