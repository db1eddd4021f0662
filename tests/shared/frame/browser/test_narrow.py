from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browsing import PC, PHONE, OpenPage

pytestmark = pytest.mark.browser

GUIDE = "/frame/styleguide/"


def test_a_calendar_cell_names_its_day_and_its_word(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}month/", width=PHONE)
    expect(page.get_by_role("link", name="令和8年5月9日（土） 一部空き")).to_be_visible()


def test_a_full_day_leads_nowhere(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}month/")
    expect(page.locator("td", has_text="空きなし").first.get_by_role("link")).to_have_count(0)


def test_the_words_of_a_calendar_fit_their_cells_on_a_phone(open_page: OpenPage) -> None:
    cells = open_page(f"{GUIDE}month/", width=PHONE).evaluate(
        "[...document.querySelectorAll('.calendar td')].map(cell => [cell.clientWidth, cell.scrollWidth])"
    )
    assert len(cells) == 42
    assert [cell for cell in cells if cell[1] > cell[0]] == []


def test_a_table_of_things_becomes_cards_with_labels(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}inbox/", width=PHONE)
    label = page.locator("td[data-label='人数']").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"人数"'
    assert page.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display") == "block"


def test_a_wide_table_keeps_its_first_column(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}usage/", width=PHONE)
    name = page.locator("tbody th").first
    before = name.bounding_box()
    page.evaluate("document.querySelector('.table-scroll').scrollLeft = 200")
    assert name.bounding_box() == before


def test_the_navigation_stands_open_on_a_pc(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}month/", width=PC)
    expect(page.get_by_role("navigation", name="メインメニュー")).to_be_visible()
    expect(page.locator(".site-menu-button")).to_be_hidden()


def test_the_language_switch_works_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/accessibility/", width=PHONE, scripts=False)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility statement")


def test_printing_leaves_out_what_is_for_the_screen(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}booking/")
    page.emulate_media(media="print")
    expect(page.locator(".actions").first).to_be_hidden()
    expect(page.get_by_text("2026-000123").last).to_be_visible()
