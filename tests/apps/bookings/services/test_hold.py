"""Choosing a slot holds it at once."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from apps.bookings.errors import (
    BookingError,
    ClosedDayError,
    RegistrantNotActiveError,
    SlotTakenError,
    UnknownRegistrantError,
    UnknownRoomError,
)
from apps.bookings.models import Booking, BookingState, ClosingRule, Occupation, Room
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from kernel import clock
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")


def wish_of(citizen: factories.Citizen, room: Room, *slots: int) -> Wish:
    return Wish(citizen.registrant.pk, room.pk, factories.soon(), slots or (factories.MORNING,), uuid.uuid4())


def refused(citizen: factories.Citizen, wish: Wish, error: type[BookingError]) -> None:
    with as_portal(citizen.schema, citizen.account.pk), pytest.raises(error):
        hold_slot(actor=citizen.actor, wish=wish)
    with as_tenant(citizen.schema):
        assert Booking.objects.count() == 0


def test_a_hold_occupies_every_part_until_its_time_is_over() -> None:
    hall = factories.hall_with_halves()
    booking = factories.booking_on_hold(factories.citizen_with_registration(), hall.whole)
    with as_tenant(CHUO):
        assert booking.state == BookingState.HOLD
        assert booking.hold_expires_at == booking.created_at + dt.timedelta(minutes=15)
        assert set(Occupation.objects.values_list("expires_at", flat=True)) == {booking.hold_expires_at}
        assert Occupation.objects.count() == 2


def test_a_whole_hall_blocks_its_halves_and_a_half_the_whole() -> None:
    hall, citizen = factories.hall_with_halves(), factories.citizen_with_registration()
    factories.booking_on_hold(citizen, hall.half_a)
    for room in (hall.whole, hall.half_a):
        with pytest.raises(SlotTakenError):
            factories.booking_on_hold(citizen, room)
    factories.booking_on_hold(citizen, hall.half_b)


def test_the_same_key_again_gives_the_same_booking() -> None:
    citizen = factories.citizen_with_registration()
    wish = wish_of(citizen, factories.meeting_room())
    with as_portal(CHUO, citizen.account.pk):
        first, second = (hold_slot(actor=citizen.actor, wish=wish) for _ in range(2))
    assert first.pk == second.pk


def test_a_hold_that_is_over_frees_its_slot_without_a_worker(superuser: psycopg.Connection) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    over = factories.booking_on_hold(citizen, room)
    past = clock.now() - dt.timedelta(seconds=1)
    superuser.execute("UPDATE chuo.bookings_booking SET hold_expires_at = %s", [past])
    superuser.execute("UPDATE chuo.bookings_occupation SET expires_at = %s", [past])
    taken_over = factories.booking_on_hold(factories.citizen_with_registration(), room)
    with as_tenant(CHUO):
        assert Occupation.objects.get().booking_id == taken_over.pk != over.pk


def test_a_room_of_another_tenant_is_unknown() -> None:
    citizen = factories.citizen_with_registration()
    refused(citizen, wish_of(citizen, factories.meeting_room(BUNKA)), UnknownRoomError)


def test_a_room_that_is_not_public_is_unknown() -> None:
    citizen = factories.citizen_with_registration()
    refused(citizen, wish_of(citizen, factories.meeting_room(is_public=False)), UnknownRoomError)


def test_somebody_elses_registration_is_unknown() -> None:
    citizen, other = factories.citizen_with_registration(), factories.citizen_with_registration()
    wish = replace(wish_of(citizen, factories.meeting_room()), registrant=other.registrant.pk)
    refused(citizen, wish, UnknownRegistrantError)


@pytest.mark.parametrize("values", [{"state": "suspended"}, {"valid_until": dt.date(2025, 1, 1)}])
def test_a_registration_that_is_not_in_force_cannot_book(values: dict[str, Any]) -> None:
    citizen = factories.citizen_with_registration(**values)
    refused(citizen, wish_of(citizen, factories.meeting_room()), RegistrantNotActiveError)


def test_a_closed_day_cannot_be_held() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    with as_tenant(CHUO):
        weekday = factories.soon().isoweekday()
        ClosingRule.objects.create(facility_id=room.facility_id, kind="weekly", weekday=weekday)
    refused(citizen, wish_of(citizen, room), ClosedDayError)


@pytest.mark.parametrize("slots", [(factories.MORNING,), (factories.MORNING, factories.AFTERNOON, factories.EVENING)])
def test_a_hold_takes_seven_statements_however_many_slots(slots: tuple[int, ...]) -> None:
    citizen, hall = factories.citizen_with_registration(), factories.hall_with_halves()
    wish = wish_of(citizen, hall.whole, *slots)
    with as_portal(CHUO, citizen.account.pk), count_statements() as statements:
        hold_slot(actor=citizen.actor, wish=wish)
    assert statements.count == 7, statements
