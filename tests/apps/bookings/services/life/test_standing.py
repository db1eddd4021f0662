"""A registration that is suspended or over: what is booked stays, nothing new begins."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from apps.bookings.errors import RegistrantNotActiveError
from apps.bookings.models import Booking, BookingState, Wait, WaitState
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.services.change import Target, change_by_staff, move_aside
from apps.bookings.services.waits import serve_lines
from apps.registrants.models import Registrant
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")


@pytest.fixture(params=["suspended", "expired"])
def citizen(request: pytest.FixtureRequest) -> factories.Citizen:
    """Who has a permitted booking, and is suspended since, or whose registration has ended."""
    found = factories.citizen_with_registration()
    factories.permitted_booking(found)
    with as_tenant(CHUO):
        if request.param == "suspended":
            suspend(actor=CLERK, registrant=found.registrant.pk, first=clock.today(), last=None, reason="無断不使用")
        else:
            over = clock.today() - dt.timedelta(1)
            Registrant.objects.filter(pk=found.registrant.pk).update(valid_until=over)
    return found


def booked() -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.select_related("room__facility").get()


def test_the_booking_stays_and_may_be_given_up(citizen: factories.Citizen) -> None:
    assert booked().state == BookingState.PERMITTED
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=booked().pk)
    assert booked().state == BookingState.CANCELLED


def test_it_goes_elsewhere_for_a_public_use_but_by_no_wish_of_its_own(citizen: factories.Citizen) -> None:
    found = booked()
    other = factories.meeting_room(at=found.room.facility)
    to = Target(other.pk, found.day, tuple(found.slot_numbers))
    with as_tenant(CHUO):
        with pytest.raises(RegistrantNotActiveError):
            change_by_staff(actor=CLERK, booking=found.pk, to=to)
        with transaction.atomic():
            move_aside(actor=CLERK, booking=found.pk, to=to, reason="投票所に使うため")
    assert booked().room_id == other.pk


def test_a_place_in_a_line_is_kept_and_gets_nothing_meanwhile(citizen: factories.Citizen) -> None:
    found = booked()
    free = factories.meeting_room(at=found.room.facility)
    with as_tenant(CHUO):
        Wait.objects.create(
            registrant=citizen.registrant,
            room=free,
            day=found.day,
            during=found.during,
            slot_numbers=found.slot_numbers,
            slot_labels=found.slot_labels,
            asked_at=clock.now(),
        )
        assert serve_lines() == 0
        assert Wait.objects.get().state == WaitState.WAITING
