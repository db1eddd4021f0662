"""Every page about refunds and due days under axe, on a phone and a PC; and a refund from the list to the drawer."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from apps.bookings.models import Booking, FeeSheet, PaymentMethod, Refund
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.terms import RefundTerms
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.decide import permit
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refunding import decide_refund
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import PHONE, OpenPage
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser
CLERK = Actor(kind="staff", id=UUID(int=7))


def booked(*, left: int = 14, citizen: factories.Citizen | None = None) -> Booking:
    room = factories.meeting_room()
    steps = (RefundStep(30, 90, (room.pk,), "第１０条"), RefundStep(10, 90, article="第１０条"))
    due = DueTerms("before_use", days=7, lapse=True, remind=3)
    factories.terms(room.facility, refund=RefundTerms(article="第１０条"), refunds=steps, payment=due)
    fee_tables(room)
    day = clock.today() + dt.timedelta(days=left)
    return factories.booking_awaiting_permit(citizen, room, day=day, slots=[1, 2])


def cancelled() -> Booking:
    citizen = factories.citizen_with_registration()
    booking = booked(left=40, citizen=citizen)
    booked(citizen=citizen)
    with as_tenant(CHUO):
        receive(actor=CLERK, booking=booking.pk, amount=2500, method=PaymentMethod.CASH)
        return cancel_by_staff(actor=CLERK, booking=booking.pk, reason="電話による申出", cause="blameless")


def decided() -> Refund:
    booking = cancelled()
    with as_tenant(CHUO):
        return decide_refund(actor=CLERK, booking=booking.pk)


def outdated() -> str:
    booking = booked()
    with as_tenant(CHUO):
        permit(actor=CLERK, booking=booking.pk)
        ask_for_reduction(actor=CLERK, booking=booking.pk, ground="support")
        confirm_evidence(actor=CLERK, booking=booking.pk)
        grant_reduction(actor=CLERK, booking=booking.pk)
    return f"/bookings/{booking.pk}/"


def after(made: object, address: str) -> str:
    return address


PAGES: dict[str, Callable[[], str]] = {
    "booking": outdated,
    "payments": lambda: f"/bookings/{decided().booking_id}/payments/",
    "owed": lambda: f"/bookings/{booked().pk}/payments/",
    "decide": lambda: f"/bookings/{cancelled().pk}/refund/",
    "refund": lambda: f"/refunds/{decided().pk}/",
    "accounts": lambda: after(cancelled(), f"/money/?last={clock.today() + dt.timedelta(days=60):%Y-%m-%d}"),
    "unpaid": lambda: after((booked(), booked(left=3)), "/money/unpaid/"),
    "refunds": lambda: after((cancelled(), decided()), "/money/refunds/"),
    "terms": lambda: after(booked(), "/settings/terms/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_money_fits_and_is_accessible(visit: OpenPage, manager: Client, name: str) -> None:
    page = visit("chuo.localhost", PAGES[name](), client=manager)
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert faults(page) == {}


def test_a_refund_goes_from_the_list_to_the_drawer(visit: OpenPage, manager: Client) -> None:
    booking = cancelled()
    page = visit("chuo.localhost", "/money/refunds/", client=manager, width=PHONE)
    page.get_by_role("link", name=booking.number).click()
    page.get_by_role("link", name="還付の計算を確かめて決定する").click()
    page.get_by_role("button", name="還付を決定する").click()
    page.get_by_text("還付を決定しました。").wait_for()
    page.get_by_label("支払う額（円）").fill("2000")
    page.get_by_role("button", name="支払を記録する").click()
    page.get_by_text("還付の支払を記録しました。").wait_for()
    page.get_by_role("button", name="充当する").click()
    page.get_by_text("充当する予約を選択してください。").first.wait_for()
    assert faults(page) == {}


def test_a_citizen_sees_what_is_to_be_paid_by_when(visit: OpenPage, portal: Client, citizen: factories.Citizen) -> None:
    booking = booked(citizen=citizen)
    with as_tenant(CHUO):
        assert FeeSheet.objects.get(booking=booking).due_on is not None
    page = visit("yoyaku.localhost", f"/places/{CHUO}/bookings/{booking.pk}/", client=portal, width=PHONE)
    page.get_by_text("これから納める額").wait_for()
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / "citizen.png", full_page=True)
    assert faults(page) == {}
