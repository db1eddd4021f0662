from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browsing import OpenPage

pytestmark = pytest.mark.browser

GUIDE = "/frame/styleguide/"


@pytest.fixture
def timer_page(open_page: OpenPage) -> Page:
    """The page of an application with 12 min 30 s left, its clock in our hands."""
    page = open_page("/accessibility/", is_new=True)
    page.clock.install()
    page.goto(f"{GUIDE}apply/")
    return page


def left(page: Page) -> str:
    return page.locator("[data-left]").inner_text()


def said(page: Page) -> str:
    return page.locator("[data-said]").inner_text()


def test_the_time_left_counts_down(timer_page: Page) -> None:
    timer_page.clock.run_for(90_000)
    assert left(timer_page) in {"10分59秒", "11分00秒"}


def test_the_time_left_is_announced_at_five_minutes_and_not_before(timer_page: Page) -> None:
    timer_page.clock.run_for(7 * 60_000)
    before = said(timer_page)
    timer_page.clock.run_for(40_000)
    assert (before, said(timer_page)) == ("", "残り5分です。")


def test_the_last_minute_is_announced_and_looks_different(timer_page: Page) -> None:
    timer_page.clock.run_for(11 * 60_000 + 40_000)
    assert said(timer_page) == "残り1分です。"
    assert timer_page.locator(".timer").get_attribute("data-state") == "late"


def test_the_end_says_what_to_do(timer_page: Page) -> None:
    timer_page.clock.run_for(13 * 60_000)
    assert left(timer_page) == "時間切れ"
    assert said(timer_page) == "時間が過ぎました。もう一度、時間帯を選んでください。"


def test_a_tab_that_slept_says_the_last_thing_only(timer_page: Page) -> None:
    timer_page.clock.fast_forward(20 * 60_000)
    assert said(timer_page) == "時間が過ぎました。もう一度、時間帯を選んでください。"


def test_a_clock_that_is_wrong_by_a_day_changes_nothing(open_page: OpenPage) -> None:
    page = open_page("/accessibility/", is_new=True)
    page.clock.install(time="2020-01-01T00:00:00+09:00")
    page.goto(f"{GUIDE}apply/")
    assert left(page).startswith("12分")


def test_the_time_left_is_there_without_scripts(open_page: OpenPage) -> None:
    assert left(open_page(f"{GUIDE}apply/", scripts=False)) == "12分30秒"


def sent_by_double_click(page: Page) -> int:
    """How many requests a double click on the form's button sends, when the server takes its time."""
    sent: list[Route] = []
    page.route("**/apply/", lambda route: sent.append(route) if route.request.method == "POST" else route.continue_())
    button = page.get_by_role("button", name="確認へ進む")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    page.mouse.click(box["x"] + 9, box["y"] + 9)
    page.wait_for_timeout(200)
    page.mouse.click(box["x"] + 9, box["y"] + 9)
    page.wait_for_timeout(200)
    return len(sent)


def test_a_double_click_sends_once(open_page: OpenPage) -> None:
    assert sent_by_double_click(open_page(f"{GUIDE}apply/")) == 1


def test_without_the_script_a_double_click_would_send_twice(open_page: OpenPage) -> None:
    assert sent_by_double_click(open_page(f"{GUIDE}apply/", scripts=False)) == 2


def test_htmx_works_under_the_policy(open_page: OpenPage) -> None:
    page = open_page("/swap/")
    page.get_by_role("button", name="続きを見る").click()
    expect(page.locator(".arrived")).to_have_text("届きました")


def test_a_timer_that_arrives_later_runs_too(open_page: OpenPage) -> None:
    page = open_page("/swap/")
    page.get_by_role("button", name="続きを見る").click()
    expect(page.locator("[data-left]")).to_have_text("12分29秒")


def test_an_answer_with_errors_is_shown_as_well(open_page: OpenPage) -> None:
    page = open_page("/swap/")
    page.get_by_role("button", name="誤りを見る").click()
    expect(page.locator(".arrived")).to_be_visible()
