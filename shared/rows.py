"""A list that stays in the database: counted and cut by statements, so that a page reads only its own rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from psycopg import sql

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """The rows of ``query``, each made a value by ``make``; for Django's ``Paginator``.

    One statement counts, one reads a page. The query needs an ORDER BY that leaves no choice.
    """

    query: sql.Composable
    values: Sequence[Any]
    make: Callable[..., T]

    def __len__(self) -> int:
        counted = sql.SQL("SELECT count(*) FROM ({}) counted").format(self.query)
        with connection.cursor() as cursor:
            cursor.execute(counted, self.values)
            number: int = cursor.fetchone()[0]
        return number

    def __getitem__(self, part: slice) -> list[T]:
        start = part.start or 0
        limit = None if part.stop is None else part.stop - start
        cut = sql.SQL("{} LIMIT %s OFFSET %s").format(self.query)
        with connection.cursor() as cursor:
            cursor.execute(cut, [*self.values, limit, start])
            return [self.make(*row) for row in cursor.fetchall()]
