"""Sealing in a test: transactions of other tests in the same cluster hold the horizon back for a moment."""

from __future__ import annotations

from psycopg import sql

from shared.sealing.seals import MOST_ROWS, seal
from tests.support.outbox import until
from tests.support.raw import raw_superuser
from tests.support.scopes import as_city
from tests.support.tenants import CHUO

OVER = """
SELECT coalesce(max(xact), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM {}.audit_auditentry
"""


def sealed(schema: str = CHUO, *, most: int = MOST_ROWS) -> int:
    """Seal all that is written; how many entries."""
    wait_for_horizon(schema)
    with as_city():
        return seal(schema, most=most)


def wait_for_horizon(schema: str = CHUO) -> None:
    """Until every transaction is over that began before the last entry's."""
    with raw_superuser() as connection:
        query = sql.SQL(OVER).format(sql.Identifier(schema))
        until(lambda: bool((connection.execute(query).fetchone() or (False,))[0]))
