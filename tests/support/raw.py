"""PostgreSQL without Django: what ``psql`` would see."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.support.environment import ADMIN_URL


@contextmanager
def raw(role: str = "", *, schema: str = "", account: UUID | None = None) -> Iterator[psycopg.Connection]:
    """Logged in as ``kashikan_web``, then ``SET ROLE``; without ``role`` the bare login. Autocommit.

    ``schema`` is put first on the search path; ``account`` is the citizen whose rows the portal's role may see.
    """
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        if role:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        if schema:
            path = sql.SQL("SET search_path = {}, shared, extensions").format(sql.Identifier(schema))
            connection.execute(path)
        connection.execute("SELECT set_config('kashikan.account', %s, false)", [str(account or "")])
        yield connection


@contextmanager
def raw_owner() -> Iterator[psycopg.Connection]:
    """Logged in as ``kashikan_owner``. Autocommit."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


@contextmanager
def raw_superuser() -> Iterator[psycopg.Connection]:
    """Logged in as the superuser, whom no rule stops. Autocommit."""
    database = conninfo_to_dict(os.environ["DATABASE_URL"])["dbname"]
    with psycopg.connect(make_conninfo(os.environ[ADMIN_URL], dbname=database), autocommit=True) as connection:
        yield connection


@contextmanager
def raw_cleaning() -> Iterator[Callable[[], None]]:
    """``clean()`` empties all tables and puts the tenants back, in a session of its own that keeps its plans."""
    with raw_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '5s'")

        def clean() -> None:
            connection.execute("SELECT testing.clean()")

        yield clean
