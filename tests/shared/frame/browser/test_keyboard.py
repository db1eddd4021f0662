from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import PHONE, OpenPage

pytestmark = pytest.mark.browser

GUIDE = "/frame/styleguide/"
RING = "getComputedStyle(document.activeElement).outlineWidth"


def focus_on(page: Page, selector: str) -> None:
    """Press Tab until ``selector`` has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_the_first_tab_offers_to_skip_to_the_text(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}month/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_whatever_has_the_focus_shows_the_ring(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    rings = []
    for _ in range(40):
        page.keyboard.press("Tab")
        rings.append(page.evaluate(RING))
    assert set(rings) == {"4px"}


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}month/", width=PHONE)
    link = page.get_by_role("link", name="予約の確認・取消")
    expect(link).to_be_hidden()
    focus_on(page, ".site-menu-button")
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.locator(".site-menu-button")).to_be_focused()


def test_the_menu_of_a_phone_opens_without_scripts(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}month/", width=PHONE, scripts=False)
    page.locator(".site-menu-button").click()
    expect(page.get_by_role("link", name="予約の確認・取消")).to_be_visible()


def test_a_dialog_keeps_the_focus_and_gives_it_back(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}booking/")
    focus_on(page, "[data-opens]")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="この予約を取り消しますか")
    expect(dialog).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-opens]")).to_be_focused()


def test_a_dialog_closes_by_its_own_button(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}booking/")
    page.locator("[data-opens]").click()
    page.get_by_role("button", name="取り消さずに戻る").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_error_summary_has_the_focus_and_leads_to_the_field(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}apply/")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("行事名")).to_be_focused()


def test_a_summary_line_about_choices_leads_to_the_first_of_them(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}apply/")
    page.get_by_role("link", name="支払いの方法").click()
    expect(page.get_by_label("窓口で支払う")).to_be_focused()


def test_a_wide_table_scrolls_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}board/", width=PHONE)
    focus_on(page, ".board-scroll")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".board-scroll")).not_to_have_js_property("scrollLeft", 0)
