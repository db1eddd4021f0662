"""The settings' pages under axe, on a phone and a PC, and the way through a preview."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from apps.bookings.models import ClosingRule
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
HOST = "chuo.localhost"
LISTS = ["windows", "closings", "timetables", "blocks", "rooms", "purposes"]
FORMS = ["windows", "closings", "closings-end", "timetables", "blocks", "rooms", "purposes", "equipment", "copy"]


@pytest.fixture
def open_page(visit: OpenPage, manager: Client) -> OpenPage:
    room = factories.meeting_room()
    factories.window(room)
    with as_tenant(CHUO):
        rules = {"label": "休館日", "weekday": 1, "ordinals": [1, 3], "shift": "next_day"}
        ClosingRule.objects.create(facility_id=room.facility_id, kind="weekly", **rules)
        year_end = {"first_day": "12-29", "last_day": "01-03", "label": "年末年始"}
        ClosingRule.objects.create(facility_id=room.facility_id, kind="yearly", **year_end)
    return lambda address, **options: visit(HOST, address, client=manager, **options)


@pytest.mark.parametrize(
    "page",
    ["", "year/?year=2026", *(f"{name}/" for name in LISTS), *(f"{name}/new/" for name in FORMS)],
)
def test_a_page_has_no_violation_and_fits(open_page: OpenPage, page: str) -> None:
    assert faults(open_page(f"/settings/bookings/{page}")) == {}


def typed(page: Page, day: dt.date) -> None:
    page.get_by_label("最初の日").fill(f"{day}")
    page.get_by_label("最後の日").fill(f"{day}")
    page.get_by_role("button", name="変わるところを確かめる").click()


def test_a_closing_that_hits_a_booking_shows_it_and_is_set_once_it_is_left(open_page: OpenPage) -> None:
    page = open_page("/settings/bookings/closings/new/")
    with as_tenant(CHUO):
        room = ClosingRule.objects.all()[0].facility.rooms.get()
    booking = factories.booking_awaiting_permit(room=room, day=factories.soon() + dt.timedelta(days=1))
    page.reload()
    typed(page, booking.day)
    expect(page.get_by_role("link", name=booking.number)).to_be_visible()
    assert faults(page) == {}
    page.get_by_label("これらの予約は残す").check()
    page.get_by_role("button", name="この内容で保存する").click()
    expect(page.get_by_text("設定を保存しました。")).to_be_visible()
