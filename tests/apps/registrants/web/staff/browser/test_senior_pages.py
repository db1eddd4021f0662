"""The pages of the duplicate check under axe, on a phone and a PC, in both languages, and without JavaScript."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from apps.registrants.models import Card
from tests import factories
from tests.apps.registrants.web.staff.test_duplicates import checked, draft, inquired
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.tenants import BUNKA, CHUO, SPORTS

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


def of_the_city() -> Client:
    return signed_in(client_at(settings.CITY_HOST), factories.city_officer())


def officer(schema: str) -> Client:
    return signed_in(client_at(f"{schema}.localhost"), factories.card_officer(schema))


def pages(asking: Client) -> list[tuple[str, str]]:
    """Schema and address of every page, with something on each."""
    factories.senior_card(CHUO, registrant=factories.individual(family_name="山崎", family_kana="ヤマザキ"))
    exact, similar = draft("ヤマザキ"), draft("ヤマサキ")
    inquiry = inquired(asking, similar)
    return [
        (SPORTS, f"/cards/{exact.pk}/duplicates/"),
        (SPORTS, checked(asking, exact).request["PATH_INFO"]),
        (SPORTS, checked(asking, similar).request["PATH_INFO"]),
        (SPORTS, f"/inquiries/sent/{inquiry}/"),
        (CHUO, f"/inquiries/received/{inquiry}/"),
        (CHUO, "/inquiries/"),
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_citys_pages_have_no_violation_and_fit(visit: OpenPage, language: str) -> None:
    factories.senior_card(CHUO)
    inquiry = inquired(officer(SPORTS), draft("カクウ", "架空"))
    inquired(officer(BUNKA), draft_at(BUNKA))
    client = of_the_city()
    for address in ("", f"inquiries/{inquiry}/", f"inquiries/{inquiry}/answer/", "terms/"):
        page = visit(settings.CITY_HOST, f"/senior-cards/{address}", client=client, language=language)
        assert faults(page) == {}, address


def draft_at(schema: str) -> Card:
    return factories.senior_card_draft(schema)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_has_no_violation_and_fits(visit: OpenPage, language: str) -> None:
    at = {schema: officer(schema) for schema in (CHUO, SPORTS)}
    for schema, address in pages(at[SPORTS]):
        page = visit(f"{schema}.localhost", address, client=at[schema], language=language)
        assert faults(page) == {}, address


def test_a_check_is_made_without_scripts(visit: OpenPage) -> None:
    page = visit("sports.localhost", f"/cards/{draft('カクウ').pk}/duplicates/", client=officer(SPORTS), scripts=False)
    page.get_by_label("本人確認書類を見て").check()
    page.get_by_role("button", name="重複を確認する").click()
    expect(page.get_by_text("該当する登録証はありません")).to_be_visible()
