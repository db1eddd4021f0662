"""Who still uses a server: counted by file locks, which the kernel releases however a command dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from config.embedded.errors import EmbeddedError
from config.embedded.signals import undisturbed


class Server(Protocol):
    """A server whose files are in ``folder``. ``ensure`` and ``stop`` are called by one command at a time."""

    @property
    def folder(self) -> Path: ...

    def ensure(self) -> str:
        """Start the server unless it runs; its URL, once it has answered."""

    def stop(self) -> None:
        """Stop the server if it runs."""


@contextmanager
def in_use(server: Server) -> Iterator[str]:
    """Have ``server`` run until the last of all the blocks, in whatever processes, has ended. Yields its URL.

    Every user holds a shared lock; who leaves and can make it exclusive is the last. Both steps are taken behind a
    gate, so that nobody joins a server that is being stopped.
    """
    _make_folder(server.folder)
    with _opened(server.folder / "users.lock") as users, _opened(server.folder / "gate.lock") as gate:
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_SH)
            url = server.ensure()
            fcntl.flock(gate, fcntl.LOCK_UN)
            yield url
        finally:
            with undisturbed():
                fcntl.flock(gate, fcntl.LOCK_EX)
                if _is_last(users):
                    server.stop()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except PermissionError:
        raise EmbeddedError(_not_ours(folder)) from None


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        raise EmbeddedError(_not_ours(path.parent)) from None
    try:
        yield handle
    finally:
        os.close(handle)


def _not_ours(folder: Path) -> str:
    return (
        f"{folder} belongs to another account, probably since a command was run there with sudo. "
        "Run this command as that account, or remove the folder."
    )


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
