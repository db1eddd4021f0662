"""What the database and the calendar's lock refuse: too much equipment, noise beside quiet, a closing and a booking."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from apps.bookings.errors import (
    BookingsHitError,
    CalendarChangedError,
    ClosedDayError,
    DisturbedError,
    NoStockError,
)
from apps.bookings.models import (
    Booking,
    BookingState,
    Channel,
    ClosingRule,
    Equipment,
    EquipmentStock,
    EquipmentUse,
    OccupationKind,
    Purpose,
    Room,
    RoomNeighbour,
    RoomPurpose,
)
from apps.bookings.queries.equipment import lendable
from apps.bookings.rules.fees.use import EquipmentUse as Item
from apps.bookings.rules.listing import Closing
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.closings import set_closing
from apps.bookings.services.equipment import Kind, add_equipment, set_stock
from apps.bookings.services.lending import equip_by_staff
from apps.bookings.services.occupying import Claim, occupations, secure
from apps.bookings.services.starting import Start, Wish, asked, start
from apps.bookings.web.gear_fields import place_of
from kernel import clock
from kernel.errors import DomainError
from shared.actor import Actor
from shared.inserts import insert_together
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import Gate

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")
MORNING, AFTERNOON = 1, 2


def microphones(room: Room, quantity: int = 3) -> Equipment:
    with as_tenant(CHUO):
        kind = Kind(room.facility_id, "マイク", minutes_before=30, minutes_after=30)
        return add_equipment(actor=STAFF, kind=kind, since=clock.today(), quantity=quantity)


def booked(room: Room, slot: int = MORNING, **application: Any) -> Booking:
    return factories.counter_booking(factories.group(), room, slots=[slot], **application)


def take(booking: Booking, kind: Equipment, quantity: int) -> None:
    with as_tenant(CHUO):
        equip_by_staff(actor=STAFF, booking=booking.pk, items=[Item(kind.code, quantity)])


def test_no_more_is_lent_at_one_time_than_there_is_across_rooms() -> None:
    one = factories.meeting_room()
    two = factories.meeting_room(at=one.facility, name="和室")
    kind = microphones(one)
    take(booked(one), kind, 2)
    second = booked(two)
    with pytest.raises(NoStockError) as told:
        take(second, kind, 2)
    assert told.value.params == {"name": "マイク", "left": 1}
    take(second, kind, 1)
    with as_tenant(CHUO):
        assert [one.left for one in lendable(place_of(second))] == [0]


def test_what_is_given_back_by_then_is_lent_again_and_a_change_replaces_the_number() -> None:
    room = factories.meeting_room()
    kind = microphones(room)
    morning, afternoon = booked(room), booked(room, AFTERNOON)
    take(morning, kind, 3)
    take(afternoon, kind, 3)  # an hour between: half an hour before and after
    take(morning, kind, 1)
    with as_tenant(CHUO):
        assert EquipmentUse.objects.get(booking=morning).quantity == 1


def test_a_cancelled_booking_gives_its_equipment_back() -> None:
    room = factories.meeting_room()
    kind = microphones(room)
    citizen = factories.citizen_with_registration()
    cancelled = factories.booking_awaiting_permit(citizen, room)
    take(cancelled, kind, 3)
    with as_tenant(CHUO):
        cancel_by_staff(actor=STAFF, booking=cancelled.pk, reason="工事のため")
    take(booked(room), kind, 3)


def test_the_database_refuses_what_no_service_asked_about() -> None:
    room = factories.meeting_room()
    kind, booking = microphones(room), booked(room)
    with as_tenant(CHUO), pytest.raises(IntegrityError, match="more equipment than there is"), transaction.atomic():
        EquipmentUse.objects.create(booking=booking, equipment=kind, during=booking.during, quantity=4)


def test_stock_is_not_lowered_below_what_is_reserved() -> None:
    room = factories.meeting_room()
    kind, booking = microphones(room), booked(room)
    take(booking, kind, 3)
    with as_tenant(CHUO):
        with pytest.raises(NoStockError):
            set_stock(actor=STAFF, equipment=kind.pk, since=clock.today(), quantity=2)
        set_stock(actor=STAFF, equipment=kind.pk, since=booking.day + dt.timedelta(days=1), quantity=2)
        with pytest.raises(IntegrityError), transaction.atomic():
            EquipmentStock.objects.filter(valid_from=clock.today()).delete()


def test_two_who_reserve_the_last_at_once_do_not_both_get_it() -> None:
    at = factories.facility()
    rooms = [factories.meeting_room(at=at, name=f"第{number}会議室") for number in range(4)]
    kind = microphones(rooms[0], quantity=1)
    bookings = [booked(room) for room in rooms]
    ready = Gate(len(bookings))

    def reserve(booking: Booking) -> bool:
        try:
            ready.wait()
            take(booking, kind, 1)
        except NoStockError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(bookings)) as pool:
        assert sum(pool.map(reserve, bookings)) == 1


def neighbours(strictness: str = "refuse") -> tuple[Room, Room]:
    one, two = factories.meeting_room(name="音楽室"), factories.meeting_room(name="和室")
    with as_tenant(CHUO):
        for code, flags in (("drums", {"is_loud": True}), ("tea", {"needs_quiet": True})):
            Purpose.objects.create(code=code, name=code, **flags)
            RoomPurpose.objects.bulk_create(RoomPurpose(room=room, purpose_id=code) for room in (one, two))
        RoomNeighbour.objects.create(room=one, neighbour=two, strictness=strictness)
    return one, two


@pytest.mark.parametrize(("first", "second"), [("drums", "tea"), ("tea", "drums")])
def test_a_loud_use_beside_a_quiet_one_is_refused(first: str, second: str) -> None:
    one, two = neighbours()
    booked(one, purpose=first)
    with pytest.raises(DisturbedError) as told:
        booked(two, purpose=second)
    assert told.value.params == {"room": "音楽室"}


def test_uses_that_do_not_disturb_are_taken() -> None:
    one, two = neighbours()
    booked(one, purpose="drums")
    booked(two, purpose="drums")
    booked(two, AFTERNOON, purpose="tea")


def test_rooms_that_only_warn_refuse_nothing_and_tell_the_desk(desk: Client) -> None:
    one, two = neighbours("warn")
    booked(one, purpose="drums")
    quiet = booked(two, purpose="tea")
    assert "隣の「音楽室」に" in desk.get(f"/bookings/{quiet.pk}/").content.decode()


def test_a_loud_and_a_quiet_use_at_once_are_not_both_taken() -> None:
    one, two = neighbours()
    wishes = [(one, "drums", factories.group()), (two, "tea", factories.group())]
    ready = Gate(2)

    def book(wish: tuple[Room, str, object]) -> bool:
        room, purpose, registrant = wish
        try:
            ready.wait()
            factories.counter_booking(registrant, room, purpose=purpose)  # type: ignore[arg-type]  # a registrant
        except DisturbedError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(book, wishes)) == 1


def closing_on(day: dt.date) -> Closing:
    return Closing("period", None, "", "", "臨時休館", "Closed", since=day, until=day)


def close(room: Room, day: dt.date) -> None:
    with as_tenant(CHUO):
        set_closing(actor=STAFF, facility=room.facility_id, room=None, closing=closing_on(day))


def test_a_booking_that_was_judged_by_an_older_listing_is_refused() -> None:
    room, registrant, day = factories.meeting_room(), factories.group(), factories.soon()
    wish = Wish(registrant.pk, room.pk, day, (MORNING,), uuid.uuid4())
    with as_tenant(CHUO):
        by = asked(wish)
        ClosingRule.objects.create(facility_id=room.facility_id, kind="weekly", weekday=1)
        with pytest.raises(CalendarChangedError), transaction.atomic():
            start(wish, by)
        with transaction.atomic():
            start(wish, replace(by, offer=replace(by.offer, listed="")))  # who does not say which listing is not asked


def test_a_closing_waits_for_a_booking_on_its_way_and_sees_it() -> None:
    room, registrant, day = factories.meeting_room(), factories.group(), factories.soon()
    done: list[str] = []

    def try_to_close() -> None:
        try:
            close(room, day)
            done.append("closed")
        except BookingsHitError:
            done.append("refused")
        finally:
            connections.close_all()

    wish = Wish(registrant.pk, room.pk, day, (MORNING,), uuid.uuid4())
    with ThreadPoolExecutor(1) as pool:
        with as_tenant(CHUO), transaction.atomic():
            begun = start(wish, asked(wish))
            closing = pool.submit(try_to_close)
            _hold(begun)
        closing.result()
    assert done == ["refused"]


def test_of_a_closing_and_bookings_at_once_no_booking_is_hit_unseen() -> None:
    room, day = factories.meeting_room(), factories.soon()
    registrants = [factories.group() for _ in range(3)]
    ready = Gate(4)

    def act(number: int) -> str:
        try:
            ready.wait()
            if number == 3:
                close(room, day)
            else:
                factories.counter_booking(registrants[number], room, day=day, slots=[number + 1])
        except DomainError as error:
            return error.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(act, range(4)))
    with as_tenant(CHUO):
        booked_there, closed = Booking.objects.filter(day=day).count(), ClosingRule.objects.exists()
    assert not (closed and booked_there)
    assert closed is (told[3] == "done")
    assert {*told[:3]} <= {"done", CalendarChangedError.code, ClosedDayError.code}


def test_whoever_secures_without_a_listing_is_not_asked_for_one() -> None:
    room = factories.meeting_room()
    with as_tenant(CHUO), transaction.atomic():
        parts = tuple(room.parts.values_list("pk", flat=True))
        now = clock.now()
        secure(Claim(parts, now + dt.timedelta(days=1), now + dt.timedelta(days=1, hours=1)), now=now)


def _hold(begun: Start) -> None:
    expires = clock.now() + dt.timedelta(minutes=15)
    booking = begun.booking(state=BookingState.HOLD, channel=Channel.COUNTER, hold_expires_at=expires)
    insert_together(
        booking, *occupations(begun.claim, kind=OccupationKind.HOLD, booking=booking.pk, expires_at=expires)
    )
