"""A held slot becomes an application."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from apps.bookings.errors import (
    BookingError,
    HoldExpiredError,
    OverCapacityError,
    PurposeNotAllowedError,
    RegistrantNotActiveError,
    StalePageError,
)
from apps.bookings.models import Booking, BookingAct, BookingState, Occupation
from apps.bookings.services.apply import Application, apply_for_hold
from apps.registrants.models import Registrant
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.outbox.models import Message
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def let_pass(superuser: psycopg.Connection) -> None:
    past = clock.now() - dt.timedelta(seconds=1)
    superuser.execute("UPDATE chuo.bookings_booking SET hold_expires_at = %s", [past])
    superuser.execute("UPDATE chuo.bookings_occupation SET expires_at = %s", [past])


def apply(citizen: factories.Citizen, booking: Booking, *, version: int = 1, **values: object) -> Booking:
    said = Application(**{"purpose": factories.MEETING, "headcount": 10, "event_name": "例会"} | values)  # type: ignore[arg-type]
    with as_portal(CHUO, citizen.account.pk):
        return apply_for_hold(actor=citizen.actor, booking=booking.pk, application=said, seen_version=version)


def test_an_application_keeps_the_parts_for_good_and_leaves_its_traces() -> None:
    citizen = factories.citizen_with_registration()
    booking = apply(citizen, factories.booking_on_hold(citizen, factories.meeting_room()))
    with as_tenant(CHUO):
        assert booking.state == BookingState.UNDER_REVIEW
        assert Occupation.objects.get().expires_at is None
        assert BookingAct.objects.get().act == "apply"
        assert Message.objects.get().template == "bookings/mail/applied"
        assert AuditEntry.objects.filter(object_type="booking", detail__act="apply").count() == 1


@pytest.mark.parametrize("ends", ["suspended", "suspended on the day of use", "expired before the day of use"])
def test_a_registration_that_ended_since_the_hold_applies_for_nothing(ends: str) -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.booking_on_hold(citizen, factories.meeting_room())
    with as_tenant(CHUO):
        if ends.startswith("suspended"):
            first = booking.day if "day" in ends else clock.today()
            suspend(actor=Actor("staff"), registrant=citizen.registrant.pk, first=first, last=None, reason="虚偽の登録")
        else:
            Registrant.objects.filter(pk=citizen.registrant.pk).update(valid_until=booking.day - dt.timedelta(1))
    with pytest.raises(RegistrantNotActiveError):
        apply(citizen, booking)
    with as_tenant(CHUO):
        assert Booking.objects.get().state == BookingState.HOLD
        assert not Message.objects.filter(template__startswith="bookings/").exists()


def test_a_room_with_immediate_reception_permits_at_once() -> None:
    citizen = factories.citizen_with_registration()
    booking = apply(citizen, factories.booking_on_hold(citizen, factories.meeting_room(reception="immediate")))
    assert booking.state == BookingState.PERMITTED


def test_an_expired_hold_is_taken_up_again_while_the_slot_is_free(superuser: psycopg.Connection) -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.booking_on_hold(citizen, factories.meeting_room())
    let_pass(superuser)
    assert apply(citizen, booking).state == BookingState.UNDER_REVIEW
    with as_tenant(CHUO):
        assert Occupation.objects.get().booking_id == booking.pk


def test_an_expired_hold_whose_slot_is_gone_is_told(superuser: psycopg.Connection) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    booking = factories.booking_on_hold(citizen, room)
    let_pass(superuser)
    winner = factories.booking_on_hold(factories.citizen_with_registration(), room)
    with pytest.raises(HoldExpiredError):
        apply(citizen, booking)
    with as_tenant(CHUO):
        assert Occupation.objects.get().booking_id == winner.pk


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"headcount": 31}, OverCapacityError),
        ({"purpose": "sumo"}, PurposeNotAllowedError),
        ({"version": 2}, StalePageError),
    ],
)
def test_a_wrong_application_changes_nothing(values: dict[str, object], error: type[BookingError]) -> None:
    citizen = factories.citizen_with_registration()
    held = factories.booking_on_hold(citizen, factories.meeting_room())
    with pytest.raises(error):
        apply(citizen, held, **values)  # type: ignore[arg-type]
    with as_tenant(CHUO):
        assert Booking.objects.get().state == BookingState.HOLD
        assert not Message.objects.filter(template__startswith="bookings/").exists()


def test_somebody_elses_hold_is_unknown() -> None:
    held = factories.booking_on_hold(factories.citizen_with_registration(), factories.meeting_room())
    with pytest.raises(BookingError) as told:
        apply(factories.citizen_with_registration(), held)
    assert told.value.code == "unknown_booking"
