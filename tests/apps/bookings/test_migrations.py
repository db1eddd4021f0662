"""What rooms said of their window before windows were rows of their own."""

from __future__ import annotations

from importlib import import_module

import psycopg
import pytest

from tests import factories
from tests.support.tenants import CHUO

FILL = import_module("apps.bookings.migrations.0012_windows_of_rooms").FILL


@pytest.mark.usefixtures("database")
def test_a_facility_whose_rooms_agree_has_one_window_for_all_and_another_has_one_a_room(
    superuser: psycopg.Connection,
) -> None:
    alike, apart = factories.hall_with_halves(), factories.hall_with_halves()
    with superuser.transaction(force_rollback=True):
        superuser.execute(f"SET LOCAL search_path = {CHUO}, shared")
        superuser.execute(
            "ALTER TABLE bookings_room ADD opens_months_before smallint DEFAULT 3,"
            " ADD closes_days_before smallint DEFAULT 1"
        )
        superuser.execute("UPDATE bookings_room SET opens_months_before = 6 WHERE id = %s", [apart.whole.pk])
        superuser.execute(FILL)
        rows = superuser.execute(
            "SELECT facility_id, room_id, opens_months, closes_days FROM bookings_window WHERE who = 'other'"
        ).fetchall()
        listed = superuser.execute(
            "SELECT details #>> '{windows,0,opens,1}' FROM shared.occupancy_roomlisting WHERE room = %s",
            [apart.whole.pk],
        ).fetchone()
    assert {row for row in rows if row[0] == alike.facility.pk} == {(alike.facility.pk, None, 3, 1)}
    assert {row[1:] for row in rows if row[0] == apart.facility.pk} == {
        (apart.whole.pk, 6, 1),
        (apart.half_a.pk, 3, 1),
        (apart.half_b.pk, 3, 1),
    }
    assert listed == ("6",)
