"""A change of date or room: both or nothing, with number and history kept, also among many at once."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from apps.bookings.errors import SlotTakenError, TooLateToCancelError, WrongStateError
from apps.bookings.life_errors import ChangeAskedError, NotByPortalError, NothingChangesError
from apps.bookings.models import Booking, ChangeRequest, DocumentKind, Occupation
from apps.bookings.rules.limits import Limit
from apps.bookings.services import change
from apps.bookings.services.change import Target
from apps.bookings.services.printing import print_document
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())


def next_day(booking: Booking) -> Target:
    return Target(booking.room_id, booking.day + dt.timedelta(days=1), (2,))


def test_a_citizen_changes_what_is_not_permitted_yet() -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.booking_awaiting_permit(citizen)
    with as_portal(CHUO, citizen.account.pk):
        change.change_by_citizen(actor=citizen.actor, booking=booking.pk, to=next_day(booking))
    with as_tenant(CHUO):
        now = Booking.objects.get()
        assert (now.number, now.state, now.slot_labels) == (booking.number, "under_review", ["午後"])
        assert now.day == booking.day + dt.timedelta(days=1)
        assert [one.during for one in Occupation.objects.all()] == [now.during]
        assert list(now.acts.values_list("act", flat=True)) == ["apply", "change"]
        assert Message.objects.filter(template="bookings/mail/changed").count() == 1


def test_a_limit_does_not_count_the_booking_itself() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    factories.terms(room.facility, limits=(Limit("room", "week", 1),))
    booking = factories.booking_awaiting_permit(citizen, room)
    with as_portal(CHUO, citizen.account.pk):
        change.change_by_citizen(actor=citizen.actor, booking=booking.pk, to=Target(room.pk, booking.day, (3,)))


def test_to_a_slot_that_is_taken_nothing_changes() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    booking = factories.booking_awaiting_permit(citizen, room)
    factories.booking_awaiting_permit(room=room, slots=[2])
    with as_portal(CHUO, citizen.account.pk), pytest.raises(SlotTakenError):
        change.change_by_citizen(actor=citizen.actor, booking=booking.pk, to=Target(room.pk, booking.day, (2,)))
    with as_tenant(CHUO):
        assert Booking.objects.get(pk=booking.pk).slot_labels == ["午前"]
        assert Occupation.objects.filter(booking=booking.pk).count() == 1


def test_slots_that_overlap_its_own_are_free_for_it() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        to = Target(booking.room_id, booking.day, (1, 2))
        assert change.change_by_staff(actor=STAFF, booking=booking.pk, to=to).slot_labels == ["午前", "午後"]
        with pytest.raises(NothingChangesError):
            change.change_by_staff(actor=STAFF, booking=booking.pk, to=to)


def test_a_permitted_booking_is_changed_by_asking_and_gets_a_permit_of_change() -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.permitted_booking(citizen)
    with as_portal(CHUO, citizen.account.pk):
        with pytest.raises(NotByPortalError):
            change.change_by_citizen(actor=citizen.actor, booking=booking.pk, to=next_day(booking))
        change.ask_change(actor=citizen.actor, booking=booking.pk, to=next_day(booking))
        with pytest.raises(ChangeAskedError):
            change.ask_change(actor=citizen.actor, booking=booking.pk, to=next_day(booking))
    with as_tenant(CHUO):
        done = change.grant_change(actor=STAFF, booking=booking.pk)
        assert (done.state, done.slot_labels, done.number) == ("permitted", ["午後"], booking.number)
        assert ChangeRequest.objects.get().state == "granted"
        assert print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.CHANGE).startswith(b"%PDF")


def test_a_change_that_is_refused_or_withdrawn_leaves_the_booking() -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.permitted_booking(citizen)
    for _ in range(2):
        with as_portal(CHUO, citizen.account.pk):
            change.ask_change(actor=citizen.actor, booking=booking.pk, to=next_day(booking))
            change.withdraw_change(actor=citizen.actor, booking=booking.pk)
    with as_portal(CHUO, citizen.account.pk):
        change.ask_change(actor=citizen.actor, booking=booking.pk, to=next_day(booking))
    with as_tenant(CHUO):
        change.refuse_change(actor=STAFF, booking=booking.pk, reason="ほかの行事のため")
        assert Booking.objects.get().day == booking.day
        states = ChangeRequest.objects.order_by("asked_at").values_list("state", flat=True)
        assert list(states) == ["withdrawn", "withdrawn", "refused"]


def test_too_late_is_too_late(freeze: object) -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.booking_awaiting_permit(citizen)
    freeze(f"{booking.day:%Y-%m-%d} 00:00")  # type: ignore[operator]
    with as_portal(CHUO, citizen.account.pk), pytest.raises(TooLateToCancelError):
        change.change_by_citizen(actor=citizen.actor, booking=booking.pk, to=next_day(booking))


def test_what_is_cancelled_is_not_changed() -> None:
    booking = factories.cancelled_booking()
    with as_tenant(CHUO), pytest.raises(WrongStateError):
        change.change_by_staff(actor=STAFF, booking=booking.pk, to=next_day(booking))


@pytest.mark.race
def test_of_many_that_move_to_one_slot_one_gets_it_and_the_others_keep_theirs() -> None:
    room = factories.meeting_room()
    bookings = [
        factories.booking_awaiting_permit(room=room, day=factories.soon() + dt.timedelta(days=number))
        for number in range(8)
    ]

    def work(number: int) -> bool:
        to = Target(room.pk, factories.soon() + dt.timedelta(days=9), (2,))
        with as_tenant(CHUO):
            try:
                change.change_by_staff(actor=STAFF, booking=bookings[number].pk, to=to)
            except SlotTakenError:
                return False
        return True

    assert sum(together(8, work)) == 1
    with as_tenant(CHUO):
        pairs = {(one.booking_id, one.during) for one in Occupation.objects.all()}
        assert pairs == {(one.pk, one.during) for one in Booking.objects.all()}
