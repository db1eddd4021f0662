"""The embedded servers, started for real: found ready, shared, stopped, and started again after every kind of end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from redis import Redis
from redis.exceptions import RedisError

from config.embedded import EmbeddedError, Endpoints, servers
from config.embedded.account import account_for
from config.env import SettingError, database
from tests.support.waiting import ended

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@contextmanager
def small_servers(var: Path) -> Iterator[Endpoints]:
    with servers(var, durable=False, shared_buffers_mb=16, environ={}) as endpoints:
        yield endpoints


class Holder:
    """Another command that uses the servers of ``var``, until ``leave`` or a signal."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.config.embedded_holder", str(var)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def endpoints(self) -> Endpoints:
        assert self.process.stdout
        return Endpoints(**json.loads(self.process.stdout.readline()))

    def leave(self) -> None:
        self.process.communicate(timeout=PATIENCE)

    def signal(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        self.leave()
        return self.process.returncode


@pytest.fixture
def holders() -> Iterator[Callable[[Path], Holder]]:
    with ExitStack() as stack:

        def start(var: Path) -> Holder:
            holder = Holder(var)
            stack.callback(holder.leave)
            return holder

        yield start


def database_answers(endpoints: Endpoints) -> bool:
    try:
        with psycopg.connect(endpoints.admin_url) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def broker_answers(endpoints: Endpoints) -> bool:
    with Redis.from_url(endpoints.redis_url) as client:
        try:
            return bool(client.ping())
        except RedisError:
            return False


def answers(endpoints: Endpoints) -> tuple[bool, bool]:
    return database_answers(endpoints), broker_answers(endpoints)


def postmaster(endpoints: Endpoints) -> psutil.Process:
    with psycopg.connect(endpoints.admin_url) as connection:
        row = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
        assert row
        return psutil.Process(int(row[0].split()[0]))


def note(endpoints: Endpoints, word: str) -> None:
    with psycopg.connect(endpoints.admin_url) as connection:
        connection.execute("CREATE TABLE note AS SELECT %s::text AS word", [word])
    with Redis.from_url(endpoints.redis_url) as client:
        client.set("note", word)


def noted(endpoints: Endpoints) -> tuple[object, object]:
    with psycopg.connect(endpoints.admin_url) as connection:
        row = connection.execute("SELECT word FROM note").fetchone()
    with Redis.from_url(endpoints.redis_url, decode_responses=True) as client:
        return (row[0] if row else None), client.get("note")


def test_both_answer_inside_the_block_and_neither_after_it(var: Path) -> None:
    with small_servers(var) as endpoints:
        assert answers(endpoints) == (True, True)
    assert answers(endpoints) == (False, False)


def test_an_exception_stops_them(var: Path) -> None:
    with pytest.raises(LookupError), small_servers(var) as endpoints:
        raise LookupError
    assert answers(endpoints) == (False, False)


def test_the_next_start_has_the_same_data(var: Path) -> None:
    with small_servers(var) as endpoints:
        note(endpoints, "体育館")
    with small_servers(var) as endpoints:
        assert noted(endpoints) == ("体育館", "体育館")


def test_the_settings_are_those_asked_for(var: Path) -> None:
    with (
        servers(var, durable=True, shared_buffers_mb=24, max_connections=37, environ={}) as endpoints,
        psycopg.connect(endpoints.admin_url) as connection,
    ):
        shown = [
            connection.execute(f"SHOW {name}").fetchone()
            for name in ("shared_buffers", "max_connections", "fsync", "listen_addresses", "server_encoding")
        ]
    assert shown == [("24MB",), ("37",), ("on",), ("",), ("UTF8",)]


def test_nobody_without_the_password_may_use_the_broker(var: Path) -> None:
    with small_servers(var) as endpoints:
        _, _, address = endpoints.redis_url.rpartition("@")
        with Redis.from_url(f"redis://{address}") as client, pytest.raises(RedisError):
            client.ping()


def test_only_the_servers_account_may_enter_the_sockets_folder(var: Path) -> None:
    with small_servers(var) as endpoints:
        socket = Path(str(conninfo_to_dict(endpoints.admin_url)["host"]))
        assert (socket.stat().st_mode & 0o777, socket.stat().st_uid) == (0o700, postmaster(endpoints).uids().effective)
    assert not socket.exists()


def test_postgresql_never_runs_as_root(var: Path) -> None:
    with small_servers(var) as endpoints:
        assert postmaster(endpoints).uids().effective != 0


def test_the_server_does_not_see_our_environment(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASHIKAN_SECRET_KEY", "hush-hush")
    with small_servers(var) as endpoints:
        assert "hush-hush" not in postmaster(endpoints).environ().values()


def test_a_second_command_joins_and_the_last_one_stops_them(var: Path, holders: Callable[[Path], Holder]) -> None:
    first, second = holders(var), holders(var)
    endpoints = first.endpoints()
    assert second.endpoints() == endpoints
    first.leave()
    assert answers(endpoints) == (True, True)
    second.leave()
    assert answers(endpoints) == (False, False)


def test_two_blocks_in_one_process_share_them(var: Path) -> None:
    with small_servers(var) as outer:
        with small_servers(var) as inner:
            assert inner == outer
        assert answers(outer) == (True, True)


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGHUP, 128 + signal.SIGHUP), (signal.SIGINT, -signal.SIGINT)],
)
def test_a_signal_that_ends_the_command_stops_them(
    number: signal.Signals, status: int, var: Path, holders: Callable[[Path], Holder]
) -> None:
    holder = holders(var)
    endpoints = holder.endpoints()
    assert holder.signal(number) == status
    assert answers(endpoints) == (False, False)


