"""Units of work, as the tests write them: ``with as_tenant("chuo"): ...``."""

from __future__ import annotations

from contextlib import AbstractContextManager
from uuid import UUID

from tenants.scope import (
    OWNER,
    SHARED_SCHEMA,
    city_scope,
    desk_scope,
    owner_scope,
    portal_scope,
    unit_of_work,
)


def as_tenant(schema: str) -> AbstractContextManager[None]:
    """As a facility's staff at their desk."""
    return unit_of_work(desk_scope(schema))


def as_portal(schema: str = SHARED_SCHEMA, account: UUID | None = None) -> AbstractContextManager[None]:
    """As a citizen's request, across facilities or at one; with ``account`` as one who has signed in."""
    return unit_of_work(portal_scope(schema, account))


def as_city() -> AbstractContextManager[None]:
    """As the city's staff."""
    return unit_of_work(city_scope())


def as_owner(schema: str = SHARED_SCHEMA) -> AbstractContextManager[None]:
    """As the owner, on the connection ``owner``: say ``.using("owner")``."""
    return unit_of_work(owner_scope(schema), alias=OWNER)
