"""Cards and scans in Chromium: a keyboard reader, a clerk without scripts, and every page under axe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from apps.registrants.documents.render import card_pdf
from apps.registrants.models import Card, CardIssue
from apps.registrants.queries.cards import issuer_on
from apps.registrants.rules.card_code import code_of
from apps.registrants.services.cards.faces import face_of
from apps.registrants.services.cards.print_jobs import make_waiting_sheets
from shared.documents.photo import grey_of
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
from tests.shared.documents.pdf import drawn
from tests.shared.documents.test_photo import code_png
from tests.support.accessibility import faults
from tests.support.browsing import CAME_BACK, OpenPage, windows
from tests.support.chromium import chromium, launch_options
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser
SLOW = 30_000
"""Milliseconds for what takes a film, a server and a page."""


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


TYPES = """([text, end, step]) => {
    let now = 0;
    performance.now = () => now;
    const field = document.querySelector("[data-scanner] [name=q]");
    for (const key of text) {
        field.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
        field.value += key;
        field.dispatchEvent(new InputEvent("input", {bubbles: true}));
        now += step;
    }
    if (end === "Tab") {
        field.dispatchEvent(new KeyboardEvent("keydown", {key: "Tab", bubbles: true, cancelable: true}));
    } else {
        field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true}));
        field.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
    }
}"""
"""Keys in the field, so many milliseconds apart by the page's own clock, then the end of what a reader sends."""


@pytest.mark.parametrize("end", ["Tab", "IME"])
def test_a_reader_that_ends_with_tab_or_meets_the_input_method_is_understood(
    open_as_officer: OpenPage, end: str
) -> None:
    card = senior_held()
    page = open_as_officer("/scan/")
    full = str.maketrans("0123456789-RA", "０１２３４５６７８９ー" + "ＲＡ")
    typed = code(card).translate(full) if end == "IME" else code(card)
    page.evaluate(TYPES, [typed, end, 5])
    expect(page).to_have_url(f"{page.url.split('/scan/')[0]}/registrants/{card.registrant_id}/")


@pytest.mark.parametrize("is_before", [True, False])
def test_a_scan_that_comes_before_the_script_loses_nothing(open_as_officer: OpenPage, *, is_before: bool) -> None:
    card = senior_held()
    page = open_as_officer("/scan/visits/")
    type_like_a_reader(page, "読めない番号")
    expect(page.get_by_text("カードの番号として読み取れません。")).to_be_visible(timeout=SLOW)
    held: list[Route] = []
    page.route("**/scanner.js", lambda route: held.append(route))  # noqa: PLW0108  # Playwright takes no builtin
    page.get_by_label("カードの番号").fill("読めない番号")
    # What is asked is the page that comes: the one before may still be loading, and takes keys until it is gone.
    with page.expect_request("**/scanner.js"):
        page.get_by_role("button", name="読み取る", exact=True).click()
    page.wait_for_function("document.readyState === 'interactive'")
    field = page.get_by_label("カードの番号")
    expect(field).to_be_focused()
    field.evaluate("(field, at) => field.setSelectionRange(at, at)", 0 if is_before else 6)
    page.keyboard.type(code(card)[:4])
    held[-1].continue_()
    expect(field).to_have_value(code(card)[:4], timeout=SLOW)
    type_like_a_reader(page, code(card)[4:])
    expect(page.get_by_role("heading", name="今日の来館 1人")).to_be_visible(timeout=SLOW)


def test_whoever_types_a_number_by_hand_goes_on_with_tab(open_as_officer: OpenPage) -> None:
    card = senior_held()
    page = open_as_officer("/scan/")
    page.evaluate(TYPES, [code(card), "Tab", 200])
    expect(page.get_by_label("カードの番号")).to_have_value(code(card))
    assert page.url.endswith("/scan/")


