"""Somebody of seventy with a phone: from signing up to a booking, a correction, and the end of it all."""

from __future__ import annotations

from functools import cached_property

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.support.accessibility import faults
from tests.support.accounts import mailed_link
from tests.support.browsing import PHONE, OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.browser]
PORTAL, DESK = "yoyaku.localhost", "chuo.localhost"
PASSWORD = "kame-ga-hashiru-7"
MAIL = "sakura@citizens.example"


class Walk:
    """The phone, the clerk's window, and what they have in common."""

    def __init__(self, visit: OpenPage) -> None:
        self.visit = visit
        self.room = factories.meeting_room()
        self.day = factories.soon()
        self.phone: Page = visit(PORTAL, "/login/", width=PHONE)
        self.number = ""

    @cached_property
    def desk(self) -> Page:
        """A clerk's window."""
        return self.visit(DESK, "/inbox/", client=signed_in(client_at(DESK), factories.clerk()))

    def seen(self) -> None:
        """The page fits the phone, and axe finds nothing."""
        assert self.phone.evaluate("document.documentElement.scrollWidth") <= PHONE
        assert faults(self.phone) == {}

    def press(self, name: str) -> None:
        self.phone.get_by_role("button", name=name, exact=True).click()

    def told(self, text: str) -> None:
        expect(self.phone.get_by_text(text).first).to_be_visible()
        self.seen()

    def sign_up(self) -> None:
        page = self.phone
        page.get_by_role("link", name="はじめての方（アカウントの登録）").click()
        page.get_by_label("メールアドレス").fill("ｓakura@citizens.example")
        self.press("確認のメールを送る")
        self.told("メールを確認してください")
        page.goto(f"/account/new/{mailed_link('sign_up')}/")
        page.locator("[name=login_id]").fill("sakura70")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=again]").fill(PASSWORD)
        self.press("アカウントを登録する")
        self.told("アカウントを登録しました。")

    def ask_for_a_registration(self) -> None:
        page = self.phone
        page.get_by_role("link", name="仮登録を申し込む").click()
        page.get_by_role("link", name="架空総合福祉センター").click()
        for name, value in {
            "family_name": "架空",
            "given_name": "さくら",
            "family_kana": "かくう",
            "given_kana": "さくら",
            "birth_date_year": "S31.4.1",
            "postal_code": "2701396",
            "address": "千葉県印西市大森2364-2",
            "phone": "0476425111",
        }.items():
            page.locator(f"[name={name}]").fill(value)
        self.seen()
        page.get_by_label("利用目的に同意する").check()
        self.press("仮登録を申し込む")
        self.told("仮登録を受け付けました。")
        self.number = page.locator("dd.tabular").first.inner_text().split("（")[0]

    def complete_at_the_counter(self) -> None:
        page = self.desk
        page.goto("/registrations/?state=provisional")
        page.get_by_role("link", name=self.number).click()
        page.get_by_role("link", name="本登録にする").first.click()
        page.get_by_label("旅券").check()
        page.get_by_label("利用目的を本人に説明した").check()
        page.locator("[name=contact1_name]").fill("架空　次郎")
        page.locator("[name=contact1_phone]").fill("0476-00-0009")
        page.get_by_role("button", name="本登録にする").click()
        expect(page.get_by_text("有効").first).to_be_visible()

    def book(self) -> None:
        page = self.phone
        registration = page.url
        page.reload()
        self.told("施設を探して予約する")
        page.goto(f"/places/{CHUO}/rooms/{self.room.pk}/{self.day:%Y-%m-%d}/")
        self.press("午前を予約する")
        page.get_by_label("利用目的").select_option("meeting")
        page.get_by_label("行事名").fill("架空句会")
        page.get_by_label("利用人数").fill("12")
        self.press("申し込む")
        self.told("審査待ち")
        page.goto(registration)

    def correct(self) -> None:
        page = self.phone
        page.get_by_role("link", name="登録内容の訂正を依頼する").click()
        page.locator("[name=phone]").fill("0476-42-5112")
        self.press("訂正を依頼する")
        self.told("訂正の依頼を受け付けました。")
        self.answer("申出のとおり変更する")
        page.reload()
        self.told("0476-42-5112")

    def answer(self, button: str) -> None:
        self.desk.goto("/requests/")
        self.desk.locator("tbody th a").first.click()
        self.desk.get_by_role("button", name=button, exact=True).click()
        expect(self.desk.get_by_text("回答を待っている依頼はありません")).to_be_visible()

    def withdraw(self) -> None:
        page = self.phone
        page.get_by_role("link", name="登録の廃止を届け出る").click()
        self.told("先に済ませていただくこと")
        page.locator("#obstacles ~ ul a").click()
        self.press("この予約を取り消す")
        self.told("予約を取り消しました。")
        page.goto("/registrations/")
        page.get_by_role("link", name="架空総合福祉センター").click()
        page.get_by_role("link", name="登録の廃止を届け出る").click()
        page.get_by_label("廃止されると予約できなくなることを理解しました").check()
        self.press("廃止を届け出る")
        self.told("廃止の届出を受け付けました。")
        self.answer("登録を抹消する")
        page.reload()
        self.told("抹消")

    def end(self) -> None:
        page = self.phone
        page.goto("/account/end/")
        page.get_by_label("今のパスワード").fill(PASSWORD)
        page.get_by_label("アカウントを削除し、元に戻せないことを理解しました").check()
        self.press("アカウントを削除する")
        self.told("アカウントを削除しました。")


def test_the_whole_way_on_a_phone(visit: OpenPage) -> None:
    walk = Walk(visit)
    walk.sign_up()
    walk.ask_for_a_registration()
    walk.complete_at_the_counter()
    walk.book()
    walk.correct()
    walk.withdraw()
    walk.end()
