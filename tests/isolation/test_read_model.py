"""The read model is written by the tenants' triggers alone, and each tenant's speak for that tenant alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest
from psycopg import errors, sql

from apps.bookings.models import Occupation, Room, RoomPart
from tests import factories
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS, TENANTS

pytestmark = pytest.mark.usefixtures("database")
ROLES = [*(f"tenant_{schema}" for schema in TENANTS), "kashikan_portal", "kashikan_city", "kashikan_tenant"]
WITHIN_A_DAY = ("2031-05-01 10:00+09", "2031-05-01 11:00+09")  # the read model has a row for each day
LISTINGS = "SELECT room, tenant, facility, details ->> 'name' FROM shared.occupancy_roomlisting ORDER BY tenant, room"
TAKEN = "SELECT tenant, part, kind FROM shared.occupancy_occupancy ORDER BY tenant, part"


@dataclass(frozen=True, slots=True)
class Taken:
    """The ids of a room of ``chuo`` that has a booking."""

    facility: UUID
    room: UUID
    part: UUID
    occupation: UUID


@pytest.fixture
def taken() -> Taken:
    room = factories.meeting_room(CHUO, name="大会議室")
    factories.booking_awaiting_permit(room=room)
    with as_tenant(CHUO):
        occupation = Occupation.objects.get()
    return Taken(room.facility_id, room.pk, occupation.part_id, occupation.pk)


def forge_room(connection: psycopg.Connection, *, facility: UUID, room: UUID, part: UUID) -> None:
    """Write facility, part and room with these ids into the schema of ``connection``, as one transaction."""
    with connection.transaction():
        connection.execute(
            "INSERT INTO bookings_facility (id, name, name_en, position) VALUES (%s, '偽', '', 0)"
            " ON CONFLICT DO NOTHING",
            [facility],
        )
        connection.execute("INSERT INTO bookings_part (id, facility_id, name) VALUES (%s, %s, '偽')", [part, facility])
        connection.execute(
            "INSERT INTO bookings_room (id, facility_id, name, name_en, position, capacity, reception, is_public,"
            " hold_minutes, allows_sound, allows_food, allows_fire)"
            " VALUES (%s, %s, '偽の部屋', '', 0, 1, 'immediate', true, 15, true, true, true)",
            [room, facility],
        )
        connection.execute("INSERT INTO bookings_roompart (room_id, part_id) VALUES (%s, %s)", [room, part])


def block(connection: psycopg.Connection, *, room: UUID, part: UUID, occupation: UUID) -> None:
    """Take ``part`` as a closure, in the schema of ``connection``."""
    with connection.transaction():
        connection.execute(
            "INSERT INTO bookings_block (id, room_id, kind, during, label, created_at)"
            " VALUES (%s, %s, 'closure', tstzrange(%s, %s), '', now())",
            [occupation, room, *WITHIN_A_DAY],
        )
        connection.execute(
            "INSERT INTO bookings_occupation (id, part_id, during, kind, block_id)"
            " VALUES (%s, %s, tstzrange(%s, %s), 'closure', %s)",
            [occupation, part, *WITHIN_A_DAY, occupation],
        )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "table",
    ["occupancy_roomlisting", "occupancy_occupancy", "occupancy_equipmentlisting", "occupancy_equipmentout"],
)
def test_no_role_writes_the_read_model(role: str, table: str) -> None:
    name = sql.Identifier("shared", table)
    with raw(role) as connection:
        for statement in ("INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET tenant = 'x'", "DELETE FROM {}"):
            with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
                connection.execute(sql.SQL(statement).format(name))


def test_taking_another_tenants_ids_lists_nothing_and_changes_nothing(
    taken: Taken, superuser: psycopg.Connection
) -> None:
    before = superuser.execute(LISTINGS).fetchall()
    with raw(f"tenant_{SPORTS}", schema=SPORTS) as connection:
        forge_room(connection, facility=taken.facility, room=taken.room, part=taken.part)
        connection.execute("UPDATE bookings_room SET name = '偽の名'")
        connection.execute("DELETE FROM bookings_roompart")
    assert superuser.execute(LISTINGS).fetchall() == before


def test_a_room_with_another_tenants_id_does_not_replace_that_tenants_listing(
    taken: Taken, superuser: psycopg.Connection
) -> None:
    before = superuser.execute(LISTINGS).fetchall()
    own = factories.facility(SPORTS)
    with raw(f"tenant_{SPORTS}", schema=SPORTS) as connection:
        forge_room(connection, facility=own.pk, room=taken.room, part=taken.part)
        assert superuser.execute(LISTINGS).fetchall() == before
        connection.execute("DELETE FROM bookings_roompart")
        connection.execute("DELETE FROM bookings_room")
    assert superuser.execute(LISTINGS).fetchall() == before


def test_a_session_that_goes_from_one_tenant_to_the_next_lists_each_ones_own(superuser: psycopg.Connection) -> None:
    """The plan that a session keeps is of the tenant whose rooms it listed before."""
    rooms = {schema: factories.meeting_room(schema) for schema in TENANTS}
    for name in ("第1室", "第2室"):
        for schema in TENANTS:
            with as_tenant(schema):
                Room.objects.update(name=f"{schema}の{name}")
            assert (rooms[schema].pk, schema, rooms[schema].facility_id, f"{schema}の{name}") in superuser.execute(
                LISTINGS
            ).fetchall()
    with as_tenant(SPORTS):
        RoomPart.objects.all().delete()
        Room.objects.all().delete()
    assert [tenant for _, tenant, *_ in superuser.execute(LISTINGS).fetchall()] == sorted({*TENANTS} - {SPORTS})


def test_a_part_of_no_listed_room_is_not_taken(taken: Taken, superuser: psycopg.Connection) -> None:
    before = superuser.execute(TAKEN).fetchall()
    with raw(f"tenant_{SPORTS}", schema=SPORTS) as connection:
        forge_room(connection, facility=taken.facility, room=taken.room, part=taken.part)
        with pytest.raises(errors.ForeignKeyViolation, match="no listed room"):
            block(connection, room=taken.room, part=taken.part, occupation=taken.occupation)
    assert superuser.execute(TAKEN).fetchall() == before


def test_an_occupation_with_another_tenants_id_leaves_that_ones_alone(
    taken: Taken, superuser: psycopg.Connection
) -> None:
    chuos = superuser.execute(TAKEN).fetchall()
    own = factories.meeting_room(SPORTS)
    with as_tenant(SPORTS):
        part = own.parts.get().pk
    with raw(f"tenant_{SPORTS}", schema=SPORTS) as connection:
        block(connection, room=own.pk, part=part, occupation=taken.occupation)
        assert superuser.execute(TAKEN).fetchall() == [*chuos, (SPORTS, part, "closure")]
        connection.execute("DELETE FROM bookings_occupation")
    assert superuser.execute(TAKEN).fetchall() == chuos


def test_a_transaction_that_is_rolled_back_leaves_no_trace_in_the_read_model(superuser: psycopg.Connection) -> None:
    room = factories.meeting_room(CHUO)
    with as_tenant(CHUO):
        part = room.parts.get().pk
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection, connection.transaction(force_rollback=True):
        block(connection, room=room.pk, part=part, occupation=UUID(int=7))
    assert superuser.execute(TAKEN).fetchall() == []


EQUIPMENT = (
    "INSERT INTO bookings_equipment (id, facility_id, name, name_en, unit, place, is_counted, is_public,"
    " minutes_before, minutes_after, valid_from, position)"
    " VALUES (%s, %s, %s, '', '台', '', true, true, 0, 0, '2020-01-01', 0)"
)
LENDABLE = "SELECT equipment, tenant, facility, name FROM shared.occupancy_equipmentlisting ORDER BY tenant, name"
LENT = "SELECT tenant, equipment, quantity FROM shared.occupancy_equipmentout ORDER BY tenant"


def test_equipment_with_another_tenants_id_or_facility_lists_nothing_and_changes_nothing(
    taken: Taken, superuser: psycopg.Connection
) -> None:
    kind = UUID(int=77)
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        connection.execute(EQUIPMENT, [kind, taken.facility, "投影機"])
    before = superuser.execute(LENDABLE).fetchall()
    assert before == [(kind, CHUO, taken.facility, "投影機")]
    own = factories.facility(SPORTS)
    with raw(f"tenant_{SPORTS}", schema=SPORTS) as connection:
        connection.execute(EQUIPMENT, [kind, own.pk, "偽"])
        connection.execute("DELETE FROM bookings_equipment")
    assert superuser.execute(LENDABLE).fetchall() == before


def test_what_is_lent_is_told_while_the_booking_occupies_its_room(taken: Taken, superuser: psycopg.Connection) -> None:
    kind = UUID(int=78)
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        connection.execute(EQUIPMENT, [kind, taken.facility, "投影機"])
        connection.execute(
            "INSERT INTO bookings_equipmentstock (equipment_id, valid_from, quantity) VALUES (%s, '2020-01-01', 3)",
            [kind],
        )
        connection.execute(
            "INSERT INTO bookings_equipmentuse (booking_id, equipment_id, during, quantity)"
            " SELECT id, %s, during, 2 FROM bookings_booking",
            [kind],
        )
        assert superuser.execute(LENT).fetchall() == [(CHUO, kind, 2)]
        connection.execute("UPDATE bookings_equipmentuse SET quantity = 1")
        assert superuser.execute(LENT).fetchall() == [(CHUO, kind, 1)]
        connection.execute("DELETE FROM bookings_occupation")
    assert superuser.execute(LENT).fetchall() == []
