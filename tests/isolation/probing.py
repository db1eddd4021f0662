"""What a role may really do: every statement is sent to PostgreSQL, and undone when it was allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
from psycopg import errors, sql

from tests.support.raw import raw

RELATIONS = """
SELECT n.nspname, c.relname,
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^(pg_|information_schema$)'
ORDER BY 1, 2
"""


NO_TABLE = (errors.ObjectNotInPrerequisiteState, errors.WrongObjectType)
"""What PostgreSQL says when a view over several tables is to be written."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view of the live catalogue."""

    schema: str
    name: str
    columns: Sequence[str]

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)


def relations(superuser: psycopg.Connection) -> list[Relation]:
    """All tables and views that are not PostgreSQL's own."""
    return [Relation(*row) for row in superuser.execute(RELATIONS)]


class Probe:
    """Tries statements on a connection, in a transaction that has the savepoint ``untouched``."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def is_refused(self, statement: sql.Composable) -> bool:
        """Whether PostgreSQL refuses the privilege. Ran, or failed at a row of data, means that it does not."""
        try:
            self._connection.execute(sql.SQL("ROLLBACK TO SAVEPOINT untouched; ") + statement)
        except errors.InsufficientPrivilege as error:
            return "row-level security" not in str(error)
        except NO_TABLE:
            return True
        except (errors.IntegrityError, errors.FeatureNotSupported):
            return False
        return False

    def allows(self, template: str, relation: Relation, columns: Sequence[str] = ()) -> bool:
        names = [sql.Identifier(name) for name in columns]
        defaults = [sql.SQL("DEFAULT")] * len(names)
        return not self.is_refused(
            sql.SQL(template).format(
                relation=relation.identifier,
                columns=sql.SQL(", ").join(names),
                defaults=sql.SQL(", ").join(defaults),
            )
        )

    def privileges(self, relation: Relation) -> str:
        """What the role may do, in the words of GRANT: ``SELECT (id), INSERT``; empty if nothing."""
        found = [
            self._by_column("SELECT", "SELECT {columns} FROM {relation} LIMIT 0", relation),
            self._by_column("INSERT", "INSERT INTO {relation} ({columns}) VALUES ({defaults})", relation),
            self._by_column("UPDATE", "UPDATE {relation} SET ({columns}) = ROW ({defaults}) WHERE false", relation),
            "DELETE" if self.allows("DELETE FROM {relation} WHERE false", relation) else "",
            "TRUNCATE" if self.allows("TRUNCATE {relation}", relation) else "",
        ]
        return ", ".join(filter(None, found))

    def _by_column(self, privilege: str, template: str, relation: Relation) -> str:
        if self.allows(template, relation, relation.columns):
            return privilege
        some = [column for column in relation.columns if self.allows(template, relation, [column])]
        return f"{privilege} ({', '.join(some)})" if some else ""


@contextmanager
def probing(connection: psycopg.Connection) -> Iterator[Probe]:
    """A probe whose statements are all undone at the end."""
    with connection.transaction(force_rollback=True):
        connection.execute("SAVEPOINT untouched")
        yield Probe(connection)


def observed(role: str, found: Sequence[Relation], *, account: UUID | None = None) -> dict[str, dict[str, str]]:
    """Schema -> relation -> privileges of ``role``, without those that it has none for. Empty role: the login."""
    rights: dict[str, dict[str, str]] = {}
    with raw(role, account=account) as connection, probing(connection) as probe:
        for relation in found:
            if privileges := probe.privileges(relation):
                rights.setdefault(relation.schema, {})[relation.name] = privileges
    return rights
