"""Limits hold in the write path: also among many requests at once, also for a hold that comes back."""

from __future__ import annotations

import datetime as dt
import uuid

import psycopg
import pytest

from apps.bookings.life_errors import LimitReachedError, TooFewPeopleError, TooManyHoldsError
from apps.bookings.models import Booking, BookingAct, Measure
from apps.bookings.rules.limits import Ceilings, Limit
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())
SAID = Application("meeting", 10, "例会")
FOUR_A_MONTH = Limit("room", "month", 4)


def days(count: int) -> list[dt.date]:
    """Days of one month that are open to everybody."""
    first = (clock.today() + dt.timedelta(days=32)).replace(day=1)
    return [first + dt.timedelta(days=number) for number in range(count)]


def wish(citizen: factories.Citizen, room: object, day: dt.date, *slots: int) -> Wish:
    return Wish(citizen.registrant.pk, room.pk, day, slots or (1,), uuid.uuid4())  # type: ignore[attr-defined]


@pytest.mark.race
def test_of_many_at_once_never_more_than_the_limit_get_through() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.terms(room.facility, limits=(FOUR_A_MONTH,), ceilings=Ceilings(holds=0))
    wanted = days(12)

    def work(number: int) -> bool:
        with as_portal(CHUO, citizen.account.pk):
            try:
                hold_slot(actor=citizen.actor, wish=wish(citizen, room, wanted[number]))
            except LimitReachedError:
                return False
        return True

    assert sum(together(12, work)) == 4


@pytest.mark.race
def test_of_many_holds_at_once_never_more_than_the_ceiling() -> None:
    rooms = [factories.meeting_room() for _ in range(3)]
    citizen = factories.citizen_with_registration()

    def work(number: int) -> bool:
        with as_portal(CHUO, citizen.account.pk):
            try:
                hold_slot(actor=citizen.actor, wish=wish(citizen, rooms[number % 3], days(12)[number]))
            except TooManyHoldsError:
                return False
        return True

    assert sum(together(12, work)) == 5


def test_the_counter_is_bound_too_unless_staff_give_a_reason() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.terms(room.facility, limits=(Limit("facility", "month", 1),), ceilings=Ceilings(people=5))
    with as_tenant(CHUO):
        book_at_counter(actor=STAFF, wish=wish(citizen, room, days(1)[0]), application=SAID)
        with pytest.raises(LimitReachedError):
            book_at_counter(actor=STAFF, wish=wish(citizen, room, days(2)[1]), application=SAID)
        with pytest.raises(TooFewPeopleError):
            book_at_counter(actor=STAFF, wish=wish(citizen, room, days(2)[1]), application=Application("meeting", 4))
        made = book_at_counter(
            actor=STAFF, wish=wish(citizen, room, days(2)[1]), application=SAID, override="市の後援行事のため"
        )
        assert list(made.acts.values_list("act", "reason")) == [("apply", ""), ("override", "市の後援行事のため")]


def test_a_hold_that_comes_back_is_counted_again(superuser: psycopg.Connection) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.terms(room.facility, limits=(Limit("room", "month", 1),))
    late = factories.booking_on_hold(citizen, room, day=days(1)[0])
    superuser.execute("UPDATE chuo.bookings_booking SET hold_expires_at = now() - interval '5 minutes'")
    superuser.execute("UPDATE chuo.bookings_occupation SET expires_at = now() - interval '5 minutes'")
    factories.booking_awaiting_permit(citizen, room, day=days(2)[1])
    with as_portal(CHUO, citizen.account.pk), pytest.raises(LimitReachedError):
        apply_for_hold(actor=citizen.actor, booking=late.pk, application=SAID)


def test_somebody_elses_bookings_do_not_count() -> None:
    room = factories.meeting_room()
    factories.terms(room.facility, limits=(Limit("room", "month", 1),))
    for day in days(3):
        factories.booking_awaiting_permit(room=room, day=day)
    with as_tenant(CHUO):
        assert Booking.objects.count() == 3


def test_whoever_is_restricted_by_a_measure_applies_once_a_month() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    with as_tenant(CHUO):
        Measure.objects.create(
            registrant=citizen.registrant, facility_id=room.facility_id, kind="fewer", days=0, points=2, state="taken",
            proposed_at=clock.now(), decided_at=clock.now(), decided_by=STAFF.id, first=clock.today(),
            reason="無断不使用",
        )  # fmt: skip
    factories.booking_on_hold(citizen, room, day=days(1)[0])
    with pytest.raises(LimitReachedError):
        factories.booking_on_hold(citizen, room, day=days(2)[1])


def test_what_was_set_aside_is_an_act_of_its_own() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    with as_tenant(CHUO):
        book_at_counter(actor=STAFF, wish=wish(citizen, room, days(1)[0]), application=SAID)
        assert not BookingAct.objects.filter(act="override").exists()
