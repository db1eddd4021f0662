"""The account's pages walked through in Chromium, and each under axe on a PC and a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.factories import Citizen
from tests.support.accessibility import faults
from tests.support.accounts import mailed_link
from tests.support.browsing import PHONE, OpenPage

pytestmark = pytest.mark.browser
NEW = "sakura@citizens.example"
GOOD = "kame-ga-hashiru-7"


def choose_password(page: Page) -> None:
    page.get_by_label("新しいパスワード", exact=False).nth(0).fill(GOOD)
    page.get_by_label("確認のためもう一度").fill(GOOD)


def test_an_account_is_opened_on_a_phone_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/login/", signed_in=False, width=PHONE, scripts=False)
    page.get_by_role("link", name="はじめての方").click()
    page.get_by_label("メールアドレス").fill(NEW)
    page.get_by_role("button", name="確認のメールを送る").click()
    expect(page.get_by_role("heading", name="メールを確認してください")).to_be_visible()
    page.goto(f"/account/new/{mailed_link('sign_up')}/")
    page.get_by_label("ID", exact=False).first.fill("sakura")
    choose_password(page)
    page.get_by_role("button", name="アカウントを登録する").click()
    expect(page.get_by_text("アカウントを登録しました。")).to_be_visible()
    page.get_by_role("link", name="アカウントの設定", exact=False).click()
    expect(page.get_by_text(NEW)).to_be_visible()


def test_a_forgotten_password_is_replaced_and_the_new_one_opens(open_page: OpenPage, citizen: Citizen) -> None:
    page = open_page("/login/", signed_in=False)
    page.get_by_role("link", name="IDまたはパスワードを忘れた方").click()
    page.get_by_label("メールアドレス").fill(citizen.account.email)
    page.get_by_role("button", name="再設定のメールを送る").click()
    expect(page.get_by_role("heading", name="メールを確認してください")).to_be_visible()
    page.goto(f"/account/reset/{mailed_link('reset')}/")
    choose_password(page)
    page.get_by_role("button", name="パスワードを設定する").click()
    expect(page.get_by_text(citizen.account.login_id, exact=True)).to_be_visible()


@pytest.mark.parametrize("address", ["new/", "sent/", "reset/", "reset/slip/"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_for_anybody_is_free_of_faults(open_page: OpenPage, address: str, language: str) -> None:
    assert faults(open_page(f"/account/{address}", signed_in=False, language=language)) == {}


@pytest.mark.parametrize("address", ["", "password/", "address/"])
def test_an_own_page_is_free_of_faults(open_page: OpenPage, address: str) -> None:
    assert faults(open_page(f"/account/{address}")) == {}


def test_the_page_behind_a_link_is_free_of_faults_and_so_are_its_errors(open_page: OpenPage) -> None:
    page = open_page("/account/new/", signed_in=False)
    page.get_by_label("メールアドレス").fill(NEW)
    page.get_by_role("button", name="確認のメールを送る").click()
    page.goto(f"/account/new/{mailed_link('sign_up')}/")
    assert faults(page) == {}
    page.get_by_role("button", name="アカウントを登録する").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert faults(page) == {}


def test_a_dead_link_says_so(open_page: OpenPage) -> None:
    page = open_page("/account/new/nothing/", signed_in=False)
    expect(page.get_by_text("このリンクは、有効期限が切れているか")).to_be_visible()
    assert faults(page) == {}


def test_the_sign_in_page_of_the_portal_is_free_of_faults(open_page: OpenPage) -> None:
    factories.portal_account()
    assert faults(open_page("/login/", signed_in=False)) == {}
