"""The waiting list: the first in line gets a hold, then the next."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
import time_machine

from apps.bookings.errors import UnknownBookingError
from apps.bookings.life_errors import NotWaitableError, TooManyWaitsError
from apps.bookings.models import Booking, Room, Wait
from apps.bookings.rules.terms import Waiting
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.services.starting import Wish
from apps.bookings.services.sweep import sweep_expired_holds
from apps.bookings.services.waits import join_line, leave_line, serve_lines
from kernel import clock
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def wish(citizen: factories.Citizen, room: Room) -> Wish:
    return Wish(citizen.registrant.pk, room.pk, factories.soon(), (1,), uuid.uuid4())


def joined(citizen: factories.Citizen, room: Room) -> Wait:
    with as_portal(CHUO, citizen.account.pk):
        return join_line(actor=citizen.actor, wish=wish(citizen, room))


def states() -> list[str]:
    with as_tenant(CHUO):
        return list(Wait.objects.values_list("state", flat=True))


def taken() -> tuple[Room, factories.Citizen, Booking]:
    room, holder = factories.meeting_room(), factories.citizen_with_registration()
    return room, holder, factories.booking_awaiting_permit(holder, room)


def freed() -> tuple[Room, list[factories.Citizen]]:
    """A slot that was given up while two people waited for it."""
    room, holder, booking = taken()
    line = [factories.citizen_with_registration() for _ in range(2)]
    for citizen in line:
        joined(citizen, room)
    with as_tenant(CHUO):
        assert serve_lines() == 0
    with as_portal(CHUO, holder.account.pk):
        cancel_by_citizen(actor=holder.actor, booking=booking.pk)
    return room, line


def test_the_first_in_line_gets_a_hold_and_a_mail_and_applies() -> None:
    _, (first, _) = freed()
    with as_tenant(CHUO):
        assert (serve_lines(), serve_lines()) == (1, 0)
        held = Booking.objects.get(state="hold")
        assert held.registrant_id == first.registrant.pk
        assert Message.objects.get(template="bookings/mail/freed").recipient == first.account.pk
    assert states() == ["offered", "waiting"]
    with as_portal(CHUO, first.account.pk):
        apply_for_hold(actor=first.actor, booking=held.pk, application=Application("meeting", 10))
    with as_tenant(CHUO):
        serve_lines()
    assert states() == ["taken", "waiting"]


def test_when_the_hold_is_over_the_next_one_gets_it(superuser: object) -> None:
    _, (_, second) = freed()
    with as_tenant(CHUO):
        serve_lines()
    for table, column in (("booking", "hold_expires_at"), ("occupation", "expires_at"), ("wait", "offered_until")):
        superuser.execute(  # type: ignore[attr-defined]
            f"UPDATE chuo.bookings_{table} SET {column} = {column} - interval '2 days' WHERE {column} IS NOT NULL"
        )
    with as_tenant(CHUO):
        assert serve_lines() == 1
        sweep_expired_holds()
        assert Booking.objects.get(state="hold").registrant_id == second.registrant.pk
    assert states() == ["over", "offered"]


def test_one_waits_for_what_is_taken_only_and_once() -> None:
    room, _, _ = taken()
    citizen = factories.citizen_with_registration()
    assert joined(citizen, room).pk == joined(citizen, room).pk
    with as_portal(CHUO, citizen.account.pk), pytest.raises(NotWaitableError):
        join_line(actor=citizen.actor, wish=replace(wish(citizen, room), slots=(2,)))


def test_there_is_an_end_to_waiting() -> None:
    room, _, _ = taken()
    factories.terms(room.facility, waiting=Waiting(places=0))
    with pytest.raises(TooManyWaitsError):
        joined(factories.citizen_with_registration(), room)


def test_whoever_leaves_is_passed_over_and_nobody_leaves_for_another() -> None:
    _, (first, second) = freed()
    with as_tenant(CHUO):
        wait = Wait.objects.get(registrant=first.registrant)
    with as_portal(CHUO, second.account.pk), pytest.raises(UnknownBookingError):
        leave_line(actor=second.actor, wait=wait.pk)
    with as_portal(CHUO, first.account.pk):
        leave_line(actor=first.actor, wait=wait.pk)
    with as_tenant(CHUO):
        serve_lines()
    assert states() == ["withdrawn", "offered"]


def test_a_day_that_has_come_ends_the_wait() -> None:
    room, _, booking = taken()
    joined(factories.citizen_with_registration(), room)
    with time_machine.travel(booking.during.lower + dt.timedelta(hours=1), tick=False), as_tenant(CHUO):
        serve_lines()
    assert states() == ["over"]
    assert clock.now() < booking.during.lower


@pytest.mark.race
def test_of_several_runs_at_once_one_gives_the_slot() -> None:
    freed()

    def work(_number: int) -> int:
        with as_tenant(CHUO):
            return serve_lines()

    assert sum(together(4, work)) == 1
    assert states() == ["offered", "waiting"]
