"""Carried out while a citizen books, while another clerk carries it out too, and while a booking is changed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from apps.bookings.displacement_errors import DisplacementStateError, HitsChangedError
from apps.bookings.errors import BookingError, SlotTakenError
from apps.bookings.models import Booking, Displacement, Occupation
from apps.bookings.services.change import Target, change_by_staff
from apps.bookings.services.displacement.carry_out import carry_out
from apps.bookings.services.displacement.choosing import choose_for_all
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.displacement.acts import STAFF, looked_for
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]


def carried(displacement: Displacement) -> Any:
    try:
        with as_tenant(CHUO):
            return carry_out(actor=STAFF, displacement=displacement.pk).state
    except BookingError as error:
        return type(error)


@pytest.mark.parametrize("_round", range(5))
def test_a_citizen_who_books_meanwhile_is_refused_or_let_go_and_nothing_is_doubled(_round: int) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        choose_for_all(actor=STAFF, displacement=found.pk, fate="cancel")

    def book() -> Any:
        wish = Wish(citizen.registrant.pk, room.pk, factories.soon(), (2,), uuid.uuid4())
        try:
            with as_portal(CHUO, citizen.account.pk):
                return hold_slot(actor=citizen.actor, wish=wish).pk
        except SlotTakenError:
            return None

    done, held = together(2, lambda number: book() if number else carried(found))
    assert done == "done"
    with as_tenant(CHUO):
        assert set(Occupation.objects.values_list("kind", flat=True)) == {"city_use"}
        assert held is None or Booking.objects.get(pk=held).state == "cancelled"


@pytest.mark.parametrize("_round", range(5))
def test_of_two_clerks_one_carries_it_out_and_every_renter_is_written_to_once(_round: int) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.permitted_booking(citizen, room)
    with as_tenant(CHUO):
        found = looked_for(room)
        choose_for_all(actor=STAFF, displacement=found.pk, fate="cancel")
    results = together(2, lambda _number: carried(found))
    assert sorted(results, key=str) == sorted(["done", DisplacementStateError], key=str)
    with as_tenant(CHUO):
        assert Message.objects.filter(template="bookings/mail/displaced").count() == 1


@pytest.mark.parametrize("_round", range(5))
def test_a_booking_that_is_changed_meanwhile_goes_first_or_not_at_all(_round: int) -> None:
    at = factories.facility()
    room, other = factories.meeting_room(at=at), factories.meeting_room(at=at)
    booking = factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        found = looked_for(room)
        choose_for_all(actor=STAFF, displacement=found.pk, fate="cancel")

    def move() -> Any:
        try:
            with as_tenant(CHUO):
                to = Target(other.pk, booking.day, (1,))
                return change_by_staff(actor=STAFF, booking=booking.pk, to=to).room_id
        except BookingError as error:
            return type(error)

    done, moved = together(2, lambda number: move() if number else carried(found))
    with as_tenant(CHUO):
        state = Booking.objects.get(pk=booking.pk).state
    if done == "done":
        assert (state, moved != other.pk) == ("called_off", True)
    else:
        assert (done, moved, state) == (HitsChangedError, other.pk, "permitted")
