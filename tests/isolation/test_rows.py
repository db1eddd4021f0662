"""Which rows a role reaches where it may read or write the table: forged conditions find nothing."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from apps.bookings.models import Booking
from tests import factories
from tests.factories import Citizen
from tests.support.raw import raw
from tests.support.tenants import CHUO, SPORTS, TENANTS

pytestmark = pytest.mark.usefixtures("database")
PORTAL = "kashikan_portal"


@pytest.fixture
def mine() -> Citizen:
    return factories.citizen_with_registration(CHUO)


@pytest.fixture
def others(mine: Citizen) -> Booking:
    """A booking of somebody else in the same tenant."""
    return factories.booking_awaiting_permit(factories.citizen_with_registration(CHUO))


@pytest.fixture
def portal(mine: Citizen, others: Booking) -> Iterator[psycopg.Connection]:
    """The portal's role for the citizen ``mine``."""
    with raw(PORTAL, schema=CHUO, account=mine.account.pk) as connection:
        yield connection


def count(connection: psycopg.Connection, query: str, *values: object) -> int:
    row = connection.execute(f"SELECT count(*) FROM {query}", values).fetchone()
    assert row
    return int(row[0])


def test_a_citizen_sees_the_own_registration_whatever_the_condition(portal: psycopg.Connection, mine: Citizen) -> None:
    own = [(mine.registrant.pk,)]
    assert (
        portal.execute("SELECT id FROM registrants_registrant WHERE true OR portal_account IS NULL").fetchall() == own
    )
    assert count(portal, "registrants_registrant WHERE portal_account <> %s", mine.account.pk) == 0


def test_a_citizen_sees_no_booking_of_another_whatever_the_condition(
    portal: psycopg.Connection, others: Booking
) -> None:
    assert count(portal, "bookings_booking WHERE id = %s OR true", others.pk) == 0
    assert count(portal, "bookings_occupation o JOIN bookings_booking b ON b.id = o.booking_id") == 0
    assert count(portal, "own_bookings()") == 0


def test_a_citizen_changes_no_booking_of_another(portal: psycopg.Connection, others: Booking) -> None:
    assert portal.execute("UPDATE bookings_booking SET state = 'cancelled'").rowcount == 0
    with pytest.raises(errors.InsufficientPrivilege):
        portal.execute("DELETE FROM bookings_booking WHERE id = %s", [others.pk])


def test_a_citizen_frees_no_slot_of_another(portal: psycopg.Connection) -> None:
    assert count(portal, "bookings_occupation") == 1
    assert portal.execute("DELETE FROM bookings_occupation").rowcount == 0
    assert portal.execute("UPDATE bookings_occupation SET during = 'empty'").rowcount == 0


def test_a_citizen_books_for_nobody_else(portal: psycopg.Connection, mine: Citizen, others: Booking) -> None:
    room = factories.meeting_room()
    held = factories.booking_on_hold(mine, room)
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        portal.execute("UPDATE bookings_booking SET registrant_id = %s WHERE id = %s", [others.registrant_id, held.pk])
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        portal.execute(
            "INSERT INTO bookings_booking (id, number, registrant_id, room_id, day, during, slot_numbers, slot_labels,"
            " event_name, state, channel, hold_expires_at, idempotency_key, reason, version, created_at)"
            " VALUES (gen_random_uuid(), 'X', %s, %s, now(), tstzrange(now(), now() + '1h'), '{1}', '{午前}', '',"
            " 'hold', 'portal', now(), gen_random_uuid(), '', 1, now())",
            [others.registrant_id, room.pk],
        )


@pytest.mark.parametrize("state", ["permitted", "refused"])
def test_a_citizen_decides_on_no_booking_of_the_own(portal: psycopg.Connection, mine: Citizen, state: str) -> None:
    own = factories.booking_awaiting_permit(mine)
    with pytest.raises(errors.InsufficientPrivilege):
        portal.execute("UPDATE bookings_booking SET state = %s, reason = 'x' WHERE id = %s", [state, own.pk])


def test_a_citizen_closes_no_room(portal: psycopg.Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        portal.execute(
            "INSERT INTO bookings_occupation (id, part_id, during, kind)"
            " SELECT gen_random_uuid(), id, tstzrange(now(), now() + '1h'), 'closure' FROM bookings_part"
        )


def test_a_citizen_sees_the_own_links_alone(portal: psycopg.Connection, mine: Citizen) -> None:
    assert portal.execute("SELECT registration FROM accounts_portallink").fetchall() == [(mine.registrant.pk,)]
    somebody = factories.portal_account()
    for statement in (
        "INSERT INTO accounts_portallink (account_id, tenant_id, registration) VALUES (%s, 1, gen_random_uuid())",
        "DELETE FROM accounts_portallink WHERE account_id = %s",
    ):
        with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
            portal.execute(statement, [somebody.pk])


def test_a_visitor_without_an_account_sees_no_person_and_no_booking(others: Booking) -> None:
    with raw(PORTAL, schema=CHUO) as visitor:
        for table in ("registrants_registrant", "bookings_booking", "accounts_portallink"):
            assert count(visitor, table) == 0


def test_the_account_of_one_citizen_opens_nothing_at_another_tenant(mine: Citizen) -> None:
    factories.booking_awaiting_permit(factories.citizen_with_registration(SPORTS))
    with raw(PORTAL, schema=SPORTS, account=mine.account.pk) as connection:
        assert count(connection, "registrants_registrant") == 0
        assert count(connection, "bookings_booking") == 0


def test_the_planners_statistics_show_no_citizen_the_others(superuser: psycopg.Connection, mine: Citizen) -> None:
    for _ in range(5):
        factories.individual(CHUO, family_name="秘密")
    superuser.execute("ANALYZE chuo.registrants_registrant")
    statistics = "pg_stats WHERE schemaname = 'chuo' AND tablename = 'registrants_registrant'"
    with raw(PORTAL, schema=CHUO, account=mine.account.pk) as connection:
        assert count(connection, statistics) == 0
    assert count(superuser, statistics) > 0


@pytest.mark.parametrize("schema", TENANTS)
def test_a_tenant_sees_itself_alone_among_the_tenants(schema: str) -> None:
    factories.meeting_room(CHUO)
    factories.meeting_room(SPORTS)
    with raw(f"tenant_{schema}", schema=schema) as connection:
        assert connection.execute("SELECT schema_name FROM tenants_tenant").fetchall() == [(schema,)]
        assert count(connection, "tenants_operatorassignment") == 1
        assert count(connection, "occupancy_roomlisting WHERE tenant <> %s", schema) == 0


def test_a_booking_that_was_applied_for_is_never_deleted(others: Booking) -> None:
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        connection.execute("DELETE FROM bookings_occupation")
        assert connection.execute("DELETE FROM bookings_booking").rowcount == 0


def test_the_city_sees_every_tenants_people_and_bookings_through_its_views(mine: Citizen, others: Booking) -> None:
    factories.group(SPORTS)
    with raw("kashikan_city", schema="shared") as connection:
        people = connection.execute("SELECT tenant, count(*) FROM city_registrant GROUP BY 1 ORDER BY 1").fetchall()
        bookings = connection.execute("SELECT tenant, id FROM city_booking").fetchall()
    assert people == [(CHUO, 2), (SPORTS, 1)]
    assert bookings == [(CHUO, others.pk)]
