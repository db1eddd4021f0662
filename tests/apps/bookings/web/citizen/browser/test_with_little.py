"""The portal by keyboard alone, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from kernel import clock
from kernel.wareki import format_date
from tests import factories
from tests.factories import Citizen, soon
from tests.support.browsing import PC, PHONE, OpenPage

pytestmark = pytest.mark.browser
MOST_TABS = 80


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {target}")


def follow(page: Page, role: str, name: str) -> None:
    """Tab to the link or button, press Enter, and wait for the next page."""
    tab_to(page, page.get_by_role(role, name=name).first)  # type: ignore[arg-type]  # one of the ARIA roles
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


@pytest.mark.parametrize("width", [PHONE, PC])
def test_the_keyboard_alone_leads_from_the_top_page_to_a_held_slot(
    open_page: OpenPage, citizen: Citizen, width: int
) -> None:
    factories.meeting_room(at=factories.facility(name="架空ふれあい館"))
    page = open_page("/", signed_in=False, width=width)
    fill(page, "施設の名前", "ふれあい")
    follow(page, "button", "検索する")
    follow(page, "link", "架空ふれあい館")
    follow(page, "link", "会議室")
    if soon().month != clock.today().month:
        follow(page, "link", "次の月")
    follow(page, "link", format_date(soon()))
    follow(page, "link", "ログインして午後を予約する")
    fill(page, "ID", citizen.account.login_id)
    fill(page, "パスワード", factories.PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, "button", "午後を予約する")
    expect(page.locator("[data-left]")).to_have_text(re.compile(r"^1[45]分\d\d秒$"))


def test_a_booking_is_made_and_cancelled_without_scripts(open_page: OpenPage, citizen: Citizen) -> None:
    room = factories.meeting_room()
    page = open_page(f"/places/chuo/rooms/{room.pk}/{soon():%Y-%m-%d}/", width=PHONE, scripts=False)
    page.get_by_role("button", name="午前を予約する").click()
    expect(page.locator("[data-left]")).to_have_text(re.compile(r"^1[45]分\d\d秒$"))
    page.get_by_label("利用目的").select_option("meeting")
    page.get_by_label("行事名").fill("句会")
    page.get_by_label("利用人数").fill("１２")
    page.get_by_role("button", name="申し込む").click()
    expect(page.get_by_text("申し込みを受け付けました。")).to_be_visible()
    page.get_by_role("button", name="この予約を取り消す").click()
    expect(page.get_by_text("予約を取り消しました。")).to_be_visible()


def test_several_slots_in_a_row_are_chosen_without_scripts(open_page: OpenPage, citizen: Citizen) -> None:
    room = factories.meeting_room()
    page = open_page(f"/places/chuo/rooms/{room.pk}/{soon():%Y-%m-%d}/", width=PHONE, scripts=False)
    page.get_by_text("続けて複数の時間帯を利用する").click()
    page.get_by_label("午前").check()
    page.get_by_label("午後").check()
    page.get_by_role("button", name="選んだ時間帯を予約する").click()
    expect(page.get_by_text("9:00〜17:00")).to_be_visible()


def test_a_double_click_on_a_slot_holds_it_once(open_page: OpenPage, citizen: Citizen) -> None:
    room = factories.meeting_room()
    page = open_page(f"/places/chuo/rooms/{room.pk}/{soon():%Y-%m-%d}/")
    page.get_by_role("button", name="夜間を予約する").dblclick()
    expect(page.get_by_role("heading", name="利用の申し込み")).to_be_visible()
    page.goto("/bookings/")
    expect(page.locator(".card--link")).to_have_count(1)
