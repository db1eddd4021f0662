"""Printing counts each print once, whoever prints at the same moment; two decisions at once are one."""

from __future__ import annotations

import pytest

from apps.bookings.errors import UnknownDocumentError, WrongStateError
from apps.bookings.models import Booking, BookingAct, Document, DocumentKind
from apps.bookings.services.decide import permit, refuse
from apps.bookings.services.printing import print_document
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")


def printed_at_once(booking: Booking, count: int) -> list[bytes]:
    def work(_number: int) -> bytes:
        with as_tenant(CHUO):
            return print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.PERMIT)

    return [bytes(pdf) for pdf in together(count, work)]


@pytest.mark.race
def test_prints_at_the_same_moment_are_each_counted() -> None:
    booking = factories.permitted_booking()
    assert len(set(printed_at_once(booking, 4))) == 4
    with as_tenant(CHUO):
        assert Document.objects.get().printed == 4


@pytest.mark.race
def test_a_permit_given_at_once_gets_one_number_whoever_prints_first() -> None:
    booking = factories.booking_awaiting_permit(room=factories.meeting_room(reception="immediate"))
    printed_at_once(booking, 4)
    with as_tenant(CHUO):
        document = Document.objects.get()
        assert (document.serial, document.printed) == (1, 4)
        assert BookingAct.objects.filter(act="issue").count() == 1


@pytest.mark.race
def test_of_a_permit_and_a_refusal_at_the_same_moment_one_is_made() -> None:
    booking = factories.booking_awaiting_permit()

    def decide(number: int) -> str:
        with as_tenant(CHUO):
            try:
                if number:
                    return str(permit(actor=STAFF, booking=booking.pk).state)
                return str(refuse(actor=STAFF, booking=booking.pk, reason="点検のため").state)
            except WrongStateError:
                return "told"

    states = together(2, decide)
    assert states.count("told") == 1
    with as_tenant(CHUO):
        assert Document.objects.count() == 1
        assert Booking.objects.get().state in states


def test_a_refused_booking_has_no_permit_to_print() -> None:
    booking = factories.refused_booking()
    with as_tenant(CHUO), pytest.raises(UnknownDocumentError):
        print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.PERMIT)