def test_a_camera_reads_a_card_where_the_browser_knows_no_codes_and_goes_on_with_the_next_visitor(
    browser: Browser, port: int, desk_client: Callable[[str], Client], tmp_path: Path
) -> None:
    card = senior_held()
    with as_tenant(CHUO):
        made = CardIssue.objects.select_related("card__registrant").get(card=card)
        picture = drawn(card_pdf(face_of(made.card, made, issuer_on(made.made_on))), 1, ppi=180)
    (tmp_path / "card.y4m").write_bytes(video_of(picture))
    client = signed_in(desk_client(CHUO), factories.clerk(roles=[Role.CARD_OFFICER, Role.RECEPTION]))
    fake = [
        "fake-ui-for-media-stream",
        "fake-device-for-media-stream",
        f"file-for-fake-video-capture={tmp_path}/card.y4m",
    ]
    options = [*launch_options(), *(f"--use-{one}" for one in fake)]
    seeing = browser.browser_type.launch(executable_path=chromium(), args=options)
    with windows(seeing) as load:
        cookies = {name: one.value for name, one in client.cookies.items()} | {"kashikan_language": "ja"}
        page = load(f"http://chuo.localhost:{port}", "/scan/visits/", cookies=cookies, is_new=True)
        page.get_by_role("button", name="カメラで読み取る").click()
        expect(page.get_by_role("heading", name="今日の来館 1人")).to_be_visible(timeout=SLOW)
        expect(page.get_by_role("button", name="カメラを止める")).to_be_visible(timeout=SLOW)
        page.get_by_role("button", name="カメラを止める").click()
        expect(page.get_by_role("button", name="カメラで読み取る")).to_be_visible()
        expect(page.get_by_label("カメラの映像")).to_be_hidden()
    seeing.close()


def video_of(png: bytes, width: int = 640, height: int = 480) -> bytes:
    """A film in which ``png`` is held still before a grey wall, as Chromium's pretended camera reads it (YUV4MPEG2)."""
    picture = grey_of(png)
    left, top = (width - picture.width) // 2, (height - picture.height) // 2
    rows = [bytearray(b"\x80" * width) for _ in range(height)]
    for number in range(picture.height):
        line = picture.pixels[number * picture.width : (number + 1) * picture.width]
        rows[top + number][left : left + picture.width] = line
    frame = b"FRAME\n" + b"".join(map(bytes, rows)) + b"\x80" * (width * height // 2)
    return f"YUV4MPEG2 W{width} H{height} F5:1 Ip A1:1 C420jpeg\n".encode() + frame * 2


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
    page.get_by_role("link", name="渡したことを記録する").click()
    page.get_by_label("マイナンバーカード").check()
    page.get_by_role("button", name="渡したことを記録する").click()
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


def due() -> str:
    card = senior_held()
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(issued_on="2020-01-01")
    return "/cards/due/"


MAKERS = [waiting, applied, held, register, application, reissue, hand_over, scan, visits, due]


def test_many_cards_are_ordered_and_their_file_is_waited_for(open_as_officer: OpenPage) -> None:
    for _ in range(11):
        group_issued()
    page = open_as_officer("/cards/")
    page.get_by_role("button", name="A4に印刷する").click()
    expect(page.get_by_text("作成の順番を待っています。")).to_be_visible()
    assert faults(page) == {}
    with as_tenant(CHUO):
        assert make_waiting_sheets() == 1
    expect(page.get_by_role("button", name="PDFを開いて印刷する")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert faults(page) == {}


def test_many_reviews_are_noted_together(open_as_officer: OpenPage) -> None:
    page = open_as_officer(due())
    page.get_by_role("button", name="選んだものの現況を確認した").click()
    expect(page).to_have_title(CAME_BACK)
    assert faults(page) == {}
    page.get_by_role("checkbox").first.check()
    page.get_by_label("電話で本人に確認").check()
    page.get_by_role("button", name="選んだものの現況を確認した").click()
    expect(page.get_by_text("1件の現況確認を記録しました。")).to_be_visible()


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
    expect(page).to_have_title(CAME_BACK)
    assert faults(page) == {}


def test_recorded_visits_are_shown_well(open_as_officer: OpenPage) -> None:
    card = senior_held()
    page = open_as_officer("/scan/visits/")
    type_like_a_reader(page, code(card))
    expect(page.get_by_text("来館を記録しました。")).to_be_visible()
    assert faults(page) == {}
