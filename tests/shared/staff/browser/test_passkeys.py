"""Passkeys in a real browser, with a device that Chromium plays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from shared.staff.models import StaffAccount
from tests import factories
from tests.shared.staff.support import at_desk
from tests.shared.staff.test_passkeys import allow_alone, registered
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import signed_in
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
DESK = f"{CHUO}.localhost"


def plug_in(page: Page) -> None:
    """A security key that finds its passkeys and verifies who holds it."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add(page: Page) -> None:
    page.goto("/account/passkeys/")
    page.get_by_label("パスキーの名前").fill("見本の鍵")
    page.get_by_label("今のパスワード").fill(factories.PASSWORD)
    page.get_by_role("button", name="機器での確認へ進む").click()
    expect(page.get_by_text("このブラウザーではパスキーを使えません")).to_be_hidden()
    assert faults(page) == {}
    page.get_by_role("button", name="機器で確認して登録する").click()
    expect(page.locator(".codes code")).to_have_count(10)


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="ログアウト", exact=True).click()
    page.goto("/login/")


def test_a_passkey_is_added_then_used_beside_the_password_then_alone(visit: OpenPage, clerk: StaffAccount) -> None:
    page = visit(DESK, "/account/", client=signed_in(at_desk(), clerk))
    plug_in(page)
    allow_alone()
    add(page)
    sign_out(page)
    page.get_by_label("ID", exact=True).fill(clerk.login_id)
    page.get_by_label("パスワード", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="ログインする", exact=True).click()
    assert faults(page) == {}
    page.get_by_role("button", name="パスキーで確認する").click()
    expect(page.get_by_role("button", name="ログアウト", exact=True)).to_be_visible()
    sign_out(page)
    assert faults(page) == {}
    page.get_by_role("button", name="パスキーでログインする").click()
    expect(page.get_by_role("button", name="ログアウト", exact=True)).to_be_visible()


def test_without_scripts_or_a_device_the_code_is_asked_as_before(visit: OpenPage, clerk: StaffAccount) -> None:
    registered(clerk)
    page = visit(DESK, "/login/", scripts=False)
    page.get_by_label("ID", exact=True).fill(clerk.login_id)
    page.get_by_label("パスワード", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="ログインする", exact=True).click()
    expect(page.get_by_role("button", name="パスキーで確認する")).to_be_hidden()
    expect(page.get_by_label("確認コード")).to_be_visible()


def test_the_list_is_whole_at_both_widths(visit: OpenPage, clerk: StaffAccount) -> None:
    registered(clerk)
    page = visit(DESK, "/account/passkeys/", client=signed_in(at_desk(), clerk))
    assert faults(page) == {}
    page.get_by_role("link", name="削除する").click()
    assert faults(page) == {}
