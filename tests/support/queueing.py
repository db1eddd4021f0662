"""Works that come to one locked row in a known order, so that a ring of waiting comes about each time or never."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from uuid import UUID

import psycopg
from django.db import connections
from psycopg import sql

from tests.support.outbox import until
from tests.support.raw import raw_superuser
from tests.support.tenants import CHUO
from tests.support.waiting import PATIENCE

Work = Callable[[], object]


def queued(superuser: psycopg.Connection, table: str, row: UUID | int, *works: Work) -> list[object]:
    """Let all wait while ``row`` of the tenant's ``table`` is held, begun in this order, then let them go.

    What each gave, or raised: a deadlock is raised as the error that it is.
    """

    def run(work: Work) -> object:
        try:
            return work()
        finally:
            connections.close_all()

    pending: list[Future[object]] = []
    with ThreadPoolExecutor(len(works)) as threads:
        with raw_superuser() as holding, holding.transaction():
            locking = sql.SQL("SELECT FROM {} WHERE id = %s FOR UPDATE").format(sql.Identifier(CHUO, table))
            holding.execute(locking, [row])
            for number, work in enumerate(works, 1):
                pending.append(threads.submit(run, work))
                until(partial(_are_waiting, superuser, number))
        return [one.result(timeout=PATIENCE) for one in pending]


def _are_waiting(superuser: psycopg.Connection, number: int) -> bool:
    row = superuser.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone()
    assert row is not None
    return int(row[0]) >= number
