"""Sealing and verifying a year of the audit: ``python -m tests.bench.audit [ROWS]``, ten million by default.

The rows are written by SQL, in the transactions of a busy day, and sealed and verified by the product's own functions.
Beside them the same hashes by COPY and ``hashlib``, of a part: what verifying outside PostgreSQL would take.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import time
from typing import Any, Final

from tests.bench.alone import run_alone

SCHEMA: Final = "chuo"
AT_ONCE: Final = 200_000
FILL: Final = """
INSERT INTO chuo.audit_auditentry (at, actor_kind, actor_id, action, object_type, object_id, purpose, detail, address,
                                   request_id, roles, session, persons)
SELECT timestamptz '2025-11-01' + n * interval '3 seconds', 'staff', md5((n %% 40)::text)::uuid,
       (ARRAY['view', 'search', 'change', 'print'])[1 + n %% 4], 'registrant', md5((n * 7919 %% 30000)::text)::uuid, '',
       jsonb_build_object('found', n %% 20), '192.0.2.1', md5(n::text), ARRAY['reception'], md5((n / 500)::text),
       CASE WHEN n %% 4 = 1 THEN ARRAY(SELECT md5(((n + m) * 7919 %% 30000)::text)::uuid FROM generate_series(1, 20) m)
            ELSE ARRAY[md5((n * 7919 %% 30000)::text)::uuid] END
FROM generate_series(%s::bigint, %s::bigint) n
"""
COPY: Final = """
COPY (SELECT <canon>::text FROM chuo.audit_auditentry a ORDER BY a.xact, a.id LIMIT {}) TO STDOUT
"""


def say(text: str) -> None:
    print(text, flush=True)


def measure(rows: int) -> None:
    """Fill, seal, verify; then a part by Python, then the pages' statements."""
    _timed(f"{rows:,} rows written by SQL", lambda: _fill(rows))
    _timed("sealed", _seal)
    _timed("verified", _verify)
    say(f"memory of the process that verified: {_memory():.0f} MiB")
    part = min(rows, 500_000)
    _timed(f"{part:,} rows hashed by COPY and hashlib", lambda: _by_python(part))
    _statements()
    _sizes()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(what: str, work: Any) -> None:
    began = time.perf_counter()
    work()
    say(f"{what}: {time.perf_counter() - began:.1f} s")


def _fill(rows: int) -> None:
    from tests.support.raw import raw_superuser

    with raw_superuser() as connection:
        for first in range(1, rows + 1, AT_ONCE):
            connection.execute(FILL, [first, min(first + AT_ONCE - 1, rows)])
        connection.execute("VACUUM ANALYZE chuo.audit_auditentry")


def _seal() -> None:
    from shared.sealing.seals import seal
    from tests.support.scopes import as_city

    with as_city():
        say(f"  {seal(SCHEMA):,} rows")


def _verify() -> None:
    from shared.sealing.verifying import blocks_between, verify
    from tests.support.scopes import as_city

    with as_city():
        first, last = blocks_between(SCHEMA, None, None)
        found = verify(SCHEMA, first=first, last=last)
    say(f"  {found.rows:,} rows in {last:,} blocks, fault: {found.fault or 'none'}")


def _by_python(rows: int) -> None:
    from importlib import import_module

    from psycopg import sql

    from tests.support.raw import raw_superuser

    canon = import_module("shared.sealing.migrations.0002_functions").CANON
    with raw_superuser() as connection, connection.cursor() as cursor:
        statement = sql.SQL(COPY.replace("<canon>", canon)).format(sql.Literal(rows))
        with cursor.copy(statement) as copy:
            for line in copy.rows():
                hashlib.sha256(str(line[0]).encode()).digest()


def _statements() -> None:
    """What PostgreSQL takes for the pages."""
    from tests.support.raw import raw_superuser

    person = "md5('7')::uuid"
    for what, where in (
        ("the newest 50", "true"),
        ("who saw a person, the newest 50", f"persons @> ARRAY[{person}] AND NOT persons = '{{}}'"),
        ("a clerk's, the newest 50", "actor_id = md5('7')::uuid"),
        ("an object's, the newest 50", f"object_type = 'registrant' AND object_id = {person}::text"),
        ("a day's, the newest 50", "at >= '2025-11-03' AND at < '2025-11-04'"),
    ):
        with raw_superuser() as connection:
            connection.execute("SET search_path = chuo")
            plan = connection.execute(
                f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM audit_auditentry WHERE {where}"
                " ORDER BY at DESC, id DESC LIMIT 50"
            ).fetchone()
        top = plan[0][0]  # type: ignore[index]
        pages = top["Plan"]["Shared Hit Blocks"] + top["Plan"]["Shared Read Blocks"]
        say(f"  {what}: {top['Execution Time']:.1f} ms, {pages} pages")


def _sizes() -> None:
    from tests.support.raw import raw_superuser

    with raw_superuser() as connection:
        for name in ("audit_auditentry", "audit_auditseal"):
            size = connection.execute("SELECT pg_total_relation_size(%s::regclass)", [f"chuo.{name}"]).fetchone()
            say(f"  {name}: {size[0] / 2**20:,.0f} MiB with indexes")  # type: ignore[index]
        for name, size in connection.execute(
            "SELECT indexrelname, pg_relation_size(indexrelid) FROM pg_stat_user_indexes"
            " WHERE schemaname = 'chuo' AND relname = 'audit_auditentry'"
        ):
            say(f"    {name}: {size / 2**20:,.0f} MiB")


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    run_alone(lambda: measure(rows))
