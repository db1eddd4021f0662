"""A list that stays in the database: counted and cut by statements, so that a page reads only its own rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from django.db import connection
from psycopg import sql

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rows(Sequence[T]):
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

    def __iter__(self) -> Iterator[T]:
        return iter(self[:])

    @overload
    def __getitem__(self, part: int) -> T: ...
    @overload
    def __getitem__(self, part: slice) -> list[T]: ...
    def __getitem__(self, part: int | slice) -> T | list[T]:
        """Rows from the front only: no negative index and no step."""
        if isinstance(part, int):
            return self._cut(part, part + 1)[0]
        return self._cut(part.start or 0, part.stop)

    def _cut(self, start: int, stop: int | None) -> list[T]:
        cut = sql.SQL("{} LIMIT %s OFFSET %s").format(self.query)
        with connection.cursor() as cursor:
            cursor.execute(cut, [*self.values, None if stop is None else stop - start, start])
            return [self.make(*row) for row in cursor.fetchall()]
