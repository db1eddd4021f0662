"""A month's report over half a million bookings, against bare SQL. Alone: ``python -m tests.bench.reports``."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import psycopg

from kernel import clock
from tests.bench.alone import run_alone
from tests.support.raw import raw_superuser

FACILITIES, ROOMS, SLOTS = 10, 10, 3
BOOKINGS = 500_000
TURNS = 7
FILL = """
INSERT INTO chuo.bookings_booking (id, number, registrant_id, room_id, day, during, slot_numbers, slot_labels,
    purpose_id, event_name, headcount, state, channel, idempotency_key, applied_at, reason, cause, version, created_at)
SELECT gen_random_uuid(), 'bench-' || number, %(registrant)s, (%(rooms)s::uuid[])[1 + number %% %(room_count)s], day,
    tstzrange((day + time '09:00' + slot * interval '4 hours') AT TIME ZONE 'Asia/Tokyo',
              (day + time '12:00' + slot * interval '4 hours') AT TIME ZONE 'Asia/Tokyo'),
    ARRAY[slot + 1], ARRAY['午前'], %(purpose)s, '例会', 10, (%(states)s::text[])[1 + number %% 10], 'counter',
    gen_random_uuid(), now(), CASE WHEN number %% 10 = 9 THEN '都合' ELSE '' END, '', 1, now()
FROM (
    SELECT number, (number / %(room_count)s %% %(slots)s)::int AS slot,
        %(last)s::date - (number / (%(room_count)s * %(slots)s))::int AS day
    FROM generate_series(0, %(count)s - 1) number
) wanted
"""
USES = """
INSERT INTO chuo.bookings_userecord (booking_id, day, outcome, headcount, counts, entered_at, version)
SELECT id, day, 'came', 10, '{}', now(), 1 FROM chuo.bookings_booking WHERE state = 'used'
"""
SUMS = """
SELECT room_id, state, count(*), count(DISTINCT booking.day), sum(booking.headcount), sum(used.headcount)
FROM chuo.bookings_booking booking LEFT JOIN chuo.bookings_userecord used ON used.booking_id = booking.id
WHERE booking.day BETWEEN %s AND %s AND applied_at IS NOT NULL GROUP BY room_id, state
"""
ROWS = """
SELECT room_id, booking.day, state, during, booking.headcount, outcome, used.headcount, counts
FROM chuo.bookings_booking booking LEFT JOIN chuo.bookings_userecord used ON used.booking_id = booking.id
WHERE booking.day BETWEEN %s AND %s AND applied_at IS NOT NULL
"""
STATES = ["used"] * 8 + ["no_show", "cancelled"]


def measure_reports() -> None:
    """Print a month's and a year's report of ten facilities, and the same figures by bare SQL."""
    from apps.bookings.queries.availability import days_of_month
    from apps.bookings.queries.reports import month_reports
    from apps.bookings.rules.reports import months_of_year
    from tests.support.scopes import as_tenant
    from tests.support.tenants import CHUO

    last = clock.today().replace(day=1) - dt.timedelta(days=1)
    first = last.replace(day=1)
    months = months_of_year(last.year - 1)
    with raw_superuser() as connection:
        _fill(connection, last)
        rows = len(connection.execute(ROWS, [first, last]).fetchall())
        sums = fastest(lambda: connection.execute(SUMS, [first, last]).fetchall())
        read = fastest(lambda: connection.execute(ROWS, [first, last]).fetchall())
        span = [months[0], days_of_month(months[-1])[-1]]
        year = fastest(lambda: connection.execute(ROWS, span).fetchall(), turns=2)
    with as_tenant(CHUO):
        report = fastest(lambda: month_reports(CHUO, [first]))
        yearly = fastest(lambda: month_reports(CHUO, months), turns=2)
    print(f"{BOOKINGS} bookings of {FACILITIES * ROOMS} rooms; a month has {rows}:", flush=True)
    print(f"  bare SQL: sums {sums * 1000:.0f} ms, rows fetched {read * 1000:.0f} ms", flush=True)
    print(f"  the month's report {report * 1000:.0f} ms, {report / read:.1f} times the rows", flush=True)
    print(f"  the year's report {yearly:.2f} s, {yearly / year:.1f} times its rows' {year:.2f} s", flush=True)


def fastest(work: Callable[[], object], *, turns: int = TURNS) -> float:
    """The best of some turns, in seconds: what disturbs only ever makes slower."""
    times = []
    for _ in range(turns):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _fill(connection: psycopg.Connection, last: dt.date) -> None:
    """Half a million bookings that end with ``last``, without the triggers: they would take an hour."""
    from tests import factories

    places = [factories.facility(name=f"測定館{number}") for number in range(FACILITIES)]
    rooms = [factories.meeting_room(at=at, name=f"室{number}").pk for at in places for number in range(ROOMS)]
    values = {
        "registrant": factories.individual().pk,
        "rooms": rooms,
        "room_count": len(rooms),
        "slots": SLOTS,
        "purpose": factories.MEETING,
        "states": STATES,
        "last": last,
        "count": BOOKINGS,
    }
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(FILL, values)
        connection.execute(USES)
    connection.execute("ANALYZE chuo.bookings_booking, chuo.bookings_userecord")


if __name__ == "__main__":
    run_alone(measure_reports)
