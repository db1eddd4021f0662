"""Hosts and open tenants, remembered by each process for a few seconds.

Read through ``gate.directory()``, the only thing that a login may call before it has chosen a role.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from django.db import connection

FRESH_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Directory:
    """One reading of the tenants that are open, and of their hosts."""

    read_at: float
    hosts: dict[str, str]
    schemas: frozenset[str]


_known: Directory | None = None


def schema_of_host(host: str) -> str | None:
    """The schema whose desk answers on ``host``, or None."""
    return current().hosts.get(host)


def is_open(schema: str) -> bool:
    """Whether ``schema`` is that of a tenant at work."""
    return schema in current().schemas


def current() -> Directory:
    """The directory as it was at most ``FRESH_SECONDS`` ago."""
    global _known  # noqa: PLW0603  # one memory a process, replaced whole
    if _known is None or time.monotonic() - _known.read_at > FRESH_SECONDS:
        _known = _read()
    return _known


def forget() -> None:
    """Read again at the next question (after provisioning in the same process)."""
    global _known  # noqa: PLW0603
    _known = None


def _read() -> Directory:
    with connection.cursor() as cursor:
        cursor.execute("SELECT host, schema_name FROM gate.directory()")
        rows = cursor.fetchall()
    return Directory(
        time.monotonic(), {host: schema for host, schema in rows if host}, frozenset(row[1] for row in rows)
    )
