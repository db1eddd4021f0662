"""The city orders, the desk receives and tells; in an emergency new bookings stop at that moment."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection
from psycopg.types.range import TimestamptzRange

from apps.bookings.displacement_errors import (
    DisplacementStateError,
    OrderOverError,
    StoppedError,
    UnknownDisplacementError,
)
from apps.bookings.models import Booking, Displacement, Room
from apps.bookings.queries.displacement import waiting_orders
from apps.bookings.services.displacement.choosing import choose_for_all
from apps.bookings.services.displacement.draft import receive_order
from apps.bookings.services.displacement.ending import call_off_displacement, end_displacement
from apps.bookings.services.displacement.find import find_hits
from apps.compliance.services.public_use import OrderedPlace, Wanted, end_order, order_public_use
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.occupancy.models import Occupancy
from shared.publicuse.models import Order, Place
from tests import factories
from tests.apps.bookings.services.displacement.acts import STAFF, carried_out, whole_day
from tests.support.scopes import as_city, as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")


def ordered(*rooms: tuple[str, Room], **values: Any) -> tuple[Order, list[UUID]]:
    """An order of the city, and its places in the order of the rooms."""
    officer = factories.city_officer()
    places = [OrderedPlace(schema, room.facility_id, (room.pk,)) for schema, room in rooms]
    said = {"occasion": "shelter", "article": "災害対策基本法第49条の4", "reason": "大雨による避難所とするため"}
    with as_city():
        wanted = Wanted(spans=(whole_day(),), places=places, **said | values)
        order = order_public_use(actor=Actor(kind="city", id=officer.pk), wanted=wanted)
        rows = {place.facility: place.pk for place in order.places.all()}
    return order, [rows[room.facility_id] for _schema, room in rooms]


def test_each_facility_sees_its_own_order_and_the_city_sees_numbers_from_each() -> None:
    here, there = factories.meeting_room(), factories.meeting_room(SPORTS)
    booking = factories.permitted_booking(room=here)
    order, (mine, other) = ordered((CHUO, here), (SPORTS, there))
    with as_tenant(CHUO):
        assert [one.pk for one in waiting_orders()] == [mine]
        with pytest.raises(UnknownDisplacementError):
            receive_order(actor=STAFF, place=other)
        made = receive_order(actor=STAFF, place=mine)
        assert (made.occasion, made.reason, made.place) == ("shelter", order.reason, mine)
        find_hits(actor=STAFF, displacement=made.pk)
        choose_for_all(actor=STAFF, displacement=made.pk, fate="cancel")
        carried_out(made)
        with pytest.raises(DisplacementStateError):
            receive_order(actor=STAFF, place=mine)
    with as_city():
        done = Place.objects.get(pk=mine)
        assert (done.state, done.hits, done.people, done.cancelled, done.refund) == ("done", 1, 10, 1, 0)
        assert Place.objects.get(pk=other).state == "sent"
        assert AuditEntry.objects.filter(object_type="public_use_order").count() == 1
    with as_tenant(CHUO):
        assert Booking.objects.get(pk=booking.pk).state == "called_off"


def test_an_emergency_stops_new_bookings_at_once_and_the_portal_shows_it() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    kept = factories.booking_on_hold(citizen, room)
    _order, (place,) = ordered((CHUO, room), stops=True)
    with pytest.raises(StoppedError):
        factories.booking_on_hold(factories.citizen_with_registration(), room, slots=[2])
    with pytest.raises(StoppedError):
        factories.counter_booking(factories.individual(), room, slots=[3])
    factories.booking_on_hold(factories.citizen_with_registration(), room, day=factories.soon() + dt.timedelta(days=1))
    with as_portal():
        shown = Occupancy.objects.filter(day=factories.soon(), kind="city_use")
        assert [(one.part, one.day) for one in shown] == [(_part(room), factories.soon())]
    with as_tenant(CHUO):
        made = receive_order(actor=STAFF, place=place)
        find_hits(actor=STAFF, displacement=made.pk)
        done = carried_out(made)
        assert done.figures["let_go"] == 1
        assert Booking.objects.get(pk=kept.pk).state == "cancelled"
    with as_portal():
        assert Occupancy.objects.filter(day=factories.soon(), kind="city_use").count() == 1, "now the desk's own block"
    with as_tenant(CHUO):
        end_displacement(actor=STAFF, displacement=made.pk, reason="避難者が帰宅したため")
    factories.booking_on_hold(factories.citizen_with_registration(), room, slots=[2])
    with as_city():
        assert Place.objects.get(pk=place).state == "over"


def _part(room: Room) -> UUID:
    with as_tenant(CHUO):
        return room.parts.get().pk


def test_the_stop_costs_a_booking_no_statement() -> None:
    room, other = factories.meeting_room(), factories.meeting_room()
    one, two = factories.citizen_with_registration(), factories.citizen_with_registration()
    with count_statements() as free:
        factories.booking_on_hold(one, room)
    ordered((CHUO, other), stops=True)
    with count_statements() as stopped:
        factories.booking_on_hold(two, room, slots=[2])
    assert stopped.count == free.count


def test_an_order_that_ends_lifts_the_stop_and_what_is_not_carried_out_is_dropped() -> None:
    room = factories.meeting_room()
    order, (place,) = ordered((CHUO, room), stops=True)
    with as_tenant(CHUO):
        made = receive_order(actor=STAFF, place=place)
        find_hits(actor=STAFF, displacement=made.pk)
    with as_city():
        end_order(actor=Actor(kind="city", id=order.ordered_by), order=order.pk, reason="警報が解除されたため")
        with pytest.raises(OrderOverError):
            end_order(actor=Actor(kind="city", id=order.ordered_by), order=order.pk, reason="もう一度")
    factories.booking_on_hold(factories.citizen_with_registration(), room)
    with as_tenant(CHUO):
        with pytest.raises(OrderOverError):
            carried_out(made)
        assert Displacement.objects.get().state == "found"
        call_off_displacement(actor=STAFF, displacement=made.pk, reason="市が終了したため")
    with as_portal():
        assert not Occupancy.objects.filter(kind="city_use").exists()


def test_the_city_names_only_rooms_of_the_facility() -> None:
    here, there = factories.meeting_room(), factories.meeting_room(SPORTS)
    officer = factories.city_officer()
    wrong = OrderedPlace(CHUO, here.facility_id, (there.pk,))
    with as_city(), pytest.raises(IntegrityError):
        order_public_use(
            actor=Actor(kind="city", id=officer.pk),
            wanted=Wanted("polling", "第1条", "投票所", (whole_day(),), [wrong]),
        )


def test_no_side_writes_what_is_the_others(superuser: psycopg.Connection) -> None:
    here, there = factories.meeting_room(), factories.meeting_room(SPORTS)
    _order, (mine, _other) = ordered((CHUO, here), (SPORTS, there), stops=True)
    with as_tenant(CHUO), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared.publicuse_place")
        assert cursor.fetchone() == (1,)
        for refused in (
            "UPDATE shared.publicuse_place SET rooms = '{}'",
            "DELETE FROM shared.publicuse_place",
            "UPDATE shared.publicuse_order SET reason = 'x'",
            "DELETE FROM shared.publicuse_stop",
            "SELECT * FROM shared.publicuse_stop",
            "INSERT INTO shared.publicuse_stop SELECT * FROM shared.publicuse_stop",
        ):
            with pytest.raises(ProgrammingError):
                cursor.execute(refused)
        with pytest.raises(IntegrityError, match="goes forward"):
            cursor.execute(
                "UPDATE shared.publicuse_place SET state = 'done', done_at = now(), hits = 0, received_at=now()"
            )
        cursor.execute("UPDATE shared.publicuse_place SET state = 'over' WHERE tenant = %s", [SPORTS])
        assert cursor.rowcount == 0
    with as_city(), connection.cursor() as cursor:
        for refused in (
            "UPDATE shared.publicuse_place SET state = 'over'",
            "INSERT INTO shared.publicuse_stop SELECT * FROM shared.publicuse_stop",
            "DELETE FROM shared.publicuse_order",
        ):
            with pytest.raises(ProgrammingError):
                cursor.execute(refused)
    with as_portal(), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT * FROM shared.publicuse_order")
    assert superuser.execute("SELECT state FROM shared.publicuse_place WHERE id = %s", [mine]).fetchone() == ("sent",)


def test_a_stopped_part_takes_no_booking_by_a_statement_either(superuser: psycopg.Connection) -> None:
    room = factories.meeting_room()
    booking = factories.permitted_booking(room=room, day=factories.soon() + dt.timedelta(days=1))
    ordered((CHUO, room), stops=True)
    starts, _ends = whole_day()
    at = TimestamptzRange(starts + dt.timedelta(hours=9), starts + dt.timedelta(hours=12))
    with pytest.raises(psycopg.errors.CheckViolation, match="the city needs the room"):
        superuser.execute("UPDATE chuo.bookings_occupation SET during = %s WHERE booking_id = %s", [at, booking.pk])
