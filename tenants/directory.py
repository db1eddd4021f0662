"""Hosts, open tenants and from where they are reached, remembered by each process for a few seconds.

Read through ``gate.directory()`` and ``gate.access()``, in one statement, before a role is chosen.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Final

from django.db import connection

from tenants.access import SHUT, Policy, policy_from

FRESH_SECONDS: Final = 5.0
READ: Final = """
SELECT host, schema_name, policy, 'active' FROM gate.directory() JOIN gate.access() USING (schema_name)
UNION ALL SELECT host, schema_name, NULL, state FROM gate.resting()
"""


@dataclass(frozen=True, slots=True)
class Directory:
    """One reading of the tenants that are open, and of their hosts."""

    read_at: float
    hosts: dict[str, str]
    policies: dict[str, Policy]
    """Schema -> from where its desk is reached, for every tenant at work."""
    resting: frozenset[str] = frozenset()
    """Hosts of the tenants that the city has suspended."""
    closed: frozenset[str] = frozenset()
    """Hosts and schemas of the tenants that the city has closed (a schema has no dot, a host has one)."""

    @property
    def schemas(self) -> frozenset[str]:
        """The schemas of the tenants at work."""
        return frozenset(self.policies)


_known: Directory | None = None
_before: Directory | None = None
"""What was known when it was forgotten: for requests that have begun."""


def schema_of_host(host: str) -> str | None:
    """The schema whose desk answers on ``host``, or None."""
    return current().hosts.get(host)


def is_resting(host: str) -> bool:
    """Whether ``host`` is of a tenant that the city has suspended."""
    return host in current().resting


def is_closed(name: str) -> bool:
    """Whether ``name`` is the host or the schema of a tenant that the city has closed."""
    return name in current().closed


def is_open(schema: str) -> bool:
    """Whether ``schema`` is that of a tenant at work."""
    return schema in current().policies


def policy_of(schema: str) -> Policy:
    """From where the desk of ``schema`` is reached: from nowhere, if it is closed since its host was asked for."""
    return current().policies.get(schema, SHUT)


def policy_in_request(schema: str) -> Policy:
    """The same inside a request, as it was when its host was asked for: a site's role cannot read it anew."""
    return (_known or _before or current()).policies.get(schema, SHUT)


def current() -> Directory:
    """The directory as it was at most ``FRESH_SECONDS`` ago."""
    global _known  # noqa: PLW0603  # one memory a process, replaced whole
    known = _known
    if known is None or time.monotonic() - known.read_at > FRESH_SECONDS:
        _known = known = _read()
    return known


def forget() -> None:
    """Read again at the next question (after provisioning in the same process)."""
    global _known, _before
    _before, _known = _known or _before, None


def _read() -> Directory:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        rows = cursor.fetchall()
    at_work = [(host, schema, policy) for host, schema, policy, state in rows if state == "active"]
    return Directory(
        read_at=time.monotonic(),
        hosts={host: schema for host, schema, _ in at_work if host},
        policies={schema: policy_from(json.loads(policy)) for _, schema, policy in at_work},
        resting=frozenset(host for host, _, _, state in rows if state == "suspended"),
        closed=frozenset(name for host, schema, _, state in rows if state == "closed" for name in (host, schema)),
    )
