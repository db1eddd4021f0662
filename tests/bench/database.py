"""PostgreSQL's own rates, without the product: the bare insert, and the month's rows by one statement."""

from __future__ import annotations

import os
import threading
import time
import uuid
from typing import Any

import psycopg

from tests.bench.world import World
from tests.support.raw import raw_superuser
from tests.support.waiting import Gate, joined

BARE_TABLE = """
CREATE TABLE IF NOT EXISTS public.bare (part uuid NOT NULL, during tstzrange NOT NULL,
    EXCLUDE USING gist (part WITH =, during WITH &&))
"""
MONTH = """
SELECT day, part, kind, starts_at, ends_at FROM shared.occupancy_occupancy
WHERE facility = %s AND day BETWEEN %s AND %s AND (expires_at IS NULL OR expires_at > now())
"""


def bare_inserts(count: int, *, connections: int) -> float:
    """Bare inserts a second with the exclusion constraint, one a transaction, over some connections at once."""
    with raw_superuser() as connection:
        connection.execute("SET search_path = public, extensions")
        connection.execute(BARE_TABLE)
        barrier = Gate(connections + 1, within=3600)
        threads = [
            threading.Thread(target=_insert, args=(count // connections, barrier), daemon=True)
            for _ in range(connections)
        ]
        for thread in threads:
            thread.start()
        barrier.wait()
        began = time.perf_counter()
        barrier.wait()
        seconds = time.perf_counter() - began
        joined(*threads, within=3600)
        connection.execute("DROP TABLE public.bare")
    return count / seconds


def _insert(count: int, barrier: Gate) -> None:
    with raw_superuser() as connection:
        connection.execute("SET search_path = public, extensions")
        part = uuid.uuid4()
        barrier.wait()
        for number in range(count):
            connection.execute(
                "INSERT INTO public.bare VALUES (%s, tstzrange(to_timestamp(%s), to_timestamp(%s)))",
                [part, number * 3600, number * 3600 + 3600],
            )
        barrier.wait()


def month_rows(world: World, first: Any, last: Any, *, count: int) -> tuple[float, int]:
    """How often a second one connection reads the month's rows, and how many rows they are."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SET ROLE kashikan_portal")
        rows = 0
        began = time.perf_counter()
        for _ in range(count):
            rows = len(connection.execute(MONTH, [world.facility.pk, first, last]).fetchall())
    return count / (time.perf_counter() - began), rows
