"""PostgreSQL and Valkey from their wheels, for a laptop, the demo and the tests.

``servers`` starts them under a folder, or joins those that another command has started there, and the last
command that leaves stops them. The environment replaces either by a real server: ``DATABASE_ADMIN_URL`` (else
``DATABASE_URL``) and ``REDIS_URL``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

from config.embedded.errors import EmbeddedError
from config.embedded.given import given_broker, given_database
from config.embedded.postgres import Postgres
from config.embedded.signals import ended_by_signals
from config.embedded.usage import in_use
from config.embedded.valkey import Valkey

__all__ = ["EmbeddedError", "Endpoints", "servers"]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the servers are."""

    admin_url: str = field(repr=False)
    """libpq URL of a superuser."""
    redis_url: str = field(repr=False)

    def login_url(self, *, role: str, password: str, database: str) -> str:
        """libpq URL of another role and database on the same server."""
        parts = {**conninfo_to_dict(self.admin_url), "user": role, "password": password}
        parts.pop("dbname", None)
        return f"postgresql:///{quote(database)}?{urlencode(parts, quote_via=quote)}"


@contextmanager
def servers(
    var: Path,
    *,
    durable: bool = True,
    shared_buffers_mb: int = 128,
    max_connections: int = 200,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Endpoints]:
    """Have a database server and a broker, both found ready, until the block ends.

    The block ends by itself, by an exception, or by SIGINT, SIGTERM or SIGHUP, which become ``SystemExit`` in the
    main thread. A command killed outright leaves its servers to the next one, which joins and stops them.

    ``durable=False`` trades safety at a power cut for speed: tests only. A command that joins takes the servers as
    they are. ``EmbeddedError`` or ``SettingError`` say in a sentence why there are none.
    """
    postgres = Postgres(
        folder=var.absolute() / "postgres",
        durable=durable,
        shared_buffers_mb=shared_buffers_mb,
        max_connections=max_connections,
    )
    with ExitStack() as stack:
        stack.enter_context(ended_by_signals())
        admin_url = given_database(environ) or stack.enter_context(in_use(postgres))
        redis_url = given_broker(environ) or stack.enter_context(in_use(Valkey(var.absolute() / "valkey")))
        yield Endpoints(admin_url=admin_url, redis_url=redis_url)
