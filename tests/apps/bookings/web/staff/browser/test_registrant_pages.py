"""A registrant's whole page, and two records side by side, on a phone and a PC."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from apps.registrants.models import Registrant
from apps.registrants.services.merge import merge
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import Actor
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.test_registrant import busy, pay, priced
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
HOST = f"{CHUO}.localhost"
CLERK = Actor(kind="staff")


@pytest.fixture
def open_page(visit: OpenPage, desk_client: Callable[[str], Client]) -> OpenPage:
    client = signed_in(desk_client(CHUO), factories.clerk(roles=[Role.FACILITY_MANAGER]))
    return lambda address, **options: visit(HOST, address, client=client, **options)


def whole() -> Registrant:
    """Somebody with money owed and paid, points, a measure, a series, a place in a line, and a merged record."""
    found, gone = factories.individual(), factories.individual()
    busy(found)
    pay(priced(found, 3), 2000)
    with as_tenant(CHUO):
        merge(actor=CLERK, kept=found.pk, gone=gone.pk, reason="同じ人の二重登録")
    return found


def test_the_whole_page_of_a_registrant_is_good_on_a_phone_and_a_pc(open_page: OpenPage) -> None:
    page = open_page(f"/registrants/{whole().pk}/")
    page.get_by_text("納付の済んだ使用料（新しいもの）").click()
    expect(page.get_by_text("この1年の点数は1点です。")).to_be_visible()
    assert faults(page) == {}


def test_two_records_are_compared_and_merged_by_keyboard(open_page: OpenPage) -> None:
    kept, gone = factories.individual(), factories.individual()
    for who in (kept, gone):
        factories.counter_booking(who, factories.meeting_room())
    with as_tenant(CHUO):
        suspend(actor=CLERK, registrant=gone.pk, first=clock.today(), last=None, reason="無断不使用")
    page = open_page(f"/registrants/{kept.pk}/merge/{gone.pk}/")
    expect(page.get_by_text(f"{gone.number} は利用停止中です。統合しても、利用停止は続きます。")).to_be_visible()
    expect(page.get_by_text("同じ時間に、もう一方の登録の予約もあります")).to_have_count(2)
    assert faults(page) == {}
    page.get_by_label(kept.number).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("同じ人の二重登録")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("登録を統合しました。")).to_be_visible()
    expect(page.get_by_text("この登録に統合した登録があります")).to_be_visible()


def results(page: Page) -> list[str]:
    return [link.inner_text() for link in page.locator("main table a").all()]


def test_what_a_search_finds_is_gone_through_by_keyboard(open_page: OpenPage) -> None:
    people = [factories.individual(family_kana="ミホン", given_kana=f"ハナ{kana}") for kana in "アイウ"]
    page = open_page("/registrants/")
    box = page.get_by_label("利用者を探す")
    box.focus()
    page.keyboard.type("みほん")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="検索結果 3件")).to_be_visible()
    assert results(page) == [one.number for one in people]
    page.get_by_role("button", name="探す", exact=True).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=people[0].number)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="架空　太郎")).to_be_visible()
