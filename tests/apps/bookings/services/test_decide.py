"""Permit, refuse, cancel: state, document, mail and slot change together."""

from __future__ import annotations

import pytest

from apps.bookings.errors import ReasonMissingError, StalePageError, TooLateToCancelError, WrongStateError
from apps.bookings.models import BookingState, Document, Occupation
from apps.bookings.services.cancel import cancel_by_citizen, cancel_by_staff
from apps.bookings.services.decide import permit, refuse
from kernel.wareki import fiscal_year
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")


def test_permits_are_numbered_without_a_gap_in_their_fiscal_year() -> None:
    room = factories.meeting_room()
    for slot in (factories.MORNING, factories.AFTERNOON, factories.EVENING):
        factories.permitted_booking(room=room, slots=[slot])
    with as_tenant(CHUO):
        documents = list(Document.objects.order_by("serial"))
    assert [one.serial for one in documents] == [1, 2, 3]
    assert {one.fiscal_year for one in documents} == {fiscal_year(documents[0].issued_on)}


def test_a_refusal_frees_the_slot_and_tells_the_reason() -> None:
    room = factories.meeting_room()
    booking = factories.refused_booking(room=room)
    with as_tenant(CHUO):
        assert Occupation.objects.count() == 0
        mail = Message.objects.get(template="bookings/mail/refused")
    assert mail.context["reason"] == booking.reason != ""
    factories.booking_awaiting_permit(room=room)


def test_a_refusal_without_a_reason_changes_nothing() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        with pytest.raises(ReasonMissingError):
            refuse(actor=STAFF, booking=booking.pk, reason="　")
        booking.refresh_from_db()
        assert booking.state == BookingState.UNDER_REVIEW
        assert Document.objects.count() == 0


def test_a_decision_is_made_once() -> None:
    booking = factories.permitted_booking()
    with as_tenant(CHUO), pytest.raises(WrongStateError):
        permit(actor=STAFF, booking=booking.pk)


def test_a_stale_page_decides_nothing() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO), pytest.raises(StalePageError):
        permit(actor=STAFF, booking=booking.pk, seen_version=booking.version - 1)


def test_a_cancelled_booking_frees_its_slot_for_the_next() -> None:
    room = factories.meeting_room()
    factories.cancelled_booking(room=room)
    factories.booking_awaiting_permit(room=room)


def test_a_citizen_cannot_cancel_on_the_day_itself_but_staff_can(freeze: object) -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.permitted_booking(citizen)
    freeze(f"{booking.day:%Y-%m-%d} 08:00")  # type: ignore[operator]
    with as_portal(CHUO, citizen.account.pk), pytest.raises(TooLateToCancelError):
        cancel_by_citizen(actor=citizen.actor, booking=booking.pk)
    with as_tenant(CHUO):
        done = cancel_by_staff(actor=STAFF, booking=booking.pk, reason="大雨のため")
    assert done.state == BookingState.CANCELLED
