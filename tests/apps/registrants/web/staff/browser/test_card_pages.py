"""Cards and scans in Chromium: a keyboard reader, a clerk without scripts, and every page under axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from apps.registrants.models import Card
from apps.registrants.rules.card_code import code_of
from shared.staff.models import Role
from tests import factories
from tests.apps.registrants.services.cards.making import (
    fresh,
    group_issued,
    senior_applied,
    senior_checked,
    senior_held,
    senior_issued,
    somebody,
)
from tests.shared.documents.test_photo import code_png
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import signed_in
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser


@pytest.fixture
def open_as_officer(visit: OpenPage, desk_client: Callable[[str], Client]) -> OpenPage:
    officer = factories.clerk(roles=[Role.CARD_OFFICER, Role.RECEPTION])
    client = signed_in(desk_client(CHUO), officer)

    def load(address: str, **options: object) -> Page:
        return visit("chuo.localhost", address, client=client, **options)

    return load


def type_like_a_reader(page: Page, text: str) -> None:
    """Keys and Enter to whatever has the focus, as a keyboard reader does."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def code(card: Card, branch: int = 1) -> str:
    return code_of(str(card.number), branch)


def test_a_reader_opens_the_holder_without_a_click(open_as_officer: OpenPage) -> None:
    card = senior_held()
    page = open_as_officer("/scan/")
    type_like_a_reader(page, code(card))
    expect(page).to_have_url(f"{page.url.split('/scan/')[0]}/registrants/{card.registrant_id}/")


def test_visitors_are_scanned_one_after_the_other_and_a_slip_stops_nobody(open_as_officer: OpenPage) -> None:
    cards = [senior_held() for _ in range(3)]
    page = open_as_officer("/scan/visits/")
    type_like_a_reader(page, code(cards[0]))
    expect(page.get_by_role("heading", name="今日の来館 1人")).to_be_visible()
    type_like_a_reader(page, "らららRA")
    expect(page.get_by_text("カードの番号として読み取れません。")).to_be_visible()
    type_like_a_reader(page, code(cards[1]))
    expect(page.get_by_role("heading", name="今日の来館 2人")).to_be_visible()
    type_like_a_reader(page, code(cards[0]))
    expect(page.get_by_text("今日の来館は、すでに記録しています。")).to_be_visible()
    type_like_a_reader(page, code(cards[2], 9))
    expect(page.get_by_text("この枝番のカードは作られていません。")).to_be_visible()
    page.get_by_role("button", name="取り消す").first.click()
    expect(page.get_by_role("heading", name="今日の来館 1人")).to_be_visible()


def test_a_photograph_is_read_without_scripts(open_as_officer: OpenPage) -> None:
    card = senior_held()
    page = open_as_officer("/scan/", scripts=False)
    page.get_by_text("写真から読み取る").click()
    page.get_by_label("カードの写真").set_input_files(
        {"name": "card.png", "mimeType": "image/png", "buffer": code_png(code(card))}
    )
    page.get_by_role("button", name="読み取る", exact=True).click()
    expect(
        page.get_by_role("link", name=str(card.number)).or_(page.get_by_text(str(card.number))).first
    ).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_card_is_issued_printed_and_handed_over(open_as_officer: OpenPage, *, scripts: bool) -> None:
    card = senior_checked()
    page = open_as_officer(f"/cards/{card.pk}/", scripts=scripts)
    page.get_by_role("link", name="交付する", exact=True).click()
    page.get_by_role("button", name="交付する", exact=True).click()
    expect(page.get_by_text(str(fresh(card).number)).first).to_be_visible()
    with page.context.expect_event("response", lambda answer: "/print/" in answer.url) as printed:
        page.get_by_role("button", name="カードの大きさで印刷する").click()
    assert printed.value.headers["content-type"] == "application/pdf"
    page.get_by_role("link", name="渡した").click()
    page.get_by_label("マイナンバーカード").check()
    page.get_by_role("button", name="渡した").click()
    expect(page.get_by_text("本人に渡したことを記録しました。")).to_be_visible()
    expect(page.get_by_role("button", name="カードの大きさで印刷する")).to_have_count(0)


def waiting() -> str:
    senior_issued()
    group_issued()
    return "/cards/"


def applied() -> str:
    return f"/cards/{senior_applied().pk}/"


def held() -> str:
    return f"/cards/{senior_held().pk}/"


def register() -> str:
    senior_held()
    return "/cards/register/"


def application() -> str:
    return f"/registrants/{somebody().pk}/senior-card/"


def reissue() -> str:
    return f"{held()}acts/reissue/"


def hand_over() -> str:
    return f"/cards/{senior_issued().pk}/acts/hand_over/"


def scan() -> str:
    factories.facility()
    factories.facility()
    return "/scan/"


def visits() -> str:
    factories.facility()
    return "/visits/"


MAKERS = [waiting, applied, held, register, application, reissue, hand_over, scan, visits]


@pytest.mark.parametrize("make", MAKERS)
def test_every_page_of_cards_is_good_on_a_pc_and_a_phone(open_as_officer: OpenPage, make: Callable[[], str]) -> None:
    assert faults(open_as_officer(make())) == {}


@pytest.mark.parametrize(
    ("make", "button"), [(application, "申請を受け付ける"), (reissue, "作り直す"), (scan, "読み取る")]
)
def test_a_page_that_came_back_is_good_too(open_as_officer: OpenPage, make: Callable[[], str], button: str) -> None:
    page = open_as_officer(make())
    for choice in page.get_by_role("radio").all()[-1:]:
        choice.check()
    page.get_by_role("button", name=button, exact=True).click()
    assert page.title().startswith("エラー：")
    assert faults(page) == {}


def test_recorded_visits_are_shown_well(open_as_officer: OpenPage) -> None:
    card = senior_held()
    page = open_as_officer("/scan/visits/")
    type_like_a_reader(page, code(card))
    expect(page.get_by_text("来館を記録しました。")).to_be_visible()
    assert faults(page) == {}
