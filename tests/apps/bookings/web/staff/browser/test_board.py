"""The board in Chromium: by keyboard and mouse, beside another clerk and a citizen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from apps.bookings.models import Booking, Room
from tests import factories
from tests.factories import AFTERNOON, EVENING
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
KANA = "かくうろうどく"


def address(view: str = "") -> str:
    return f"/{view}?day={factories.soon():%Y-%m-%d}"


def reader() -> None:
    factories.group(group_name="架空朗読の会", group_kana="カクウロウドクノカイ")


def now(booking: Booking) -> Booking:
    with as_tenant(CHUO):
        return Booking.objects.get(pk=booking.pk)


def book_by_keyboard(page: Page) -> None:
    """From the focus on the morning: two slots, the registrant, the use."""
    keys = page.keyboard
    keys.press("Shift+ArrowRight")
    keys.press("Enter")
    page.get_by_label("利用者を探す").fill(KANA)
    keys.press("Enter")
    expect(page.get_by_label("午前")).to_be_checked()
    expect(page.get_by_label("午後")).to_be_checked()
    page.get_by_label("利用目的").select_option("meeting")
    page.get_by_label("利用人数").fill("10")
    page.get_by_role("button", name="予約する").press("Enter")


def test_a_day_by_keyboard_alone(open_page: OpenPage) -> None:
    """Mark, book, carry to another room, permit; nothing but keys, and each step is said."""
    factories.meeting_room(name="第一会議室")
    factories.meeting_room(name="第二会議室")
    reader()
    page = open_page(address())
    said = page.locator("[data-board-said]")
    grid = page.get_by_role("grid")
    grid.get_by_role("link", name="9:00〜12:00 空き").first.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(said).to_contain_text("9:00から17:00まで選びました")
    page.keyboard.press("Escape")
    expect(said).to_have_text("もとに戻しました。")
    grid.get_by_role("link", name="9:00〜12:00 空き").first.focus()
    book_by_keyboard(page)
    expect(page.get_by_text("予約を受け付けました。")).to_be_visible()
    booked = grid.get_by_role("link", name="架空朗読の会")
    expect(booked).to_have_count(1)
    page.keyboard.press("Escape")
    booked.focus()
    page.keyboard.press("m")
    expect(said).to_contain_text("架空朗読の会の予約を持ち上げました")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("置けます")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="この内容に変更する").press("Enter")
    expect(page.get_by_text("予約を変更しました。")).to_be_visible()
    with as_tenant(CHUO):
        assert Booking.objects.get().room.name == "第二会議室"
    page.goto("/inbox/")
    page.keyboard.press("j")
    page.keyboard.press("p")
    page.get_by_role("dialog").get_by_role("button", name="許可する").press("Enter")
    expect(page.get_by_role("heading", name="1件を許可しました")).to_be_visible()


def boxes(page: Page, *names: str) -> list[tuple[float, float]]:
    found = [page.get_by_role("grid").get_by_role("link", name=name).first.bounding_box() for name in names]
    return [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in found if box]


def draw(page: Page, *names: str) -> None:
    (x, y), *others = boxes(page, *names)
    page.mouse.move(x, y)
    page.mouse.down()
    for x, y in others:
        page.mouse.move(x, y, steps=4)
    page.mouse.up()


def test_with_the_mouse_beside_another_clerk_and_a_citizen(open_page: OpenPage) -> None:
    """Drawing marks and moves; what others do appears by itself, and takes nothing away; a late drop is refused."""
    citizen = factories.citizen_with_registration(family_name="見本")
    room: Room = factories.meeting_room()
    who = factories.group(group_name="架空書道の会")
    booking, phone = factories.counter_booking(who, room), who.phone
    page, other = open_page(address()), open_page(address())
    draw(page, "13:00〜17:00 空き", "18:00〜21:00 空き")
    expect(page.get_by_label("利用者を探す")).to_be_visible()
    page.get_by_label("利用者を探す").fill("書きかけ")
    draw(other, "架空書道の会", "18:00〜21:00 空き")
    button = other.get_by_role("button", name="この内容に変更する")
    expect(button).to_be_visible()
    factories.booking_on_hold(citizen, room, slots=(EVENING,))
    button.click()
    expect(other.get_by_role("alert").first).to_contain_text("ほかの")
    for one in (page, other):
        expect(one.get_by_role("grid").get_by_role("link", name="見本")).to_be_visible()
    expect(page.get_by_label("利用者を探す")).to_have_value("書きかけ")
    assert now(booking).slot_numbers == [factories.MORNING]
    draw(other, "架空書道の会", "13:00〜17:00 空き")
    other.get_by_role("button", name="この内容に変更する").click()
    expect(other.get_by_text("予約を変更しました。")).to_be_visible()
    assert now(booking).slot_numbers == [AFTERNOON]
    other.get_by_role("button", name="表示 電話番号").click()
    expect(other.get_by_text(phone)).to_be_visible()
    expect(other.get_by_role("heading", name=booking.number)).to_be_visible()
    expect(page.get_by_role("grid").get_by_role("link", name="架空書道の会")).to_contain_text("13:00〜17:00")


@pytest.mark.parametrize("view", ["", "week/", "bookings/", "inbox/changes/"])
def test_a_board_has_no_violation_and_fits(open_page: OpenPage, view: str) -> None:
    hall = factories.hall_with_halves()
    factories.permitted_booking(room=hall.half_a)
    factories.counter_booking(factories.group(group_name="ふれあい卓球クラブ架空支部・実行委員会"), hall.half_b)
    page = open_page(address(view) if view.strip("/") in {"", "week"} else f"/{view}")
    assert faults(page) == {}
