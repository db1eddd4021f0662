"""The search across 200 facilities, against the bare SQL of the same rows. Alone: ``python -m tests.bench.search``."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

FACILITIES: Final = 200
ROOMS: Final = 5
TURNS: Final = 20
PLACES: Final = """
INSERT INTO shared.catalogue_cataloguefacility (id, tenant_id, slug, category, area, municipality_code, number,
    prefecture, municipality, name, name_kana, name_en, common_name, poi_code, address, building, phone, extension,
    corporate_number, organisation, open_days, hours_note, description, accessibility, url, note)
SELECT gen_random_uuid(), (SELECT id FROM shared.tenants_tenant ORDER BY id OFFSET n %% 3 LIMIT 1), 'bench-' || n,
    'community', '地域' || n %% 8, '122319', 'bench' || n, '千葉県', '架空市', '架空館' || n, 'カクウカン', '', '', '',
    '架空町', '', '', '', '', '', '', '', '', '{}', '', ''
FROM generate_series(1, %s) n
"""
LISTINGS: Final = """
INSERT INTO shared.occupancy_roomlisting
    (room, tenant, facility, position, is_public, capacity, purposes, parts, details)
SELECT gen_random_uuid(), t.schema_name, c.id, n, true, n * 20, l.purposes, ARRAY[gen_random_uuid()],
       l.details || jsonb_build_object('name', '会議室' || n, 'facility_name', c.name)
FROM shared.catalogue_cataloguefacility c JOIN shared.tenants_tenant t ON t.id = c.tenant_id,
     generate_series(1, %s) n, (SELECT * FROM shared.occupancy_roomlisting WHERE room = %s) l
WHERE c.slug LIKE 'bench-%%'
"""
TAKEN: Final = """
INSERT INTO shared.occupancy_occupancy (occupation, day, tenant, facility, part, kind, starts_at, ends_at)
SELECT gen_random_uuid(), %s::date + d, l.tenant, l.facility, l.parts[1], 'booking',
       (%s::date + d + s.starts::time) AT TIME ZONE 'Asia/Tokyo',
       (%s::date + d + s.ends::time) AT TIME ZONE 'Asia/Tokyo'
FROM shared.occupancy_roomlisting l JOIN shared.catalogue_cataloguefacility c ON c.id = l.facility,
     generate_series(0, 30) d, (VALUES ('09:00', '12:00', 1), ('13:00', '17:00', 2)) s (starts, ends, n)
WHERE c.slug LIKE 'bench-%%' AND (d + l.position + s.n) %% 2 = 0
"""
OCCUPIED: Final = """
SELECT id, day, part, kind, starts_at, ends_at FROM shared.occupancy_occupancy
WHERE facility = ANY (%s) AND day BETWEEN %s AND %s AND (expires_at IS NULL OR expires_at > now())
"""


def seconds(work: Callable[[], object]) -> float:
    """The median of so many turns; the first, which fills what a process remembers, is not among them."""
    work()
    times = []
    for _ in range(TURNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure_search() -> None:
    """Print what the search takes, and what its rows take by SQL alone."""
    from apps.bookings.queries.search import Criteria, search
    from apps.bookings.rules.searching import Times, wanted_days
    from tests import factories
    from tests.support.scopes import as_portal
    from tests.support.statements import count_statements

    day = factories.soon()
    _fill(factories.meeting_room().pk, day)
    asked = {
        "of one day, for people and a purpose": Criteria(days=(day,), people=30, purpose="meeting"),
        "of one day, afternoons": Criteria(days=(day,), times=Times(part="afternoon")),
        "of seven days, three hours": Criteria(
            days=tuple(wanted_days(day, day + dt.timedelta(days=6))), times=Times(minutes=180)
        ),
    }
    with as_portal():
        for what, criteria in asked.items():
            with count_statements() as statements:
                rooms = sum(len(one.rooms) for one in search(criteria))
            bare, whole = seconds(lambda c=criteria: _bare(c)), seconds(lambda c=criteria: search(c))  # type: ignore[misc]
            print(
                f"search across {FACILITIES} facilities {what}: {rooms} rooms with free time, {statements.count}"
                f" statements, {whole * 1000:.0f} ms; its rows by SQL {bare * 1000:.0f} ms; ratio {bare / whole:.2f}",
                flush=True,
            )


def _fill(room: UUID, day: dt.date) -> None:
    """Facilities of three tenants, each room half taken in the mornings and afternoons of a month."""
    from tests.support.raw import raw_superuser

    with raw_superuser() as connection:
        connection.execute(PLACES, [FACILITIES])
        connection.execute(LISTINGS, [ROOMS, room])
        connection.execute(TAKEN, [day, day, day])
        connection.execute("ANALYZE")


def _bare(criteria: object) -> None:
    """The two statements, their rows fetched and left alone."""
    from django.db import connection

    from apps.bookings.queries.search import PLACES as SEARCHED
    from apps.bookings.queries.search import Criteria, parameters

    assert isinstance(criteria, Criteria)
    with connection.cursor() as cursor:
        cursor.execute(SEARCHED.format(lendable="NULL"), parameters(criteria))
        facilities = {row[0] for row in cursor.fetchall()}
        cursor.execute(OCCUPIED, [list(facilities), criteria.days[0], criteria.days[-1]])
        cursor.fetchall()


def main() -> None:
    """Start servers of our own, then measure."""
    from config.embedded import servers
    from tests.support.environment import ADMIN_URL, REDIS_URL, prepared_database

    root = Path(__file__).resolve().parents[2]
    with servers(root / "var" / "bench", shared_buffers_mb=64) as endpoints:
        os.environ |= {ADMIN_URL: endpoints.admin_url, REDIS_URL: endpoints.redis_url}
        with prepared_database("bench"):
            os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
            import django

            django.setup()
            measure_search()


if __name__ == "__main__":
    main()
