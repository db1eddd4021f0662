"""Cache keys carry the scope: what one role cached in one schema is never another's."""

from __future__ import annotations

from tenants.scope import scoped_connection


def scoped_key(key: str, key_prefix: str, version: int) -> str:
    """Django's ``KEY_FUNCTION``: role and schema of the unit of work stand before the key."""
    scope = scoped_connection().scope
    return f"{key_prefix}:{scope.role or 'nobody'}:{scope.schema}:{version}:{key}"
