"""Paying online in Chromium: to the test provider's page and back until 完納; and every page of it under axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from apps.bookings.services.cancel import call_off
from apps.bookings.services.fees.online.refund import give_back
from apps.bookings.services.fees.refunding import decide_refund
from shared.actor import SYSTEM
from tests.support.accessibility import faults
from tests.support.browsing import LEADS_TO, PHONE, OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.outbox import until
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.testpay import NAME, Case, bring, settle

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser


@pytest.fixture
def portal_origin(online_case: Case, port: int) -> Iterator[str]:
    """The provider tells the product that is served here, at once; its page may be visited."""
    there = f"http://127.0.0.1:{online_case.pay.port}"
    LEADS_TO.add(there)
    online_case.pay.direct(notify={CHUO: f"http://yoyaku.localhost:{port}/places/{CHUO}/payments/{NAME}/events/"})
    online_case.pay.direct(hold=False)
    yield there
    LEADS_TO.discard(there)


def paid(case: Case, **wish: int) -> None:
    case.pay.pay(case.begin(), **wish)
    bring(case.pay.notices()[0])
    settle()


def booking_to_pay(case: Case) -> str:
    return f"/places/{CHUO}/bookings/{case.booking.pk}/"


def booking_paid(case: Case) -> str:
    paid(case)
    return booking_to_pay(case)


def waiting(case: Case) -> str:
    return f"{booking_to_pay(case)}payments/{case.begin().pk}/"


def compared(case: Case) -> str:
    paid(case, amount=2000)
    return "/online/"


def refund_asked(case: Case) -> str:
    paid(case)
    with as_tenant(CHUO):
        call_off(actor=SYSTEM, booking=case.booking.pk, reason="架空の設備の故障")
        give_back(actor=SYSTEM, refund=decide_refund(actor=SYSTEM, booking=case.booking.pk).pk)
    return f"/bookings/{case.booking.pk}/payments/"


def unreceived(case: Case) -> str:
    session = case.begin()
    case.pay.pay(session, amount=2000)
    bring(case.pay.notices()[0])
    settle()
    return f"/online/payments/{session.pk}/back/"


def day(case: Case) -> str:
    paid(case)
    return "/cash/"


PORTAL: dict[str, Callable[[Case], str]] = {
    "booking": booking_to_pay,
    "paid": booking_paid,
    "waiting": waiting,
}
DESK: dict[str, Callable[[Case], str]] = {
    "compared": compared,
    "refund": refund_asked,
    "unreceived": unreceived,
    "day": day,
    "settings": lambda _case: "/settings/bookings/online/new/",
    "terms": lambda _case: "/settings/bookings/online/",
}


@pytest.mark.parametrize("name", [*PORTAL, *DESK])
def test_a_page_about_paying_online_fits_and_is_accessible(
    visit: OpenPage, manager: Client, online_case: Case, name: str
) -> None:
    citizen = signed_in(client_at("yoyaku.localhost"), online_case.citizen.account)
    host, client = ("yoyaku.localhost", citizen) if name in PORTAL else ("chuo.localhost", manager)
    address = (PORTAL | DESK)[name](online_case)
    assert faults(visit(host, address, client=client)) == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_citizen_pays_on_a_phone_and_sees_it_received(
    visit: OpenPage, online_case: Case, portal_origin: str, scripts: bool
) -> None:
    citizen = signed_in(client_at("yoyaku.localhost"), online_case.citizen.account)
    page = visit("yoyaku.localhost", booking_to_pay(online_case), client=citizen, width=PHONE, scripts=scripts)
    page.get_by_role("button", name="オンラインで支払う").click()
    expect(page).to_have_url(f"{portal_origin}/pay/{page.url.rsplit('/', 1)[-1]}")
    expect(page.get_by_text("2,500円")).to_be_visible()
    page.get_by_label("コード決済").check()
    page.get_by_role("button", name="支払う", exact=True).click()
    expect(page.get_by_text("確認中")).to_be_visible()
    until(lambda: settle() == 1)
    if not scripts:
        page.get_by_role("link", name="今の状況を表示する").click()
    expect(page.get_by_text("完納")).to_be_visible()
    page.get_by_role("link", name="予約に戻る").click()
    expect(page.get_by_role("button", name="領収書を表示する")).to_be_visible()
    expect(page.get_by_role("button", name="オンラインで支払う")).to_have_count(0)
