"""Search, week, favourites and reminders in Chromium: under axe, by keyboard alone, as a screen reader is told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.bookings.models import Room
from kernel.wareki import format_date
from shared.accounts.favourites import keep_room, keep_search
from tests import factories
from tests.apps.bookings.web.citizen.browser.test_with_little import follow, tab_to
from tests.factories import Citizen, soon
from tests.support.accessibility import faults
from tests.support.browsing import PC, PHONE, OpenPage
from tests.support.scopes import as_portal
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
Make = Callable[[Citizen], str]


def busy_room(citizen: Citizen) -> Room:
    room = factories.meeting_room(at=factories.facility(name="架空ふれあい館", area="木下"))
    factories.booking_awaiting_permit(citizen, room, slots=[2])
    return room


def found(citizen: Citizen) -> str:
    busy_room(citizen)
    return f"/search/?day={soon():%Y-%m-%d}&people=5"


def nearest(citizen: Citizen) -> str:
    busy_room(citizen)
    return f"/search/?day={soon():%Y-%m-%d}&part=afternoon&area=木下"


def week(citizen: Citizen) -> str:
    return f"/places/{CHUO}/rooms/{busy_room(citizen).pk}/week/{soon():%Y-%m-%d}/"


def next_times(citizen: Citizen) -> str:
    return f"/places/{CHUO}/rooms/{busy_room(citizen).pk}/next/"


def favourites(citizen: Citizen) -> str:
    room = busy_room(citizen)
    with as_portal(account=citizen.account.pk):
        keep_room(actor=citizen.actor, account=citizen.account.pk, tenant=CHUO, room=room.pk)
        keep_search(actor=citizen.actor, account=citizen.account.pk, name="朝の会議", query="part=morning")
    return "/favourites/"


def reminders(_citizen: Citizen) -> str:
    return "/reminders/"


@pytest.mark.parametrize("language", ["ja", "ja-easy"])
@pytest.mark.parametrize("make", [found, nearest, week, next_times, favourites, reminders])
def test_a_page_is_free_of_faults_in_plain_and_in_easy_words(
    open_page: OpenPage, citizen: Citizen, make: Make, language: str
) -> None:
    page = open_page(make(citizen), language=language)
    assert page.locator("html").get_attribute("lang") == "ja"
    assert faults(page) == {}


@pytest.mark.parametrize("width", [PHONE, PC])
def test_the_keyboard_leads_from_a_search_by_time_to_a_held_slot(
    open_page: OpenPage, citizen: Citizen, width: int
) -> None:
    busy_room(citizen)
    page = open_page(f"/search/?day={soon():%Y-%m-%d}", width=width)
    tab_to(page, page.locator("summary").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("時間帯"))
    page.keyboard.type("夜")
    follow(page, "button", "検索する")
    follow(page, "link", "18:00〜21:00")
    follow(page, "button", "この時間帯を予約する")
    expect(page.locator("[data-left]")).to_have_text(re.compile(r"^1[45]分\d\d秒$"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"))


def test_arrows_move_in_the_week_and_each_cell_says_where_it_is(open_page: OpenPage, citizen: Citizen) -> None:
    page = open_page(week(citizen))
    grid = page.get_by_role("grid")
    day = format_date(soon(), weekday=True)
    tab_to(page, grid.get_by_role("link", name=f"{day} 午前"))
    assert focused(page) == f"{day} 午前 9:00〜12:00 空き"
    page.keyboard.press("ArrowDown")
    assert focused(page) == f"{day} 午後 13:00〜17:00 予約あり"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert focused(page) == f"{day} 午後 13:00〜17:00 予約あり"
    page.keyboard.press("ArrowUp")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="この時間帯を予約する")).to_be_visible()


def test_on_a_phone_the_week_is_a_list_and_works_without_scripts(open_page: OpenPage, citizen: Citizen) -> None:
    page = open_page(week(citizen), width=PHONE, scripts=False)
    expect(page.get_by_role("grid")).to_be_hidden()
    page.get_by_role("link", name="18:00〜21:00 空き").first.click()
    page.get_by_role("button", name="この時間帯を予約する").click()
    expect(page.get_by_role("heading", name="利用の申し込み")).to_be_visible()


def test_a_star_by_keyboard_brings_the_room_to_the_first_page(open_page: OpenPage, citizen: Citizen) -> None:
    page = open_page(next_times(citizen), width=PHONE)
    follow(page, "button", "お気に入りに追加 会議室")
    expect(page.get_by_text("お気に入りに追加しました。")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="お気に入りの室場")).to_be_visible()
    expect(page.get_by_role("link", name="会議室", exact=True)).to_be_visible()
