"""The list of own bookings tells how the money of each stands, exactly as the booking's own page does."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from apps.bookings.models import Booking, PaymentMethod, PayoutMethod, Room
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.queries.own import own_bookings, with_money
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.fees.receiving import receive, void
from apps.bookings.services.fees.refunding import decide_refund, pay_out
from kernel import clock
from shared.actor import SYSTEM
from tests import factories
from tests.factories import Citizen
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS


def room_with_fees(schema: str = CHUO) -> Room:
    room = factories.meeting_room(schema)
    factories.terms(room.facility, schema, refunds=(RefundStep(10, 90),), payment=DueTerms("before_use", days=7))
    fee_tables(room, schema=schema)
    return room


@pytest.fixture
def booking(citizen: Citizen) -> Booking:
    return factories.booking_awaiting_permit(citizen, room_with_fees(), slots=[1, 2])


def paid(booking: Booking, amount: int) -> None:
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=booking.pk, amount=amount, method=PaymentMethod.CASH)


def compare(citizen: Citizen, booking: Booking) -> str:
    """The state in the list, once it is known to be what the booking's own page computes."""
    with as_portal(account=citizen.account.pk):
        [listed] = with_money(own_bookings(now=clock.now()))
    with as_tenant(CHUO):
        alone = ledger_of(booking.pk)
    assert listed.money is not None
    assert listed.money.ledger == alone
    return alone.state.value


def test_the_list_tells_the_state_through_the_whole_life_of_a_fee(citizen: Citizen, booking: Booking) -> None:
    seen = [compare(citizen, booking)]
    paid(booking, 1000)
    seen.append(compare(citizen, booking))
    paid(booking, 1500)
    seen.append(compare(citizen, booking))
    with as_tenant(CHUO):
        cancel_by_staff(actor=SYSTEM, booking=booking.pk, reason="電話による申出")
    seen.append(compare(citizen, booking))
    with as_tenant(CHUO):
        refund = decide_refund(actor=SYSTEM, booking=booking.pk)
    seen.append(compare(citizen, booking))
    with as_tenant(CHUO):
        pay_out(actor=SYSTEM, refund=refund.pk, amount=2250, method=PayoutMethod.CASH)
    seen.append(compare(citizen, booking))
    assert seen == ["unpaid", "partly", "paid", "over", "over", "refunded"]


def test_a_payment_that_was_voided_is_owed_again(citizen: Citizen, booking: Booking) -> None:
    with as_tenant(CHUO):
        payment = receive(actor=SYSTEM, booking=booking.pk, amount=2500, method=PaymentMethod.CASH)
        void(actor=SYSTEM, payment=payment.pk, reason="金額の誤り")
    assert compare(citizen, booking) == "unpaid"


def test_the_page_says_what_is_owed_and_until_when(portal: Client, booking: Booking) -> None:
    page = portal.get("/bookings/").content.decode()
    assert "納める額 2,500円（納付期限" in page
    assert "未収納" in page
    paid(booking, 2500)
    page = portal.get("/bookings/").content.decode()
    assert "納める額" not in page
    assert "完納" in page


def test_a_facility_without_fees_tells_nothing_of_money(portal: Client, citizen: Citizen) -> None:
    factories.booking_awaiting_permit(citizen)
    page = portal.get("/bookings/").content.decode()
    for word in ("無料", "未収納", "納める額"):
        assert word not in page


def test_it_costs_the_same_statements_for_more_bookings_and_facilities(portal: Client, citizen: Citizen) -> None:
    room = room_with_fees()
    factories.booking_awaiting_permit(citizen, room, slots=[1])
    portal.get("/bookings/")
    with count_statements() as one:
        portal.get("/bookings/")
    factories.booking_awaiting_permit(citizen, room, slots=[2])
    elsewhere = factories.citizen_with_registration(SPORTS, account=citizen.account)
    factories.booking_awaiting_permit(elsewhere, room_with_fees(SPORTS), slots=[1])
    with count_statements() as many:
        shown = portal.get("/bookings/").content.decode()
    assert shown.count("納める額") == 3
    assert (one.count, many.count) == (4, 4), str(many)


def test_nobody_learns_of_the_money_of_anothers_booking(citizen: Citizen, booking: Booking) -> None:
    stranger = factories.citizen_with_registration()
    with as_portal(account=stranger.account.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared.own_ledgers(%s)", [[booking.pk]])
        assert cursor.fetchone() == (0,)
