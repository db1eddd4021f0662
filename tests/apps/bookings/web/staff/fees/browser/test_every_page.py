"""Every page about fees under axe, on a phone and a PC, and no wider than its screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from apps.bookings.models import Booking, Payment, PaymentMethod, Room
from apps.bookings.rules.fees.use import ClimateUse, Facts
from apps.bookings.services.fees.charging import FeeWish
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction
from apps.bookings.services.fees.receiving import receive
from kernel import clock
from shared.actor import SYSTEM, Actor
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import PHONE, OpenPage
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser
WISH = FeeWish(Facts(commercial=True, climate=(ClimateUse("heating"),)), reduction="support")


def room() -> Room:
    found = factories.meeting_room()
    fee_tables(found)
    later = dt.date(clock.today().year + 2, 4, 1)
    fee_tables(found, valid_from=later, only=["tariff"])
    return found


def asked() -> Booking:
    return factories.booking_awaiting_permit(room=room(), slots=[1, 2], fee=WISH)


def granted() -> Booking:
    booking = asked()
    clerk = Actor(kind="staff", id=factories.clerk().pk)
    with as_tenant(CHUO):
        confirm_evidence(actor=clerk, booking=booking.pk)
        grant_reduction(actor=clerk, booking=booking.pk)
    return booking


def with_room(address: str) -> str:
    room()
    return address


def counter() -> str:
    found = factories.group()
    day = f"{factories.soon():%Y-%m-%d}"
    return f"/bookings/new/?room={room().pk}&day={day}&slot=1&registrant={found.pk}"


def waiting() -> str:
    asked()
    return "/reductions/"


def year() -> str:
    booking = granted()
    return f"/reductions/year/?year={booking.day.year - (booking.day.month < 4)}"


def paid() -> Payment:
    booking = asked()
    with as_tenant(CHUO):
        return receive(actor=SYSTEM, booking=booking.pk, amount=1000, method=PaymentMethod.CASH)


def cash() -> str:
    paid()
    return "/cash/"


PAGES: dict[str, Callable[[], str]] = {
    "booking": lambda: f"/bookings/{asked().pk}/",
    "fee": lambda: f"/bookings/{granted().pk}/fee/",
    "ask": lambda: f"/bookings/{asked().pk}/reduction/",
    "refuse": lambda: f"/bookings/{asked().pk}/reduction/refuse/",
    "counter": counter,
    "waiting": waiting,
    "year": year,
    "tables": lambda: with_room("/fees/"),
    "tariff": lambda: f"/fees/rooms/{room().pk}/",
    "surcharges": lambda: f"/fees/{room().facility_id}/surcharges/",
    "terms": lambda: f"/fees/{room().facility_id}/terms/",
    "payments": lambda: f"/bookings/{paid().booking_id}/payments/",
    "void": lambda: f"/payments/{paid().pk}/void/",
    "cash": cash,
    "copy": lambda: with_room("/fees/copy/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_fees_fits_and_is_accessible(visit: OpenPage, manager: Client, name: str) -> None:
    assert faults(visit("chuo.localhost", PAGES[name](), client=manager)) == {}


def test_a_tariff_is_changed_by_its_grid_and_the_preview_is_accessible(visit: OpenPage, manager: Client) -> None:
    address = f"/fees/rooms/{asked().room_id}/"
    page = visit("chuo.localhost", address, client=manager, width=PHONE)
    page.get_by_label("適用開始日").fill(f"{clock.today() + dt.timedelta(days=40):%Y-%m-%d}")
    page.get_by_label("午前　平日・市内", exact=True).fill("1200")
    page.get_by_role("button", name="変わるところを確認する").click()
    page.get_by_role("heading", name="から変わるところ").wait_for()
    assert faults(page) == {}
    page.get_by_role("button", name="この料金表を定める").click()
    page.get_by_text("料金表を定めました。").wait_for()


def test_a_citizen_sees_the_fee_of_what_is_typed_before_applying(
    visit: OpenPage, portal: Client, citizen: factories.Citizen
) -> None:
    held = factories.booking_on_hold(citizen, room(), slots=[1, 2])
    options: dict[str, Any] = {"client": portal, "width": PHONE}
    page = visit("yoyaku.localhost", f"/places/{CHUO}/bookings/{held.pk}/apply/", **options)
    page.get_by_label("利用目的").select_option("meeting")
    page.get_by_label("行事名・利用の内容").fill("架空の例会")
    page.get_by_label("利用人数").fill("10")
    page.get_by_label("暖房").check()
    page.get_by_role("button", name="入力した内容で料金を計算する").click()
    page.get_by_text("3,250円").first.wait_for()
    assert faults(page) == {}
    page.get_by_role("button", name="申し込む", exact=True).click()
    page.get_by_text("申し込みを受け付けました。").wait_for()
    assert faults(page) == {}