def test_a_killed_command_leaves_them_to_the_next(var: Path, holders: Callable[[Path], Holder]) -> None:
    holder = holders(var)
    endpoints = holder.endpoints()
    holder.signal(signal.SIGKILL)
    with small_servers(var) as joined:
        assert joined == endpoints
    assert answers(endpoints) == (False, False)


def test_a_killed_database_server_starts_again_with_what_was_committed(var: Path) -> None:
    with servers(var, durable=True, shared_buffers_mb=16, environ={}) as endpoints:
        note(endpoints, "和室")
        postmaster(endpoints).kill()
    with small_servers(var) as endpoints:
        assert noted(endpoints) == ("和室", "和室")


def test_a_pid_file_whose_number_went_to_another_process_does_not_stop_the_start(var: Path) -> None:
    with small_servers(var) as endpoints:
        postmaster(endpoints).kill()
    account, pid_file = account_for(var / "postgres"), var / "postgres/data/postmaster.pid"
    other = subprocess.Popen(["sleep", "60"], user=account.uid, cwd="/")
    try:
        pid_file.write_text("\n".join([str(other.pid), *pid_file.read_text().splitlines()[1:]]))
        with small_servers(var) as endpoints:
            assert database_answers(endpoints)
        assert other.poll() is None
    finally:
        other.kill()
        ended(other)


def test_a_killed_broker_starts_again(var: Path) -> None:
    with small_servers(var):
        psutil.Process(int((var / "valkey/pid").read_text())).kill()
    with small_servers(var) as endpoints:
        assert broker_answers(endpoints)


def test_a_deep_path_with_blanks_and_quotes_is_no_hindrance(var: Path) -> None:
    deep = var.parent / "貸館 を'試す\"" / ("deep " * 20) / ("deeper" * 15) / "var"
    deep.mkdir(parents=True)
    with small_servers(deep) as endpoints:
        assert answers(endpoints) == (True, True)


def test_a_folder_that_is_closed_to_other_accounts_stays_closed_and_works(var: Path) -> None:
    closed = var.parent / "closed"
    closed.mkdir(mode=0o700)
    try:
        with small_servers(closed / "var") as endpoints:
            note(endpoints, "舞台")
        with small_servers(closed / "var") as endpoints:
            assert noted(endpoints) == ("舞台", "舞台")
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        home = closed / "var/postgres/home"
        if home.exists():
            shutil.rmtree(home.resolve())


def test_a_start_that_fails_shows_the_servers_words(var: Path) -> None:
    with small_servers(var):
        pass
    (var / "postgres/data/PG_VERSION").write_text("9.6\n")
    with pytest.raises(EmbeddedError, match=r"did not start(.|\n)*version 9\.6") as caught, small_servers(var):
        pass
    assert str(var) in str(caught.value)


def test_servers_named_by_the_environment_are_taken_as_they_are(var: Path) -> None:
    with small_servers(var) as real:
        environ = {"DATABASE_ADMIN_URL": real.admin_url, "REDIS_URL": real.redis_url}
        with servers(var / "other", environ=environ) as endpoints:
            assert endpoints == real
        assert not (var / "other").exists()
        assert answers(real) == (True, True)


def test_a_database_url_alone_names_the_superuser_too(var: Path) -> None:
    with small_servers(var) as real:
        environ = {"DATABASE_URL": real.admin_url, "REDIS_URL": real.redis_url}
        with servers(var / "other", environ=environ) as endpoints:
            assert endpoints == real


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_ADMIN_URL", "postgresql://hush-hush@127.0.0.1:1/none"),
        ("REDIS_URL", "redis://:hush-hush@127.0.0.1:1"),
    ],
)
def test_a_named_server_that_does_not_answer_is_told_by_name(name: str, url: str, var: Path) -> None:
    environ = {"REDIS_URL": "redis://127.0.0.1:1", name: url}
    refusal = pytest.raises(SettingError, match=f"^{name} names a server that does not answer")
    with refusal as caught, servers(var, environ=environ):
        pass
    assert "hush-hush" not in str(caught.value)


def test_another_roles_url_keeps_the_server_and_quotes_what_it_must() -> None:
    endpoints = Endpoints(admin_url="postgresql://postgres:old@db.example:5433/postgres?sslmode=require", redis_url="")
    url = endpoints.login_url(role="kashikan_web", password="p@ss/ w&rd", database="kashikan")
    assert database(url) == url
    assert conninfo_to_dict(url) == {
        "host": "db.example",
        "port": "5433",
        "sslmode": "require",
        "user": "kashikan_web",
        "password": "p@ss/ w&rd",
        "dbname": "kashikan",
    }
