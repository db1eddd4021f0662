"""The scope of a unit of work: as which PostgreSQL role, in which schema, for which citizen.

A request, a task or a command runs as exactly one role. The role and the search path are set in one
round trip before the first statement; the database, not this code, refuses what the role may not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol, cast
from uuid import UUID

from django.db import connections

SHARED_SCHEMA: Final = "shared"
EXTENSIONS_SCHEMA: Final = "extensions"
PORTAL_ROLE: Final = "kashikan_portal"
CITY_ROLE: Final = "kashikan_city"
OWNER: Final = "owner"
"""Alias of the connection that logs in as ``kashikan_owner``: migrations and provisioning only."""


class ScopeError(RuntimeError):
    """A unit of work tried to change its role or schema half-way. Always a bug."""


@dataclass(frozen=True, slots=True)
class Scope:
    """As whom and where a unit of work runs. An empty ``role`` is the login itself."""

    role: str
    schema: str
    account: UUID | None = None

    @property
    def search_path(self) -> str:
        """The value of ``search_path``: the own schema first, then what is shared."""
        if not self.schema:
            return "pg_catalog"
        schemas = dict.fromkeys([self.schema, SHARED_SCHEMA, EXTENSIONS_SCHEMA])
        return ", ".join(f'"{name}"' for name in schemas)


NOBODY: Final = Scope(role="", schema="")
"""No role chosen: the login owns nothing and reads nothing."""


def tenant_role(schema: str) -> str:
    """The role that may read and write the tenant schema ``schema``."""
    return f"tenant_{schema}"


def desk_scope(schema: str) -> Scope:
    """A facility's staff (窓口) at work in their own schema."""
    return Scope(role=tenant_role(schema), schema=schema)


def portal_scope(schema: str = SHARED_SCHEMA, account: UUID | None = None) -> Scope:
    """A citizen's request (市民), across facilities or at one of them."""
    return Scope(role=PORTAL_ROLE, schema=schema, account=account)


def city_scope() -> Scope:
    """City staff (市) at the central site."""
    return Scope(role=CITY_ROLE, schema=SHARED_SCHEMA)


def owner_scope(schema: str = SHARED_SCHEMA) -> Scope:
    """The owner's own login, for migrations and provisioning in ``schema``."""
    return Scope(role="", schema=schema)


class ScopedConnection(Protocol):
    """What this package needs of the database backend (``config.backend``)."""

    scope: Scope

    def enter(self, scope: Scope) -> None: ...


def scoped_connection(alias: str = "default") -> ScopedConnection:
    """The connection ``alias`` of this thread, seen as one that has a scope."""
    return cast("ScopedConnection", connections[alias])


def enter(scope: Scope, *, alias: str = "default") -> None:
    """Begin to work in ``scope``. Raises ``ScopeError`` inside a transaction."""
    scoped_connection(alias).enter(scope)


@contextmanager
def unit_of_work(scope: Scope, *, alias: str = "default") -> Iterator[None]:
    """Run the block in ``scope``, and leave the connection without any right afterwards."""
    connection = scoped_connection(alias)
    before = connection.scope
    connection.enter(scope)
    try:
        yield
    finally:
        connection.enter(before)
