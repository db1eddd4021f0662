"""A template database, built once for each state of the code that shapes it, and its clones.

Roles belong to the cluster: all clones share the tenants' roles, so a new template can only be built when no clone of
an older one is in use. A lock that every run shares tells.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import psycopg
from psycopg import sql

from config.database import OWNER_LOGIN, make_database

ROOT: Final = Path(__file__).resolve().parents[2]
LOCKS: Final = ROOT / "var" / "test"
SHAPERS: Final = (
    "*/**/migrations/*.py",
    "*/**/apps.py",
    "*/**/*_apps.py",
    "*/**/*rights.py",
    "*/**/retention*.py",
    "tenants/*.py",
    "platform/config/database.py",
    "platform/config/settings.py",
    "platform/config/backend/*.py",
    "tests/support/databases.py",
    "tests/support/template.*",
)
"""Files that decide what is in the template."""
OURS: Final = "kashikan\\_test\\_%"


@contextmanager
def template(admin_url: str, known: str | None) -> Iterator[str]:
    """The name of the template, kept until the block ends. ``known`` is one that another process keeps for us."""
    if known:
        yield known
        return
    name = f"kashikan_test_template_{shape()}"
    with _lock("gate") as gate, _lock("runs") as runs:
        fcntl.flock(gate, fcntl.LOCK_EX)
        with psycopg.connect(admin_url, autocommit=True) as admin:
            if not _exists(admin, name):
                fcntl.flock(runs, fcntl.LOCK_EX)
                _build(admin, admin_url, name)
        fcntl.flock(runs, fcntl.LOCK_SH)
        fcntl.flock(gate, fcntl.LOCK_UN)
        yield name


@contextmanager
def clone(admin_url: str, source: str, *, worker: str) -> Iterator[str]:
    """A fresh copy of the template, dropped when the block ends."""
    name = f"kashikan_test_{worker}_{os.getpid()}"
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _run(admin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)  # of a killed run, whose number has come again
        _run(admin, "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY", name, OWNER_LOGIN, source)
        make_database(admin, name)  # a copy does not inherit who may connect
    try:
        yield name
    finally:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            _run(admin, "DROP DATABASE {} WITH (FORCE)", name)


def shape() -> str:
    """A short hash over all that decides what is in the template."""
    found = sorted({path for pattern in SHAPERS for path in ROOT.glob(pattern) if not _is_foreign(path)})
    digest = hashlib.sha256()
    for path in found:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _is_foreign(path: Path) -> bool:
    return path.relative_to(ROOT).parts[0] in {"var", "build", "dist"} or any(
        part.startswith(".") for part in path.relative_to(ROOT).parts
    )


def _build(admin: psycopg.Connection, admin_url: str, name: str) -> None:
    """Build under another name until it is whole."""
    _remove_all(admin)
    unfinished = f"{name}_unfinished"
    subprocess.run(  # in a process of its own: Django's settings name one database
        [sys.executable, "-m", "tests.support.template", admin_url, unfinished],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])},
        check=True,
    )
    _run(admin, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", unfinished)
    _run(admin, "ALTER DATABASE {} RENAME TO {}", unfinished, name)


def _remove_all(admin: psycopg.Connection) -> None:
    """Databases and tenants' roles of older templates, and of runs that were killed."""
    found = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [OURS]).fetchall()
    for (database,) in found:
        _run(admin, "DROP DATABASE {} WITH (FORCE)", database)
    for (role,) in admin.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'tenant\\_%'").fetchall():
        _run(admin, "DROP ROLE {}", role)


def _exists(admin: psycopg.Connection, database: str) -> bool:
    return admin.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


def _run(admin: psycopg.Connection, statement: str, *names: str) -> None:
    admin.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


@contextmanager
def _lock(name: str) -> Iterator[IO[str]]:
    LOCKS.mkdir(parents=True, exist_ok=True)
    with (LOCKS / f"{name}.lock").open("w", encoding="utf-8") as file:
        yield file
