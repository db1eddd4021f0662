"""Founding and closing under axe, on a PC and a phone; and a founding that is watched until it is done."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.test import Client
from playwright.sync_api import expect

from apps.compliance.models.founding import Founding
from apps.compliance.services.founding.perform import perform_waiting
from tests import factories
from tests.apps.compliance.founding import listed
from tests.apps.compliance.web.city.test_foundings import NEW, typed
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.provisioning import remove
from tests.support.scopes import as_city

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(city: Client, superuser: psycopg.Connection) -> Iterator[str]:
    """The address of a founding that waits."""
    said = typed()
    yield str(city.post(NEW, said)["Location"])
    remove(superuser, said["schema_name"])


def test_the_pages_are_free_of_faults(open_page: OpenPage, asked: str) -> None:
    free = listed("90002")
    factories.booking_awaiting_permit(factories.citizen_with_registration())
    places = ("/office/tenants/", NEW, f"{NEW}?facility={free.pk}", asked, "/office/tenants/chuo/close/")
    found = {place: faults(open_page(place)) for place in places}
    page = open_page(f"{NEW}?facility={free.pk}")
    page.get_by_label("ホスト名").fill("chuo")
    page.get_by_role("button", name="1人追加する").click()
    page.get_by_role("button", name="開設を申し込む").click()
    expect(page.locator(".error-summary")).to_be_focused()
    found["errors"] = faults(page)
    assert {place: fault for place, fault in found.items() if fault} == {}


def test_a_founding_is_watched_until_its_end(open_page: OpenPage, asked: str) -> None:
    page = open_page(asked)
    expect(page.get_by_role("status")).to_contain_text("受付")
    perform_waiting()
    expect(page.get_by_text("窓口を開設しました")).to_be_visible()
    assert faults(page) == {}
    with as_city():
        assert Founding.objects.get().state == "done"
