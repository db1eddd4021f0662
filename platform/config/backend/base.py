"""PostgreSQL backend that sets role and search path in one round trip.

It extends django-tenants' backend, which knows schemas but no roles. The scope is applied again at the
start of every unit of work, outside any transaction, so that neither a rollback nor a statement of the
previous unit can leave another role behind.
"""

from __future__ import annotations

from typing import Any

from django_tenants.postgresql_backend.base import DatabaseWrapper as SchemaWrapper
from django_tenants.postgresql_backend.base import FakeTenant

from tenants.scope import NOBODY, OWNER, SHARED_SCHEMA, Scope, ScopeError, owner_scope

APPLY_SCOPE = (
    "SELECT set_config('role', %s, false), set_config('search_path', %s, false), "
    "set_config('kashikan.account', %s, false)"
)


class DatabaseWrapper(SchemaWrapper):  # type: ignore[misc]  # django-tenants has no types
    """A connection whose statements always run in a known ``scope``."""

    scope: Scope = NOBODY
    _applied: Scope | None = None
    _setting_search_path: bool

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        if alias == OWNER:
            self.enter(owner_scope())

    def enter(self, scope: Scope) -> None:
        """Change to ``scope`` before the next statement; ``ScopeError`` inside a transaction."""
        if scope != self.scope and self._is_in_transaction():
            raise ScopeError("a unit of work cannot change its role or schema inside a transaction")
        self.scope = scope
        self._applied = None
        super().set_tenant(FakeTenant(schema_name=scope.schema or SHARED_SCHEMA))

    def _is_in_transaction(self) -> bool:
        """Also one begun by hand: PostgreSQL would undo a change of scope with it, and we would not notice."""
        return self.in_atomic_block or (self.connection is not None and not self.autocommit)

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """django-tenants' own entry: the schema changes, the role stays the login's."""
        if getattr(self, "_ready", False):
            self.enter(Scope(role=self.scope.role, schema=tenant.schema_name))
        else:
            super().set_tenant(tenant, include_public)
            self._ready = True

    def connect(self) -> None:
        self._applied = None
        super().connect()

    def close(self) -> None:
        self._applied = None
        super().close()

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        """Apply the scope before a transaction begins: what a rollback cannot undo need not be redone."""
        if not autocommit:
            self.ensure_connection()
            with self.wrap_database_errors, self.cursor():
                pass
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self._applied == self.scope or self._setting_search_path:
            return
        self._setting_search_path = True
        try:
            account = str(self.scope.account) if self.scope.account else ""
            values = [self.scope.role or "none", self.scope.search_path, account]
            if cursor is None:
                with self.connection.cursor() as own:
                    own.execute(APPLY_SCOPE, values)
            else:
                cursor.execute(APPLY_SCOPE, values)
            self._applied = self.scope
        finally:
            self._setting_search_path = False
