"""A group is registered in Chromium: with the keyboard and without JavaScript, on a phone and a PC."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from shared.staff.models import Role
from tests import factories
from tests.apps.registrants.services.grouping import policy
from tests.support.accessibility import faults
from tests.support.browsing import PC, PHONE, OpenPage
from tests.support.clients import signed_in
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
HOST = f"{CHUO}.localhost"
ROSTER = (
    "氏名\tフリガナ\t生年月日\t居住区分\t電話番号\n"
    "見本　太郎\tミホン　タロウ\tS23.4.1\t市内在住\t0476-00-0001\n"
    "見本　花子\tミホン　ハナコ\t70歳\t在勤\t\n"
    "架空　二郎\t\t\t火星\t"
)
ASKED = {
    "group_name": "見本体操の会",
    "group_kana": "みほんたいそうのかい",
    "family_name": "見本",
    "given_name": "太郎",
    "family_kana": "みほん",
    "given_kana": "たろう",
    "postal_code": "270-1396",
    "address": "千葉県印西市大森2364-2",
    "phone": "0476-00-0001",
}


@pytest.fixture
def counter(visit: OpenPage, desk_client: Callable[[str], Client]) -> OpenPage:
    """A page of the desk as somebody at the counter sees it."""
    client = signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))
    return lambda address, **options: visit(HOST, address, client=client, **options)


def fill(page: Page) -> None:
    for name, text in ASKED.items():
        page.locator(f"#id_{name}").fill(text)
    page.get_by_text("表計算ソフトから貼り付ける").click()
    page.locator("#id_pasted").fill(ROSTER)
    page.get_by_role("button", name="名簿の行に入れる").click()


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (PC, True)])
def test_from_a_pasted_roster_to_a_registration(counter: OpenPage, width: int, *, scripts: bool) -> None:
    policy(least_members=3, least_city_percent=51, reminder_days=[])
    page = counter("/registrants/groups/new/", width=width, scripts=scripts)
    fill(page)
    expect(page.get_by_text("2人を行に入れました")).to_be_visible()
    expect(page.locator("#id_pasted")).to_have_value("架空　二郎\t\t\t火星\t")
    page.locator("#id_pasted").fill("架空　二郎\t\t66\t市外")
    page.get_by_role("button", name="確認する").click()
    expect(page.get_by_text("団体要件をすべて満たしています。")).to_be_visible()
    page.get_by_label("運転免許証").check()
    page.get_by_label("利用目的を本人に説明した").check()
    page.get_by_role("button", name="登録する", exact=True).click()
    expect(page.get_by_text("登録しました。登録番号は")).to_be_visible()
    expect(page.get_by_text("構成員名簿（3人）")).to_be_visible()


def test_enter_in_a_row_checks_and_registers_nothing(counter: OpenPage) -> None:
    page = counter("/registrants/groups/new/")
    fill(page)
    page.locator("#id_pasted").fill("")
    page.locator("#id_roster-1-kana").press("Enter")
    expect(page.get_by_role("heading", name="確認の結果")).to_be_visible()


def test_a_page_with_errors_in_rows_is_good_on_a_phone_and_a_pc(counter: OpenPage) -> None:
    page = counter("/registrants/groups/new/")
    fill(page)
    page.locator("#id_roster-0-kana").fill("漢字")
    page.get_by_role("button", name="確認する").click()
    expect(page.get_by_text("構成員名簿に、直すところがあります。")).to_be_visible()
    assert faults(page) == {}


def test_a_judgement_is_good_on_a_phone_and_a_pc(counter: OpenPage) -> None:
    policy(least_members=9, reminder_days=[])
    factories.group(phone=ASKED["phone"])
    page = counter("/registrants/groups/new/")
    fill(page)
    page.locator("#id_pasted").fill("")
    page.get_by_role("button", name="確認する").click()
    expect(page.get_by_role("heading", name="似ている団体")).to_be_visible()
    assert faults(page) == {}
