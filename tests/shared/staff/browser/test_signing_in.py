"""The pages of signing in and of the own account, as they look and as they are used."""

from __future__ import annotations

import pyotp
import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from shared.sessions import IDLE
from shared.staff.models import Role, StaffAccount
from shared.staff.sessions import StaffSessionStore
from tests import factories
from tests.shared.staff.support import at_desk, enter, with_app
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
DESK = f"{CHUO}.localhost"


@pytest.mark.parametrize("address", ["/account/", "/account/password/", "/account/second-factor/"])
def test_the_own_pages_are_whole_at_both_widths(visit: OpenPage, clerk: StaffAccount, address: str) -> None:
    client = at_desk()
    enter(client, clerk)
    page = visit(DESK, address, client=client)
    assert faults(page) == {}


@pytest.mark.parametrize(
    "address", ["sign-in/", "sign-in/chuo/", "second-factors/", "sign-in-signs/", "sign-in-locks/"]
)
def test_the_citys_pages_are_whole_at_both_widths(visit: OpenPage, clerk: StaffAccount, address: str) -> None:
    with_app(clerk)
    for _ in range(5):
        enter(at_desk("192.0.2.7"), clerk, "wrong")
    city = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.SYSTEMS]))
    assert faults(visit(settings.CITY_HOST, f"/office/{address}", client=city)) == {}


def sign_in_with(page: Page, clerk: StaffAccount, password: str = factories.PASSWORD) -> None:
    page.get_by_label("ID", exact=True).fill(clerk.login_id)
    page.get_by_label("パスワード", exact=True).fill(password)
    page.get_by_role("button", name="ログインする").click()


def test_a_manager_sets_an_app_up_keeps_the_codes_and_signs_in_with_both(visit: OpenPage) -> None:
    manager = factories.clerk(roles=[Role.FACILITY_MANAGER])
    page = visit(DESK, "/login/")
    sign_in_with(page, manager)
    page.get_by_role("button", name="登録を始める").click()
    key = page.locator(".qr__key").inner_text().replace(" ", "")
    assert faults(page) == {}
    page.get_by_label("確認コード").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="確認して登録する").click()
    expect(page.locator(".codes code")).to_have_count(10)
    assert faults(page) == {}
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="保管したので、次へ進む").click()
    page.get_by_role("button", name="ログアウト", exact=True).click()
    page.goto("/login/")
    sign_in_with(page, manager)
    assert faults(page) == {}
    page.get_by_label("確認コード").fill(code)
    page.get_by_role("button", name="ログインする").click()
    expect(page.get_by_text("予備コードでログインした")).to_be_visible()


def test_the_end_is_announced_put_off_and_hides_the_page(visit: OpenPage, clerk: StaffAccount) -> None:
    client = at_desk()
    enter(client, clerk)
    with as_tenant(CHUO):
        session = StaffSessionStore(client.cookies["kashikan_desk"].value)
        session[IDLE] = 3
        session.save()
    page = visit(DESK, "/login/", client=client, is_new=True)
    page.clock.install()
    page.goto("/account/password/")
    page.locator("#id_password").fill("half-typed")
    page.clock.fast_forward(70_000)
    page.get_by_role("button", name="ログインを続ける").click()
    expect(page.get_by_text("まもなく自動でログアウトします。")).to_be_hidden()
    page.clock.fast_forward(181_000)
    expect(page.get_by_text("自動でログアウトしました。", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name="パスワードの変更")).to_be_hidden()
    assert page.locator("#id_password").input_value() == "half-typed"
