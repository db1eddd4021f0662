"""A day at the desk in Chromium: sign in, decide, print, book at the counter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, expect

from shared.staff.models import StaffAccount
from tests import factories
from tests.support.browsing import PHONE, OpenPage

pytestmark = pytest.mark.browser


def enter(page: Page, clerk: StaffAccount) -> None:
    page.get_by_label("ID").fill(clerk.login_id)
    page.get_by_label("パスワード").fill(factories.PASSWORD)
    page.get_by_role("button", name="ログインする").click()


def choose_registrant(page: Page, kana: str) -> None:
    page.get_by_label("利用者を探す").fill(kana)
    page.keyboard.press("Enter")  # nobody else is found, so the way goes on


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_inbox_to_a_printed_permit(open_page: OpenPage, clerk: StaffAccount, *, scripts: bool) -> None:
    booking = factories.booking_awaiting_permit()
    page = open_page("/inbox/", scripts=scripts, signed_in=False)
    enter(page, clerk)
    page.get_by_role("link", name=booking.number).click()
    page.get_by_role("button", name="許可する", exact=True).click()
    expect(page.get_by_text("許可しました。")).to_be_visible()
    with page.context.expect_event("response", _is_print) as printed:
        page.get_by_role("button", name="使用許可書を印刷する").click()
    assert printed.value.status == 200
    assert printed.value.headers["content-type"] == "application/pdf"
    page.reload()
    expect(page.get_by_role("button", name="使用許可書を再交付する")).to_be_visible()


def test_a_print_can_be_repeated_from_the_same_page(open_page: OpenPage) -> None:
    booking = factories.permitted_booking()
    page = open_page(f"/bookings/{booking.pk}/")
    for _ in range(2):
        with page.context.expect_event("response", _is_print) as printed:
            page.get_by_role("button", name="使用許可書を印刷する").click()
        assert printed.value.status == 200


def _is_print(answer: Response) -> bool:
    """The answer to a print; the browser's viewer asks for the same address once more, out of its memory."""
    return "/documents/permit/" in answer.url and answer.request.method == "POST"


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_from_a_free_slot_of_the_board_to_a_booking(open_page: OpenPage, width: int) -> None:
    factories.meeting_room()
    factories.group(group_name="架空朗読の会", group_kana="カクウロウドクノカイ")
    page = open_page(f"/?day={factories.soon():%Y-%m-%d}", width=width)
    page.get_by_role("link", name="13:00〜17:00 空き").click()
    choose_registrant(page, "かくうろうどく")
    expect(page.get_by_label("午後")).to_be_checked()
    page.get_by_label("利用目的").select_option("meeting")
    page.get_by_label("利用人数").fill("１０")
    page.get_by_role("button", name="予約する").click()
    expect(page.get_by_text("予約を受け付けました。")).to_be_visible()
    if width == PHONE:  # a phone has no room for the board beside the form
        page.get_by_role("link", name="令和").click()
    expect(page.locator(".board").get_by_role("link", name="架空朗読の会")).to_be_visible()


def test_no_search_text_stands_in_the_address(open_page: OpenPage) -> None:
    factories.individual()
    page = open_page("/registrants/")
    page.get_by_label("利用者を探す").fill("かくう")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="検索結果 1件")).to_be_visible()
    assert page.evaluate("location.pathname + location.search") == "/registrants/"


@pytest.mark.parametrize("scripts", [True, False])
def test_emergency_contacts_are_shown_on_a_click(open_page: OpenPage, *, scripts: bool) -> None:
    registrant = factories.individual()
    contact = factories.emergency_contact(registrant)
    page = open_page(f"/registrants/{registrant.pk}/", scripts=scripts)
    expect(page.get_by_text(contact.phone)).to_have_count(0)
    page.get_by_role("button", name="緊急連絡先1人目を表示する").click()
    expect(page.get_by_text(contact.phone)).to_be_visible()


def test_a_decision_can_be_made_with_the_keyboard_alone(open_page: OpenPage) -> None:
    booking = factories.booking_awaiting_permit()
    page = open_page(f"/bookings/{booking.pk}/")
    button = page.get_by_role("button", name="許可する", exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("許可しました。")).to_be_visible()


def test_the_board_stands_room_by_room_on_a_phone(open_page: OpenPage) -> None:
    hall = factories.hall_with_halves()
    factories.permitted_booking(room=hall.half_a)
    page = open_page(f"/?day={factories.soon():%Y-%m-%d}", width=PHONE)
    rooms = page.locator(".board tbody tr")
    tops = [rooms.nth(number).evaluate("row => row.getBoundingClientRect().top") for number in range(3)]
    assert tops == sorted(set(tops))
    expect(rooms.nth(1).get_by_text("9:00〜12:00")).to_be_visible()
