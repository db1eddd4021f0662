"""One booking through all three sites, in Chromium, as the people involved see it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from config.celery import app
from kernel.wareki import format_date
from shared.outbox.tasks import sweep_outbox
from tests import factories
from tests.shared.documents.pdf import words
from tests.support.browsing import PHONE, OpenPage
from tests.support.outbox import read_mail, states, until, worker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
app.set_default()
PORTAL, DESK, CITY = "yoyaku.localhost", "chuo.localhost", "city.localhost"


class Journey:
    """The people, each with a window of their own, and what they have in common: a room, a day, a booking."""

    def __init__(self, visit: OpenPage) -> None:
        self.visit = visit
        self.day = factories.soon()
        at = factories.facility(name="架空ふれあい館", slug="fureai")
        self.room = factories.meeting_room(at=at)
        self.person = factories.citizen_with_registration(
            family_name="見本", given_name="花子", family_kana="ミホン", given_kana="ハナコ"
        )
        self.day_address = f"/places/chuo/rooms/{self.room.pk}/{self.day:%Y-%m-%d}/"
        self.citizen = visit(PORTAL, "/", width=PHONE)
        self.number = ""

    def slot_for_anybody(self) -> str:
        """What the morning's slot says to a visitor who has not signed in."""
        return self.visit(PORTAL, self.day_address).locator(".slot", has_text="午前").inner_text()

    def search(self) -> None:
        page = self.citizen
        page.get_by_label("利用目的").select_option("meeting")
        page.get_by_label("利用日").fill(f"{self.day:%Y-%m-%d}")
        page.get_by_role("button", name="検索する").click()
        page.get_by_role("link", name="架空ふれあい館").click()
        page.get_by_role("link", name="会議室").click()
        page.get_by_role("link", name=f"{format_date(self.day)}").click()

    def hold(self) -> None:
        page = self.citizen
        page.get_by_role("link", name="ログインして午前を予約する").click()
        enter(page, self.person.account.login_id)
        page.get_by_role("button", name="午前を予約する").click()
        expect(page.locator("[data-left]")).to_have_text(re.compile(r"^(14分\d\d秒|15分00秒)$"))

    def apply(self) -> None:
        page = self.citizen
        page.get_by_label("利用目的").select_option("meeting")
        page.get_by_label("行事名").fill("架空句会")
        page.get_by_label("利用人数").fill("12")
        page.get_by_role("button", name="申し込む").click()
        expect(page.get_by_text("審査待ち")).to_be_visible()
        self.number = page.locator("dd.tabular").first.inner_text()

    def permit(self) -> bytes:
        """The clerk's part; the permit as it came out of the printer."""
        clerk = factories.clerk()
        page = self.visit(DESK, "/inbox/")
        enter(page, clerk.login_id)
        page.get_by_role("link", name=self.number).click()
        page.get_by_role("button", name="許可する", exact=True).click()
        expect(page.get_by_text("許可しました。")).to_be_visible()
        return pdf_behind(page, "使用許可書を印刷する")

    def look_from_the_city(self) -> None:
        officer = factories.city_officer()
        page = self.visit(CITY, "/registrants/")
        enter(page, officer.login_id)
        set_up_second_factor(page)
        page.goto("/registrants/")
        page.get_by_label("照会の目的").select_option("inquiry")
        page.get_by_label("具体的な理由").fill("窓口での申出を確認するため")
        page.get_by_label("探す利用者").fill("みほん")
        page.get_by_role("button", name="照会する").click()
        page.get_by_role("button", name="詳細を見る").click()
        expect(page.get_by_text("見本　花子")).to_be_visible()
        page.goto(f"/usage/?month={self.day:%Y-%m}")
        expect(page.locator(".figure", has_text="許可した予約")).to_contain_text("1 件")

    def state_for_the_citizen(self) -> str:
        self.citizen.reload()
        return self.citizen.locator(".page-head .badge").inner_text()

    def cancel(self) -> None:
        self.citizen.get_by_role("button", name="この予約を取り消す").click()
        expect(self.citizen.get_by_text("予約を取り消しました。")).to_be_visible()


def enter(page: Page, login_id: str) -> None:
    page.get_by_label("ID").fill(login_id)
    page.get_by_label("パスワード").fill(factories.PASSWORD)
    page.get_by_role("button", name="ログインする").click()


def set_up_second_factor(page: Page) -> None:
    """What the city's staff do once, before they work: an authenticator app, and the recovery codes on paper."""
    page.get_by_role("button", name="登録を始める").click()
    key = page.locator(".qr__key").inner_text().replace(" ", "")
    page.get_by_label("確認コード").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="確認して登録する").click()
    page.get_by_role("link", name="保管したので、次へ進む").click()


def pdf_behind(page: Page, button: str) -> bytes:
    """The PDF that a button opens in a window of its own. Chromium keeps a PDF's content, so it is read on its way."""
    answers: list[APIResponse] = []

    def overhear(route: Route) -> None:
        here = urlsplit(route.request.url)
        address = here._replace(netloc=f"127.0.0.1:{here.port}").geturl()  # only Chromium knows the hosts
        answers.append(route.fetch(url=address, headers={**route.request.headers, "host": here.netloc}))
        route.fulfill(response=answers[-1])

    page.context.route("**/documents/**", overhear)
    with page.context.expect_event("response", lambda answer: "/documents/" in answer.url):
        page.get_by_role("button", name=button).click()
    assert answers[0].status == 200
    assert answers[0].headers["content-type"] == "application/pdf"
    return answers[0].body()


def subjects_sent(folder: Path, many: int) -> list[str]:
    """The subjects of all mails, once a real worker has sent so many."""
    sweep_outbox()
    with worker(folder, KASHIKAN_MAIL_URL=(folder / "mail").as_uri()) as running:
        until(lambda: states() == {"sent": many})
        running.stop()
    return sorted(str(read_mail(path)["Subject"]).strip() for path in (folder / "mail").glob("*.eml"))


def test_from_a_search_to_a_printed_permit_and_back_to_a_free_slot(visit: OpenPage, tmp_path: Path) -> None:
    journey = Journey(visit)
    journey.search()
    journey.hold()
    journey.apply()
    permit = words(journey.permit())
    assert "使用許可書" in permit
    assert "架総福セ指令第1号" in permit
    assert "見本花子" in permit
    assert journey.state_for_the_citizen() == "許可"
    assert subjects_sent(tmp_path, 2) == [
        f"利用を許可しました（受付番号 {journey.number}）",
        f"利用申請を受け付けました（受付番号 {journey.number}）",
    ]
    journey.look_from_the_city()
    assert "予約あり" in journey.slot_for_anybody()
    journey.cancel()
    assert journey.state_for_the_citizen() == "取消"
    assert "ログインして午前を予約する" in journey.slot_for_anybody()
