"""Pages on which something ends or is taken back, in Chromium: readable on a phone and a PC, and told before it is."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import expect

from apps.bookings.models import Booking, PaymentMethod, PayoutMethod, RefundPayout
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refunding import decide_refund, pay_out
from shared.actor import Actor
from shared.staff.models import Role
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import PHONE, OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
STAFF = Actor(kind="staff")
DESK, PORTAL = f"{CHUO}.localhost", "yoyaku.localhost"


def paid_pair(citizen: factories.Citizen) -> tuple[Booking, Booking]:
    """A hall and its annex, permitted and paid, of which everything would go back."""
    hall = factories.meeting_room(name="ホール", name_en="Hall")
    annex = factories.meeting_room(at=hall.facility, name="控室", name_en="Green room", parent=hall)
    factories.terms(hall.facility, refunds=(RefundStep(7, 100),))
    for room in (hall, annex):
        fee_tables(room, only=() if room == hall else ["tariff"])
    pair = tuple(factories.permitted_booking(citizen, room) for room in (hall, annex))
    with as_tenant(CHUO):
        for one in pair:
            receive(actor=STAFF, booking=one.pk, amount=1000, method=PaymentMethod.CASH)
    return pair  # type: ignore[return-value]  # two


def handed_out(booking: Booking) -> RefundPayout:
    with as_tenant(CHUO):
        cancel_by_staff(actor=STAFF, booking=booking.pk, reason="電話による申出")
        refund = decide_refund(actor=STAFF, booking=booking.pk)
        return pay_out(actor=STAFF, refund=refund.pk, amount=refund.amount, method=PayoutMethod.CASH)


@pytest.fixture
def manager(database: None) -> Client:
    return signed_in(client_at(DESK), factories.clerk(roles=[Role.FACILITY_MANAGER]))


def test_the_annex_is_named_before_it_goes(visit: OpenPage, manager: Client) -> None:
    citizen = factories.citizen_with_registration()
    hall, annex = paid_pair(citizen)
    own = signed_in(client_at(PORTAL), citizen.account)
    pages = {
        DESK: (manager, [f"/bookings/{hall.pk}/", f"/bookings/{hall.pk}/cancel/", f"/bookings/{annex.pk}/"]),
        PORTAL: (own, [f"/places/{CHUO}/bookings/{one.pk}/" for one in (hall, annex)]),
    }
    for host, (client, addresses) in pages.items():
        for address in addresses:
            page = visit(host, address, client=client)
            assert faults(page) == {}, address
    page = visit(DESK, f"/bookings/{hall.pk}/cancel/", client=manager)
    expect(page.get_by_role("heading", name="一緒に終わる附属の室場の予約")).to_be_visible()


def test_a_payout_is_taken_back_and_the_refund_is_open_again(visit: OpenPage, manager: Client) -> None:
    _hall, annex = paid_pair(factories.citizen_with_registration())
    payout = handed_out(annex)
    page = visit(DESK, f"/refunds/{payout.refund_id}/", client=manager, width=PHONE)
    page.get_by_role("link", name="支払を取り消す").click()
    assert faults(page) == {}
    page.get_by_label("支払を取り消す理由").fill("振込の還付を現金と入力したため")
    page.get_by_role("button", name="支払を取り消す").click()
    expect(page.get_by_text("還付の支払を取り消しました。")).to_be_visible()
    assert faults(page) == {}
    expect(page.get_by_role("heading", name="支払う")).to_be_visible()
