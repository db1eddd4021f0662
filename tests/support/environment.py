"""The servers and the environment variables of a test run. Nothing here imports Django.

PostgreSQL and Valkey are embedded under ``var/test``, or taken from ``KASHIKAN_TEST_ADMIN_URL`` (a superuser's, of a
cluster that serves tests alone: roles are made and dropped in it) and ``KASHIKAN_TEST_REDIS_URL``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from psycopg.conninfo import conninfo_to_dict

from config.database import OWNER_LOGIN, WEB_LOGIN
from config.embedded import Endpoints, servers
from tests.support import databases

ROOT: Final = Path(__file__).resolve().parents[2]
VAR: Final = ROOT / "var" / "test"
ADMIN_URL: Final = "KASHIKAN_TEST_ADMIN_URL"
REDIS_URL: Final = "KASHIKAN_TEST_REDIS_URL"
TEMPLATE: Final = "KASHIKAN_TEST_TEMPLATE"
"""Set for the workers of pytest-xdist by the process that distributes."""
PASSWORD: Final = "only-for-tests"


@contextmanager
def prepared_servers() -> Iterator[tuple[Endpoints, str]]:
    """Have the servers and the template database until the block ends, and let child processes find them."""
    with _servers() as endpoints, databases.template(endpoints.admin_url, os.environ.get(TEMPLATE)) as template:
        os.environ.update({ADMIN_URL: endpoints.admin_url, REDIS_URL: endpoints.redis_url, TEMPLATE: template})
        yield endpoints, template


@contextmanager
def prepared_database(worker: str) -> Iterator[None]:
    """Have a database of this process's own and all variables of ``config.env``, until the block ends.

    ``worker`` is pytest-xdist's name of this process, or empty.
    """
    with (
        prepared_servers() as (endpoints, template),
        databases.clone(endpoints.admin_url, template, worker=worker or "main") as database,
    ):
        tell(variables(endpoints, database=database, worker=worker))
        yield


def variables(endpoints: Endpoints, *, database: str, worker: str = "") -> dict[str, str]:
    """The environment of a process of the product that works in ``database``."""
    number = int(found[0]) + 1 if (found := re.findall(r"\d+", worker)) else 0
    return {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": login_url(endpoints.admin_url, WEB_LOGIN, database),
        "DATABASE_OWNER_URL": login_url(endpoints.admin_url, OWNER_LOGIN, database),
        "REDIS_URL": urlsplit(endpoints.redis_url)._replace(path=f"/{number}").geturl(),
        "KASHIKAN_SECRET_KEY": "a key for tests alone, known to everybody",
        "KASHIKAN_SENIOR_KEYS": "test:a25vd24gdG8gZXZlcnlib2R5LCBmb3IgdGVzdHMgMSE=",
        "KASHIKAN_MAIL_URL": (VAR / "mail" / (worker or "main")).as_uri(),
    }


def login_url(admin_url: str, login: str, database: str) -> str:
    """The URL of ``database`` on the server of ``admin_url``, for another login."""
    parts = conninfo_to_dict(admin_url)
    rest = {key: str(value) for key, value in parts.items() if key not in {"user", "password", "dbname"}}
    return f"postgresql://{quote(login)}:{quote(PASSWORD)}@/{quote(database)}?{urlencode(rest)}"


@contextmanager
def _servers() -> Iterator[Endpoints]:
    named = {"DATABASE_ADMIN_URL": ADMIN_URL, "REDIS_URL": REDIS_URL}
    environ = {name: os.environ[ours] for name, ours in named.items() if ours in os.environ}
    with servers(VAR, durable=False, environ=environ) as endpoints:
        yield endpoints


def tell(values: Mapping[str, str]) -> None:
    """Put ``values`` into the environment; the product's variables of the person who tests stay out."""
    for name in [name for name in os.environ if name.startswith("KASHIKAN_") and not name.startswith("KASHIKAN_TEST_")]:
        del os.environ[name]
    os.environ.update(values)
