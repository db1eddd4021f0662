"""A citizen pays from the booking's page, comes back, and finds the receipt."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from apps.bookings.models import Booking, OnlineSession
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.testpay import Case, bring, payments_of, settle

pytestmark = pytest.mark.usefixtures("database")


def url(name: str, *args: Any) -> str:
    return reverse(f"citizen:{name}", args=[CHUO, *args], urlconf="config.urls.portal")


@pytest.fixture
def browser(online_case: Case) -> Client:
    return signed_in(client_at("yoyaku.localhost"), online_case.citizen.account)


def only_session() -> OnlineSession:
    with as_tenant(CHUO):
        return OnlineSession.objects.get()


def page(browser: Client, booking: Booking) -> str:
    return browser.get(url("booking", booking.pk)).content.decode()


def test_from_the_booking_to_the_payment_and_back_to_the_receipt(browser: Client, online_case: Case) -> None:
    booking = online_case.booking
    assert "オンラインで支払う" in page(browser, booking)
    answer = browser.post(url("pay", booking.pk))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"http://127.0.0.1:{online_case.pay.port}/pay/")
    back = url("payment", booking.pk, only_session().pk)
    assert "確認中" in browser.get(back).content.decode()
    online_case.pay.pay(only_session())
    bring(online_case.pay.notices()[0])
    settle()
    assert "完納" in browser.get(back, headers={"HX-Request": "true"}).content.decode()
    told = page(browser, booking)
    assert "完納" in told
    assert "オンラインで支払う" not in told
    pdf = browser.post(url("receipt", booking.pk, payments_of(booking.pk)[0].pk))
    text = "".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf.content)).pages).split())
    for part in ("領収書", "2,500円", "クレジットカード", booking.number):
        assert part in text


def test_only_a_page_that_may_pay_lets_its_form_leave_for_the_providers_origin(
    browser: Client, online_case: Case
) -> None:
    origin = f"http://127.0.0.1:{online_case.pay.port}"
    policy = browser.get(url("booking", online_case.booking.pk)).headers["Content-Security-Policy"]
    assert f"form-action 'self' {origin}" in policy
    for address in ("/", "/bookings/", url("waits")):
        assert origin not in browser.get(address).headers["Content-Security-Policy"]


def test_a_provider_that_is_away_is_told_in_a_sentence_and_nothing_is_lost(browser: Client, online_case: Case) -> None:
    online_case.pay.direct(down=True)
    answer = browser.post(url("pay", online_case.booking.pk))
    assert answer.status_code == 503
    assert "決済のサービスにつながりません" in answer.content.decode()
    online_case.pay.direct(down=False)
    assert browser.post(url("pay", online_case.booking.pk)).status_code == 302


def test_where_it_is_off_there_is_no_button_and_no_way(portal: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(citizen, room)
    assert "オンラインで支払う" not in page(portal, booking)
    assert portal.post(url("pay", booking.pk)).status_code == 409


def test_nobody_pays_or_sees_the_payment_of_somebody_else(online_case: Case) -> None:
    session = online_case.begin()
    stranger = signed_in(client_at("yoyaku.localhost"), factories.citizen_with_registration().account)
    mine = online_case.booking.pk
    assert stranger.post(url("pay", mine)).status_code == 404
    assert stranger.get(url("payment", mine, session.pk)).status_code == 404
    assert stranger.post(url("receipt", mine, uuid.uuid4())).status_code == 404


@pytest.mark.parametrize(
    ("end", "told"),
    [("failed", "成立しませんでした"), ("cancelled", "取りやめました"), ("expired", "期限が切れました")],
)
def test_what_did_not_come_about_is_told_with_a_way_on(browser: Client, online_case: Case, end: str, told: str) -> None:
    session = online_case.begin()
    online_case.pay.end(session, end)
    bring(online_case.pay.notices()[0])
    settle()
    assert told in browser.get(url("payment", online_case.booking.pk, session.pk)).content.decode()
    assert "オンラインで支払う" in page(browser, online_case.booking)


def test_english_is_complete(browser: Client, online_case: Case) -> None:
    browser.cookies["kashikan_language"] = "en"
    assert "Pay online" in page(browser, online_case.booking)
