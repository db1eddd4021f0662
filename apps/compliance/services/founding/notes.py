"""The performer's second connection: how far a founding has come is seen while its transaction is still open.

Each statement commits by itself. A founding that somebody works at is held by an advisory lock of this connection's
session, which PostgreSQL lets go when the process is gone, however it went.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

import psycopg
from django.db import connections

from apps.compliance.rules.founding import MOST_TRIES
from tenants.scope import OWNER

LOCK: Final = "hashtextextended('kashikan founding ' || %s, 0)"
WAITING: Final = """
SELECT id FROM shared.compliance_founding WHERE state IN ('asked', 'under_way') ORDER BY asked_at, id
"""
BEGIN: Final = """
UPDATE shared.compliance_founding
SET tries = CASE state WHEN 'asked' THEN 1 ELSE tries + 1 END, state = 'under_way', step = 'check', percent = 0,
    failure = '', begun_at = now(), ended_at = NULL
WHERE id = %s AND state IN ('asked', 'under_way') RETURNING tries
"""
REACHED: Final = "UPDATE shared.compliance_founding SET step = %s, percent = %s WHERE id = %s AND state = 'under_way'"
FAILED: Final = """
UPDATE shared.compliance_founding SET state = 'failed', failure = %s, ended_at = now()
WHERE id = %s AND state = 'under_way'
"""


class Notes:
    """What the performer notes of foundings, in the owner's name."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def waiting(self) -> list[UUID]:
        """Foundings that wait, or that a process left half-way, the oldest first."""
        return [row[0] for row in self._connection.execute(WAITING)]

    @contextmanager
    def held(self, founding: UUID) -> Iterator[bool]:
        """Whether ``founding`` is this process's alone during the block."""
        key = [str(founding)]
        (mine,) = self._connection.execute(f"SELECT pg_try_advisory_lock({LOCK})", key).fetchone() or (False,)
        try:
            yield bool(mine)
        finally:
            if mine:
                self._connection.execute(f"SELECT pg_advisory_unlock({LOCK})", key)

    def begin(self, founding: UUID) -> bool:
        """Whether there is something to do: not for what is over meanwhile, or was interrupted too often."""
        row = self._connection.execute(BEGIN, [founding]).fetchone()
        if row is not None and row[0] > MOST_TRIES:
            self.failed(founding, "interrupted")
            return False
        return row is not None

    def reached(self, founding: UUID, step: str, percent: int) -> None:
        """Where it stands."""
        self._connection.execute(REACHED, [step, percent, founding])

    def failed(self, founding: UUID, why: str) -> None:
        """It came to nothing, for the reason of the code ``why``."""
        self._connection.execute(FAILED, [why, founding])


@contextmanager
def open_notes() -> Iterator[Notes]:
    """A connection of the owner's beside Django's, closed with the block."""
    parameters = {**connections[OWNER].get_connection_params(), "autocommit": True, "cursor_factory": psycopg.Cursor}
    parameters.pop("context", None)
    with psycopg.connect(**parameters) as connection:
        yield Notes(connection)
