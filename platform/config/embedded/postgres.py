"""The embedded PostgreSQL: one cluster in a folder, reached through a private socket, never through the network."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psutil
import psycopg

from config.embedded.account import Account, account_for, home_for, programs_for
from config.embedded.errors import EmbeddedError, tail
from config.embedded.process import end, running

PATIENCE: Final = 60.0
"""Seconds for a start, which recovers first if the last stop was a crash, and for a stop."""
ORPHANS: Final = "pre-existing shared memory block"
"""What PostgreSQL says while sessions of a killed server have not noticed yet that it is gone."""
NO_PROCESS: Final = 2**31 - 1
"""A number beyond every system's largest process number."""
PORT: Final = 5432
SOCKET_ROOM: Final = 103 - len(f"/kashikan-12345678/.s.PGSQL.{PORT}")
"""Bytes that the limit for a socket's path, 103 to 107 by system, leaves to the folder for temporary files."""
SETTINGS: Final = """\
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = {connections}
max_locks_per_transaction = 256 # a view over all tenants locks every one's tables at once
shared_buffers = {buffers}MB
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = {durable}
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """A cluster in ``folder``. Whoever may enter the socket's folder is trusted, and only its owner may."""

    folder: Path
    durable: bool
    shared_buffers_mb: int
    max_connections: int

    def ensure(self) -> str:
        """Start the server unless it runs; its superuser's URL, once it has answered."""
        if self._process() is None:
            self._start()
        return self._answering()

    def stop(self) -> None:
        """Stop the server if it runs: sessions are ended, what was committed is on disk."""
        if process := self._process():
            end(process, politely=signal.SIGINT, firmly=signal.SIGQUIT, patience=PATIENCE)
        self._remove_socket_folder()

    @cached_property
    def _account(self) -> Account:
        return account_for(self.folder)

    @cached_property
    def _home(self) -> Path:
        return home_for(self._account, self.folder)

    @property
    def _data(self) -> Path:
        return self._home / "data"

    @property
    def _log(self) -> Path:
        return self._home / "log"

    @property
    def _pid_file(self) -> Path:
        return self._data / "postmaster.pid"

    def _process(self) -> psutil.Process | None:
        return running(self._pid_file, program="postgres", folder=self._data)

    def _start(self) -> None:
        if not self._data.exists():
            self._make_cluster()
        self._forget_process()
        settings = self._home / "postgresql.conf"
        settings.write_text(self._settings(self._make_socket_folder()), encoding="utf-8")
        settings.chmod(0o644)
        deadline = time.monotonic() + PATIENCE
        options = f"-c config_file={shlex.quote(str(settings))}"
        while not self._run("pg_ctl", "start", "-w", "-t", str(int(PATIENCE)), "-D", "data", "-o", options):
            if ORPHANS not in tail(self._log) or time.monotonic() > deadline:
                raise self._failure("did not start")
            time.sleep(0.5)

    def _settings(self, socket: Path) -> str:
        return SETTINGS.format(
            port=PORT,
            socket=str(socket).replace("'", "''"),
            connections=self.max_connections,
            buffers=self.shared_buffers_mb,
            durable="on" if self.durable else "off",
        )

    def _make_cluster(self) -> None:
        """Make the cluster under another name until it is whole, so that a killed start leaves no half of one."""
        unfinished = self._home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        self._account.owns(unfinished)
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        trust = ("--username=postgres", "--auth-local=trust", "--auth-host=reject")
        safety = () if self.durable else ("--no-sync",)
        if not self._run("initdb", "-D", unfinished.name, *locale, *trust, *safety):
            raise self._failure("could not make its cluster")
        unfinished.rename(self._data)

    def _run(self, program: str, *arguments: str) -> bool:
        """Run one of PostgreSQL's programs in the home, its words going to the log; whether it succeeded."""
        command = [str(programs_for(self._account) / program), *arguments]
        self._log.touch(mode=0o600)
        with self._log.open("ab") as output:
            return self._account.run(command, folder=self._home, output=output).returncode == 0

    def _forget_process(self) -> None:
        """Let the pid file of a killed server name no process: its number may have gone to somebody else's.

        The rest of the file stays, since PostgreSQL finds the killed server's orphans by it.
        """
        try:
            handle = os.open(self._pid_file, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            return
        with os.fdopen(handle, "r+", encoding="utf-8") as file:
            _, *rest = file.read().split("\n")
            file.seek(0)
            file.truncate()
            file.write("\n".join([str(NO_PROCESS), *rest]))

    def _make_socket_folder(self) -> Path:
        """A folder of a name that nobody guesses: a checkout's own path may be longer than a socket's may be."""
        self._remove_socket_folder()
        folder = Path(tempfile.mkdtemp(prefix="kashikan-", dir=self._short_folder()))
        self._account.owns(folder)
        (self._home / "socket").write_text(str(folder), encoding="utf-8")
        return folder

    def _short_folder(self) -> str:
        for folder in (tempfile.gettempdir(), "/tmp"):  # noqa: S108  # what is made in it is private
            if len(os.fsencode(folder)) <= SOCKET_ROOM and self._account.reaches(Path(folder)):
                return folder
        raise EmbeddedError("No folder is fit for PostgreSQL's socket: set TMPDIR to one with a short path.")

    def _remove_socket_folder(self) -> None:
        note = self._home / "socket"
        if note.exists():
            shutil.rmtree(note.read_text(encoding="utf-8"), ignore_errors=True)
            note.unlink()

    def _answering(self) -> str:
        """The superuser's URL, when a connection has succeeded."""
        socket = (self._home / "socket").read_text(encoding="utf-8")
        url = f"postgresql://postgres@/postgres?host={quote(socket)}&port={PORT}"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(url, connect_timeout=5).close()
            except psycopg.OperationalError:
                if self._process() is None or time.monotonic() > deadline:
                    raise self._failure("does not answer") from None
                time.sleep(0.05)
            else:
                return url

    def _failure(self, what: str) -> EmbeddedError:
        return EmbeddedError(f"The embedded PostgreSQL {what}. The end of {self._log}:\n{tail(self._log)}")
