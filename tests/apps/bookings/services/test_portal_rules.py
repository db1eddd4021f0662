"""What the portal's hours, the open months, 区分制限 and annexes let through, on the whole path of a booking."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.bookings.errors import UnknownRoomError
from apps.bookings.gear_errors import (
    AnnexAloneError,
    AnnexStandsError,
    MonthNotOpenError,
    OnlyForError,
    OutsideHoursError,
)
from apps.bookings.models import Booking, BookingState, OpenMonth, PortalHours, Room
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.services.change import Target, change_by_citizen, change_by_staff
from kernel import clock
from kernel.clock import at
from shared.actor import Actor
from tests import factories
from tests.support.clients import signed_in
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")
AFTERNOON = 2


def receives(room: Room, kind: str = "closed") -> None:
    """From 5:00 to 24:00."""
    hours = {"kind": kind, "opens": dt.time(5), "closes": dt.time(0)}
    with as_tenant(CHUO):
        PortalHours.objects.create(facility_id=room.facility_id, valid_from=dt.date(2020, 1, 1), **hours)


def month(room: Room, kind: str, *, of_room: bool = False) -> None:
    since = dt.date(2020, 1, 1)
    with as_tenant(CHUO):
        OpenMonth.objects.create(facility_id=room.facility_id, room=room if of_room else None, since=since, kind=kind)


def set_room(room: Room, **values: Any) -> None:
    with as_tenant(CHUO):
        Room.objects.filter(pk=room.pk).update(**values)


def at_night(freeze: Any) -> dt.datetime:
    night = at(clock.today() + dt.timedelta(days=1), dt.time(3))
    freeze(f"{night:%Y-%m-%d %H:%M}")
    return night


def apply(citizen: factories.Citizen, booking: Booking) -> Booking:
    with as_portal(CHUO, citizen.account.pk):
        said = Application(factories.MEETING, 10, "例会")
        return apply_for_hold(actor=citizen.actor, booking=booking.pk, application=said)


@pytest.mark.parametrize("kind", ["closed", "shown"])
def test_outside_the_hours_nothing_is_held_and_the_page_says_when_it_opens(
    portal_client: Client, freeze: Any, kind: str
) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    receives(room, kind)
    day = factories.soon()
    night = at_night(freeze)
    client = signed_in(portal_client, citizen.account)
    place = f"/places/{CHUO}/rooms/{room.pk}/{day:%Y-%m-%d}/"
    page = client.get(place).content.decode()
    assert "5:00から受け付けます" in page
    assert "予約する</button>" not in page
    form = {"key": str(uuid.uuid4()), "slots": "1", "registrant": str(citizen.registrant.pk)}
    answer = client.post(f"{place}hold/", form)
    assert answer.status_code == 422
    assert f"{night:%Y-%m-%d} 05:00" in answer.content.decode()
    with as_tenant(CHUO):
        assert not Booking.objects.exists()


def test_what_was_held_in_time_is_applied_for_though_the_hours_end_and_not_taken_up_again_later(freeze: Any) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    receives(room)
    today = clock.today()
    freeze(f"{today} 23:55")
    held = factories.booking_on_hold(citizen, room)
    freeze(f"{today + dt.timedelta(days=1)} 00:05")
    assert apply(citizen, held).state == BookingState.UNDER_REVIEW
    freeze(f"{today} 23:56")
    held = factories.booking_on_hold(citizen, room, slots=[AFTERNOON])
    freeze(f"{today + dt.timedelta(days=1)} 00:30")
    with pytest.raises(OutsideHoursError):
        apply(citizen, held)


def test_the_counter_is_bound_by_none_of_it(freeze: Any) -> None:
    room = factories.meeting_room(only="group")
    receives(room)
    month(room, "hidden")
    at_night(freeze)
    assert factories.counter_booking(factories.individual(), room).state == BookingState.UNDER_REVIEW


@pytest.mark.parametrize("kind", ["shown", "hidden"])
def test_a_month_that_is_not_open_is_not_booked_whatever_is_sent(portal_client: Client, kind: str) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    month(room, kind)
    with pytest.raises(MonthNotOpenError):
        factories.booking_on_hold(citizen, room)
    day = factories.soon()
    place = f"/places/{CHUO}/rooms/{room.pk}/"
    shown = portal_client.get(f"{place}{day:%Y-%m-%d}/").content.decode()
    assert ("公開していません" in shown) is (kind == "hidden")
    address = f"/api/places/{CHUO}/facilities/{room.facility_id}/availability/?month={day:%Y-%m}"
    told = portal_client.get(address).json()["rooms"][0]["days"][f"{day:%Y-%m-%d}"]["mark"]
    assert told == ("free" if kind == "shown" else "outside")
    month(room, "bookable", of_room=True)
    assert factories.booking_on_hold(citizen, room).state == BookingState.HOLD


def test_a_change_of_date_on_the_portal_is_bound_too() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    booking = factories.booking_awaiting_permit(citizen, room)
    month(room, "shown")
    with as_portal(CHUO, citizen.account.pk), pytest.raises(MonthNotOpenError):
        change_by_citizen(actor=citizen.actor, booking=booking.pk, to=Target(room.pk, booking.day, (AFTERNOON,)))


def test_a_room_for_groups_takes_no_individual_and_one_to_come_nobody() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room(only="group")
    with pytest.raises(OnlyForError):
        factories.booking_on_hold(citizen, room)
    set_room(room, only="", public_from=clock.today() + dt.timedelta(days=1))
    with pytest.raises(UnknownRoomError):
        factories.booking_on_hold(citizen, room)
    set_room(room, public_from=clock.today())
    assert factories.booking_on_hold(citizen, room).state == BookingState.HOLD


def test_an_annex_is_booked_only_with_its_room_and_goes_with_it() -> None:
    citizen, hall = factories.citizen_with_registration(), factories.meeting_room(name="ホール")
    annex = factories.meeting_room(at=hall.facility, name="控室", parent=hall)
    with pytest.raises(AnnexAloneError) as told:
        factories.booking_on_hold(citizen, annex)
    assert told.value.params == {"parent": "ホール"}
    mine = factories.booking_awaiting_permit(citizen, hall)
    with pytest.raises(AnnexAloneError):
        factories.booking_on_hold(citizen, annex, slots=[AFTERNOON])
    room = factories.booking_awaiting_permit(citizen, annex)
    with as_tenant(CHUO), pytest.raises(AnnexStandsError) as stands:
        change_by_staff(actor=STAFF, booking=mine.pk, to=Target(hall.pk, mine.day, (AFTERNOON,)))
    assert stands.value.params == {"annex": room.number}
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=mine.pk)
        assert Booking.objects.get(pk=room.pk).state == BookingState.CANCELLED


def test_somebody_elses_hall_opens_no_annex() -> None:
    hall = factories.meeting_room(name="ホール")
    annex = factories.meeting_room(at=hall.facility, name="控室", parent=hall)
    factories.booking_awaiting_permit(room=hall)
    with pytest.raises(AnnexAloneError):
        factories.booking_on_hold(factories.citizen_with_registration(), annex)
