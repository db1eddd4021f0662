"""The pages about a citizen's registrations, walked through in Chromium and each under axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from apps.registrants.models import ItemPolicy
from apps.registrants.services.portal_codes import make_link_code
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.factories import Citizen
from tests.support.accessibility import faults
from tests.support.browsing import PHONE, OpenPage
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser


@pytest.fixture
def citizen(database: None) -> Citizen:
    return factories.citizen_with_registration(
        family_kana="カクウ", given_kana="タロウ", postal_code="2701396", phone="0476-42-5111"
    )


def own(citizen: Citizen, act: str = "") -> str:
    return f"/places/{CHUO}/registrations/{citizen.registrant.pk}/{act}"


def test_a_registration_is_linked_on_a_phone_without_scripts(open_page: OpenPage, citizen: Citizen) -> None:
    person = factories.individual()
    clerk = factories.clerk()
    with as_tenant(CHUO):
        handout = make_link_code(actor=Actor("staff", clerk.pk), registrant=person.pk, document="passport")
    page = open_page("/registrations/", width=PHONE, scripts=False)
    page.get_by_role("link", name="登録と結び付ける").click()
    page.get_by_role("link", name="架空総合福祉センター").click()
    page.get_by_label("登録番号").fill(person.number)
    page.get_by_label("結び付け番号").fill(handout.code)
    page.get_by_role("button", name="結び付ける").click()
    expect(page.get_by_text("利用者登録と結び付けました。")).to_be_visible()
    expect(page.get_by_text(person.number).first).to_be_visible()


def test_a_registration_is_asked_for_on_a_phone_without_scripts(open_page: OpenPage) -> None:
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item="workplace", purpose_of_use="在勤の確認のため", since=clock.today())
    page = open_page("/registrations/", width=PHONE, scripts=False)
    page.get_by_role("link", name="仮登録を申し込む").click()
    page.get_by_role("link", name="架空総合福祉センター").click()
    page.locator("[name=family_name]").fill("架空")
    page.locator("[name=given_name]").fill("花子")
    page.locator("[name=family_kana]").fill("カクウ")
    page.locator("[name=given_kana]").fill("ハナコ")
    page.locator("[name=birth_date_year]").fill("S30.5.6")
    page.locator("[name=postal_code]").fill("2701396")
    page.get_by_role("button", name="住所を入れる").click()
    page.locator("[name=address]").fill("千葉県印西市大森2364-2")
    page.locator("[name=phone]").fill("0476425111")
    page.get_by_label("利用目的に同意する").check()
    page.get_by_role("button", name="仮登録を申し込む").click()
    expect(page.get_by_text("仮登録を受け付けました。")).to_be_visible()
    expect(page.get_by_text("お持ちいただくもの")).to_be_visible()


def test_a_correction_is_asked_for_and_shown(open_page: OpenPage, citizen: Citizen) -> None:
    page = open_page(own(citizen), width=PHONE)
    page.get_by_role("link", name="登録内容の訂正を依頼する").click()
    page.locator("[name=address]").fill("千葉県印西市大森2364-2")
    page.get_by_role("button", name="訂正を依頼する").click()
    expect(page.get_by_text("訂正の依頼を受け付けました。")).to_be_visible()
    expect(page.get_by_text("受付中")).to_be_visible()
    assert faults(page) == {}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/registrations/",
        "/registrations/link/",
        f"/places/{CHUO}/registrations/link/",
        f"/places/{CHUO}/registrations/new/",
        f"/places/{CHUO}/registrations/new/?kind=group",
        "/account/end/",
    ],
)
def test_a_page_is_free_of_faults(open_page: OpenPage, address: str, language: str) -> None:
    assert faults(open_page(address, language=language)) == {}


@pytest.mark.parametrize("act", ["", "correct/", "withdraw/", "unlink/"])
def test_a_registrations_page_is_free_of_faults(open_page: OpenPage, citizen: Citizen, act: str) -> None:
    assert faults(open_page(own(citizen, act))) == {}


@pytest.mark.parametrize(("act", "button"), [("correct/", "訂正を依頼する"), ("withdraw/", "廃止を届け出る")])
def test_errors_are_told_first(open_page: OpenPage, citizen: Citizen, act: str, button: str) -> None:
    page = open_page(own(citizen, act))
    page.get_by_role("button", name=button).click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert faults(page) == {}


def test_a_provisional_registrations_page_is_free_of_faults(open_page: OpenPage, portal_client: Client) -> None:
    waiting = factories.citizen_with_registration(state="provisional")
    signed_in(portal_client, waiting.account)
    assert faults(open_page(own(waiting))) == {}
