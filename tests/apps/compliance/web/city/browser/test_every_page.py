"""Every page of the city's site under axe, on a PC and a phone, and no wider than its screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests import factories
from tests.apps.compliance.web.city.test_senior_cards import answered, inquired
from tests.factories import soon
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.tenants import BUNKA, CHUO, SPORTS

pytestmark = pytest.mark.browser
Make = Callable[[], str]


def facilities() -> str:
    factories.meeting_room()
    factories.meeting_room(BUNKA)
    return "/"


def tenant() -> str:
    factories.meeting_room()
    return "/tenants/chuo/"


def bookings() -> str:
    factories.permitted_booking()
    factories.refused_booking()
    return f"/bookings/?month={soon():%Y-%m}"


def usage() -> str:
    hall = factories.hall_with_halves()
    factories.permitted_booking(room=hall.whole)
    return f"/usage/?month={soon():%Y-%m}"


def month_without_usage() -> str:
    return "/usage/?month=2026-01"


def month_that_does_not_exist() -> str:
    return "/usage/?month=2026-13"


def registrants() -> str:
    factories.group()
    factories.individual(family_kana="ミホン", given_kana="ハナコ")
    return "/registrants/"


def senior_cards() -> str:
    senior_inquiry()
    return "/senior-cards/"


def senior_inquiry() -> str:
    factories.senior_card()
    inquiry = inquired(factories.senior_card_draft(SPORTS), SPORTS)
    return f"/senior-cards/inquiries/{answered(inquiry, 'other')}/"


def nowhere() -> str:
    return "/nowhere/"


PAGES = [facilities, tenant, bookings, usage, month_without_usage, month_that_does_not_exist, registrants, nowhere]
PAGES += [senior_cards]


@pytest.mark.parametrize("make", PAGES)
def test_a_page_is_free_of_faults(open_page: OpenPage, make: Make) -> None:
    assert faults(open_page(make())) == {}


@pytest.mark.parametrize("make", [facilities, bookings, usage, registrants])
def test_the_same_in_english_is_free_of_faults(open_page: OpenPage, make: Make) -> None:
    page = open_page(make(), language="en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert faults(page) == {}


def test_the_page_of_a_decision_is_free_of_faults(visit: OpenPage, database: None) -> None:
    department = signed_in(client_at(settings.CITY_HOST), factories.department(CHUO, SPORTS))
    page = visit(settings.CITY_HOST, senior_inquiry(), client=department)
    page.get_by_role("button", name="決定する").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert faults(page) == {}


def look_up(page: Page) -> None:
    page.get_by_label("照会の目的").select_option("inquiry")
    page.get_by_label("具体的な理由").fill("窓口での申出を確認するため")
    page.get_by_label("探す利用者").fill("みほん")
    page.get_by_role("button", name="照会する").click()


def test_what_a_look_found_and_the_person_opened_are_free_of_faults(open_page: OpenPage) -> None:
    page = open_page(registrants())
    look_up(page)
    expect(page.get_by_role("heading", name="照会の結果 1件")).to_be_visible()
    assert faults(page) == {}
    page.get_by_role("button", name="詳細を見る").click()
    expect(page.get_by_text("この照会を記録しました")).to_be_visible()
    assert faults(page) == {}


def test_a_look_without_a_purpose_tells_its_errors_first(open_page: OpenPage) -> None:
    page = open_page(registrants())
    page.get_by_role("button", name="照会する").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert faults(page) == {}


def test_the_sign_in_page_is_free_of_faults(open_page: OpenPage) -> None:
    assert faults(open_page("/", signed_in=False)) == {}


def test_a_look_works_without_scripts(open_page: OpenPage) -> None:
    page = open_page(registrants(), scripts=False)
    look_up(page)
    page.get_by_role("button", name="詳細を見る").click()
    expect(page.get_by_text("この照会を記録しました")).to_be_visible()
