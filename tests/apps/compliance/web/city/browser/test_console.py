"""The pages of texts, agreements and tenants under axe, on a PC and a phone, and no wider than its screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from shared.staff.models import Role
from tests import factories
from tests.apps.compliance.web.city.test_agreements import OPERATOR, term_of
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage

pytestmark = pytest.mark.browser
PLACES = (
    "/office/clauses/",
    "/office/clauses/pledge/",
    "/office/clauses/pledge/new/",
    "/office/operators/",
    "/office/operators/new/",
    "/office/care/",
    "/tenants/chuo/",
    "/tenants/chuo/designate/",
    "/designations/{}/",
    "/designations/{}/change/",
    "/designations/{}/end/",
    "/office/tenants/",
    "/office/tenants/chuo/suspend/",
)


def test_the_pages_are_free_of_faults(open_page: OpenPage) -> None:
    factories.city_officer(roles=[Role.DEPARTMENT])
    found = {}
    for place in PLACES:
        found[place] = faults(open_page(place.format(term_of().pk)))
    assert {place: fault for place, fault in found.items() if fault} == {}


def test_what_is_wrong_with_an_operator_stands_beside_its_field(open_page: OpenPage) -> None:
    page = open_page("/office/operators/new/", width=375)
    page.get_by_label("指定管理者").check()
    page.get_by_label("名称", exact=False).first.fill(str(OPERATOR["name"]))
    page.get_by_label("共同事業体の構成員", exact=False).fill("架空会 8700110005902")
    page.get_by_role("button", name="登録する").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert faults(page) == {}
