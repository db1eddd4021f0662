"""The desk's pages about portal accounts and citizens' requests, under axe on a PC and a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from apps.registrants.models import Registrant
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import CAME_BACK, OpenPage
from tests.support.raw import raw_superuser

pytestmark = pytest.mark.browser
REQUEST = (
    "INSERT INTO chuo.registrants_citizenrequest (registrant_id, kind, account, asked_at, wishes, note, state, answer)"
    " VALUES (%s, %s, gen_random_uuid(), now(), %s, '転居しました。', 'open', '') RETURNING id"
)


def asked(person: Registrant, kind: str, wishes: str = "{}") -> int:
    with raw_superuser() as connection:
        row = connection.execute(REQUEST, [person.pk, kind, wishes]).fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("is_linked", [True, False])
def test_the_page_about_the_account_is_free_of_faults(open_page: OpenPage, is_linked: bool) -> None:
    person = factories.citizen_with_registration().registrant if is_linked else factories.individual()
    for page in ("", "unlink/"):
        assert faults(open_page(f"/registrants/{person.pk}/portal/{page}")) == {}


def test_a_missing_document_is_told(open_page: OpenPage) -> None:
    page = open_page(f"/registrants/{factories.individual().pk}/portal/")
    page.get_by_role("button", name="結び付け番号の用紙を印刷する").click()
    expect(page).to_have_title(CAME_BACK)
    assert faults(page) == {}


def test_the_inbox_of_requests_is_free_of_faults(open_page: OpenPage) -> None:
    assert faults(open_page("/requests/")) == {}
    asked(factories.individual(), "withdrawal")
    assert faults(open_page("/requests/")) == {}


@pytest.mark.parametrize(
    ("kind", "wishes"), [("correction", '{"address": "千葉県印西市大森1"}'), ("correction", "{}"), ("withdrawal", "{}")]
)
def test_a_request_is_free_of_faults(open_page: OpenPage, kind: str, wishes: str) -> None:
    page = open_page(f"/requests/{asked(factories.individual(), kind, wishes)}/")
    assert faults(page) == {}
    page.get_by_role("button", name="対応できないと回答する").click()
    expect(page).to_have_title(CAME_BACK)
    assert faults(page) == {}
