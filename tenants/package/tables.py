"""Which tables and columns a package holds: all that the tenant's own role may read, but for what is kept back.

An application keeps back secrets and what is made anew from other rows, in ``AppConfig.not_packaged``: table -> its
columns, or ``EVERYTHING``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import connection
from django.db.models import Model

from tenants.package.manifest import Column
from tenants.rights import EVERYTHING, rights_in
from tenants.scope import SHARED_SCHEMA

READABLE_COLUMNS: Final = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), coalesce(k.is_key, false)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
LEFT JOIN LATERAL (
    SELECT true AS is_key FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)
) k ON true
WHERE c.relkind IN ('r', 'p') AND n.nspname = %s AND has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY c.relname, a.attnum
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A table to be written."""

    schema: str
    name: str
    columns: tuple[Column, ...]
    left_out: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def file(self) -> str:
        """Its file in the package."""
        place = "shared" if self.schema == SHARED_SCHEMA else "tenant"
        return f"{place}/{self.name}.csv"


def kept_back() -> Mapping[str, tuple[str, ...]]:
    """Table -> columns that no package holds, from every application."""
    found: dict[str, tuple[str, ...]] = {}
    for config in apps.get_app_configs():
        found |= getattr(config, "not_packaged", {})
    return found


def sources(schema: str) -> tuple[list[Source], list[str]]:
    """What is written of ``schema``, and the tables that are kept back whole. As the tenant's role; two statements.

    Of the shared schema: the tables in which the tenant's role reaches its own rows only.
    """
    back = kept_back()
    own = _readable(schema)
    shared = {name: columns for name, columns in _readable(SHARED_SCHEMA).items() if name in _tables_with_own_rows()}
    found = [
        _source(place, name, columns, back.get(name, ()))
        for place, tables in ((schema, own), (SHARED_SCHEMA, shared))
        for name, columns in tables.items()
        if back.get(name) != EVERYTHING
    ]
    return found, sorted(name for name in (*own, *shared) if back.get(name) == EVERYTHING)


def label_of(table: str) -> str:
    """What a table is called, in Japanese, where its model's docstring says so; else its name."""
    model = _models().get(table)
    return str(model._meta.verbose_name) if model else table


def _readable(schema: str) -> dict[str, list[tuple[str, str, bool]]]:
    found: dict[str, list[tuple[str, str, bool]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(READABLE_COLUMNS, [schema])
        for table, column, kind, is_key in cursor.fetchall():
            found.setdefault(table, []).append((column, kind, is_key))
    return found


def _tables_with_own_rows() -> set[str]:
    return {
        name
        for name, rights in rights_in(SHARED_SCHEMA).items()
        if rights.tenant and any(rule.role == "tenant" for rule in rights.rows)
    }


def _source(schema: str, name: str, columns: list[tuple[str, str, bool]], back: tuple[str, ...]) -> Source:
    labels = _labels(name)
    shown = [one for one in columns if one[0] not in back]
    kept = tuple(Column(column, kind, labels.get(column, column)) for column, kind, _key in shown)
    key = tuple(column for column, _kind, is_key in shown if is_key)
    left_out = tuple(column for column, _kind, _key in columns if column in back)
    return Source(schema, name, kept, left_out, key or tuple(column.name for column in kept))


def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _labels(table: str) -> dict[str, str]:
    model = _models().get(table)
    if model is None:
        return {}
    return {field.column: str(field.verbose_name) for field in model._meta.concrete_fields if field.column}
