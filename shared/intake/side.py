"""A second connection beside a run's transaction: it keeps the others away, and tells how far the run has come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString

from django.db import connections

from tenants.scope import scoped_connection

LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended('kashikan intake', 0))"
TELL: Final = "UPDATE intake_job SET rows_done = %s WHERE id = %s AND state = %s RETURNING id"
EVERY: Final = 0.5
"""Seconds between two tellings."""


class Side:
    """Statements outside the transaction, each committed at once, in the scope of the unit of work."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._told = 0.0

    def run(self, statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """Run it; the rows that it returns."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []

    def take_turn(self) -> bool:
        """Whether this is the only one that takes files in: one in the whole city, so that mails keep a worker.

        The turn ends with the connection, also when the process is killed.
        """
        return bool(self.run(LOCK)[0][0])

    def tell(self, job: object, state: str, rows: int, *, at_last: bool = False) -> bool:
        """Write how many rows are done, now and then; False once the job is not in ``state`` any more."""
        if not at_last and time.monotonic() - self._told < EVERY:
            return True
        self._told = time.monotonic()
        return bool(self.run(TELL, rows, job, state))


@contextmanager
def beside() -> Iterator[Side]:
    """A second connection in the scope of this unit of work, closed afterwards."""
    connection: Any = connections.create_connection("default")
    connection.enter(scoped_connection().scope)
    side = Side(connection)
    try:
        yield side
        side.run("SELECT pg_advisory_unlock_all()")  # the server would notice the end a moment later
    finally:
        connection.close()
