"""A citizen sees how the money of an own booking stands, and opens the 納付書; nobody else's."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from apps.bookings.models import Booking, PaymentMethod, PayoutMethod
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refunding import decide_refund, pay_out
from shared.actor import SYSTEM
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


@pytest.fixture
def booking(citizen: factories.Citizen) -> Booking:
    room = factories.meeting_room()
    factories.terms(room.facility, refunds=(RefundStep(10, 90),), payment=DueTerms("before_use", days=7))
    fee_tables(room)
    return factories.booking_awaiting_permit(citizen, room, slots=[1, 2])


def url(name: str, booking: Booking) -> str:
    return reverse(f"citizen:{name}", args=[CHUO, booking.pk], urlconf="config.urls.portal")


def test_the_page_tells_what_is_to_be_paid_by_when_and_what_goes_back(portal: Client, booking: Booking) -> None:
    page = portal.get(url("booking", booking)).content.decode()
    for told in ("未収納", "納付期限", "2,500円"):
        assert told in page
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=booking.pk, amount=2500, method=PaymentMethod.CASH)
    assert "完納" in portal.get(url("booking", booking)).content.decode()
    with as_tenant(CHUO):
        cancel_by_staff(actor=SYSTEM, booking=booking.pk, reason="電話による申出")
    assert "還付の見込み" in portal.get(url("booking", booking)).content.decode()
    with as_tenant(CHUO):
        refund = decide_refund(actor=SYSTEM, booking=booking.pk)
    assert "2,250円" in portal.get(url("booking", booking)).content.decode()
    with as_tenant(CHUO):
        pay_out(actor=SYSTEM, refund=refund.pk, amount=2250, method=PayoutMethod.CASH)
    assert "還付済" in portal.get(url("booking", booking)).content.decode()


def test_the_own_notice_to_pay_is_opened_and_nobody_elses(
    portal: Client, citizen: factories.Citizen, booking: Booking
) -> None:
    answer = portal.post(url("payment_notice", booking))
    text = "".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages).split())
    for told in ("納入通知書兼納付書", "2,500円", booking.number, citizen.registrant.family_name):
        assert told in text
    stranger = factories.booking_awaiting_permit(room=factories.meeting_room())
    assert portal.post(url("payment_notice", stranger)).status_code == 404
    assert portal.get(url("payment_notice", booking)).status_code == 405


def test_what_is_paid_has_no_notice(portal: Client, booking: Booking) -> None:
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=booking.pk, amount=2500, method=PaymentMethod.CASH)
    assert portal.post(url("payment_notice", booking)).status_code == 302
