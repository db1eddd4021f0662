"""The pages of the duplicate check under axe, on a phone and a PC, in both languages, and without JavaScript."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import factories
from tests.apps.registrants.web.staff.test_duplicates import checked, draft, inquired
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.tenants import CHUO, SPORTS

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


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
def test_every_page_has_no_violation_and_fits(visit: OpenPage, language: str) -> None:
    at = {schema: officer(schema) for schema in (CHUO, SPORTS)}
    for schema, address in pages(at[SPORTS]):
        page = visit(f"{schema}.localhost", address, client=at[schema], language=language)
        assert faults(page) == {}, address


def test_a_check_is_made_without_scripts(visit: OpenPage) -> None:
    page = visit("sports.localhost", f"/cards/{draft('カクウ').pk}/duplicates/", client=officer(SPORTS), scripts=False)
    page.get_by_label("本人確認書類を見て").check()
    page.get_by_role("button", name="重複を確認する").click()
    assert page.get_by_text("該当する登録証はありません").is_visible()
