"""The database's own guard of tables and fees, tried in raw SQL."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import Error, IntegrityError, connection, transaction

from apps.bookings.errors import TableInForceError
from apps.bookings.models import FeeSheet, FeeTable, FeeTableKind
from apps.bookings.rules.fees.tables import Terms
from apps.bookings.services.fees.tables import NewTable, copy_tables, enter_tables, take_back_table
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")
LATER = dt.date(2099, 4, 1)


def run(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bookings_feesheet SET total = 0",
        "UPDATE bookings_feeline SET amount = 0",
        "DELETE FROM bookings_feeline",
        "DELETE FROM bookings_feesheet",
        "UPDATE bookings_feetable SET content = '{}'",
        "UPDATE bookings_reductionrequest SET ground = 'city'",
    ],
)
def test_no_role_at_the_desk_alters_what_was_computed(statement: str) -> None:
    room = factories.meeting_room()
    fee_tables(room)
    factories.booking_awaiting_permit(room=room)
    with as_tenant(CHUO), pytest.raises(Error):
        run(statement)


@pytest.mark.parametrize("table", ["bookings_feesheet", "bookings_feeline", "bookings_feetable"])
def test_not_even_a_superuser_alters_a_fee_or_a_table(superuser: psycopg.Connection, table: str) -> None:
    room = factories.meeting_room()
    fee_tables(room)
    factories.booking_awaiting_permit(room=room)
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute(f"UPDATE chuo.{table} SET id = id")


def test_a_line_added_later_does_not_stay() -> None:
    room = factories.meeting_room()
    fee_tables(room)
    factories.booking_awaiting_permit(room=room)
    with as_tenant(CHUO):
        sheet = FeeSheet.objects.get()
        for amount in (0, -500):
            with pytest.raises(IntegrityError, match="add up"):
                run(
                    'INSERT INTO bookings_feeline (sheet_id, position, step, "column", key, label, detail, article,'
                    " amount) VALUES (%s, 9, 'base', 'base', 'x', '', '', '', %s)",
                    sheet.pk,
                    amount,
                )


@pytest.mark.parametrize("amount", [0, -500])
def test_a_citizen_adds_no_line_to_any_fee(amount: int) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    fee_tables(room)
    bookings = [
        factories.booking_awaiting_permit(citizen, room),
        factories.booking_awaiting_permit(room=room, slots=[2]),
    ]
    with as_tenant(CHUO):
        sheets = [FeeSheet.objects.get(booking=one).pk for one in bookings]
    with as_portal(CHUO, citizen.account.pk):
        for sheet in sheets:
            with pytest.raises(IntegrityError, match="add up"):
                run(
                    'INSERT INTO bookings_feeline (sheet_id, position, step, "column", key, label, detail, article,'
                    " amount) VALUES (%s, 9, 'base', 'base', 'x', '', '', '', %s)",
                    sheet,
                    amount,
                )


def test_a_citizen_adds_no_fee_to_a_booking_of_somebody_else() -> None:
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(room=room)
    stranger = factories.citizen_with_registration()
    with as_portal(CHUO, stranger.account.pk):
        assert not FeeSheet.objects.exists()
        with pytest.raises(Error):
            run(
                "INSERT INTO bookings_feesheet (id, booking_id, number, cause, made_at, actor_kind, tables, facts,"
                " total, tax_rate, tax, line_count) VALUES (%s, %s, 2, 'application', now(), 'citizen', '{}', '{}', 0,"
                " '0', 0, 0)",
                uuid4(),
                booking.pk,
            )


def test_a_citizen_grants_no_reduction() -> None:
    room = factories.meeting_room()
    fee_tables(room)
    citizen = factories.citizen_with_registration()
    booking = factories.booking_awaiting_permit(citizen, room)
    with as_portal(CHUO, citizen.account.pk), pytest.raises(Error):
        run(
            "INSERT INTO bookings_reductionrequest (id, booking_id, ground, ground_label, article, asked_at, state,"
            " reason, evidence_at) VALUES (%s, %s, 'city', '', '', now(), 'asked', '', now())",
            uuid4(),
            booking.pk,
        )


@pytest.mark.parametrize(
    "content", ['{"prices": [{"amount": -1}]}', '{"prices": [{"amount": 1.5}]}', "[]", '{"amount": "1"}']
)
def test_an_amount_is_whole_yen(content: str) -> None:
    room = factories.meeting_room()
    with as_tenant(CHUO), pytest.raises(IntegrityError, match="an_amount_is_whole_yen"):
        run(
            "INSERT INTO bookings_feetable (id, facility_id, kind, valid_from, content, note, entered_at)"
            " VALUES (%s, %s, 'terms', '2099-01-01', %s, '', now())",
            uuid4(),
            room.facility_id,
            content,
        )


def test_a_first_table_may_begin_in_the_past_and_the_next_one_not() -> None:
    room = factories.meeting_room()
    past, today = dt.date(2020, 4, 1), clock.today()
    with as_tenant(CHUO):
        enter_tables(actor=STAFF, tables=[NewTable(room.facility_id, FeeTableKind.TERMS, Terms(), past)])
        for day in (past, past - dt.timedelta(days=1), past + dt.timedelta(days=1), today):
            with pytest.raises(TableInForceError):
                enter_tables(actor=STAFF, tables=[NewTable(room.facility_id, FeeTableKind.TERMS, Terms(), day)])
        enter_tables(actor=STAFF, tables=[NewTable(room.facility_id, FeeTableKind.TERMS, Terms(), LATER)])


def test_a_table_that_does_not_hold_yet_is_taken_back_and_one_in_force_not() -> None:
    room = factories.meeting_room()
    [*_, held] = fee_tables(room)
    with as_tenant(CHUO):
        enter_tables(actor=STAFF, tables=[NewTable(room.facility_id, FeeTableKind.TERMS, Terms(), LATER)])
        take_back_table(actor=STAFF, table=FeeTable.objects.get(valid_from=LATER).pk)
        with pytest.raises(TableInForceError):
            take_back_table(actor=STAFF, table=held.pk)


def test_a_table_on_which_a_fee_rests_is_not_taken_back() -> None:
    room = factories.meeting_room()
    day = factories.soon()
    first, *_ = fee_tables(room, valid_from=day)
    factories.booking_awaiting_permit(room=room, day=day)
    with as_tenant(CHUO), pytest.raises(TableInForceError):
        take_back_table(actor=STAFF, table=first.pk)


def test_a_whole_set_is_copied_to_another_facility_by_the_names_of_its_rooms() -> None:
    room, other = factories.meeting_room(), factories.meeting_room()
    third = factories.meeting_room(at=room.facility, name="和室")
    fee_tables(room)
    fee_tables(third, only=["tariff"])
    with as_tenant(CHUO):
        count = copy_tables(actor=STAFF, source=room.facility_id, target=other.facility_id, valid_from=clock.today())
        copied = FeeTable.objects.filter(facility=other.facility_id)
        assert count == copied.count() == 6
        assert copied.get(kind=FeeTableKind.TARIFF).room_id == other.pk
