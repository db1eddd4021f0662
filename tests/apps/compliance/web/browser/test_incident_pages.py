"""The pages of incidents under axe on a PC and a phone, and a first report typed by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from playwright.sync_api import expect

from apps.compliance.models.incidents import EvidencePackage, Incident, IncidentDraft
from kernel import clock
from tests import factories
from tests.apps.compliance.web.incident_asking import reported
from tests.support.accessibility import faults
from tests.support.browsing import PHONE, OpenPage
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser
NOW = f"{clock.now().astimezone(clock.TOKYO):%Y-%m-%dT%H:%M}"
TODAY = {"noticed": NOW, "phoned": ""}
DESK = f"{CHUO}.localhost"
CITY = "city.localhost"


@pytest.fixture
def made(manager: Client) -> Incident:
    incident = reported(manager, **TODAY)
    people = [factories.individual(CHUO, given_name=name) for name in ("一郎", "二郎")]
    numbers = "\n".join(one.number for one in people)
    manager.post(f"/office/incidents/{incident.pk}/persons/", {"numbers": numbers})
    return incident


def package(city: Client, incident: UUID) -> UUID:
    city.post(f"/incidents/{incident}/evidence/", {"since": "2026-01-01T00:00", "until": NOW})
    with as_city():
        found: UUID = EvidencePackage.objects.latest("at").pk
    return found


PAGES: dict[str, tuple[str, Callable[[Incident, Client], str]]] = {
    "list": (DESK, lambda _made, _city: "/office/incidents/"),
    "report": (DESK, lambda _made, _city: "/office/incidents/new/"),
    "incident": (DESK, lambda made, _city: f"/office/incidents/{made.pk}/"),
    "items": (DESK, lambda made, _city: f"/office/incidents/{made.pk}/items/"),
    "persons": (DESK, lambda made, _city: f"/office/incidents/{made.pk}/persons/"),
    "city_list": (CITY, lambda _made, _city: "/incidents/"),
    "city_incident": (CITY, lambda made, _city: f"/incidents/{made.pk}/"),
    "city_items": (CITY, lambda made, _city: f"/incidents/{made.pk}/items/"),
    "city_persons": (CITY, lambda made, _city: f"/incidents/{made.pk}/persons/"),
    "city_evidence": (CITY, lambda made, _city: f"/incidents/{made.pk}/evidence/"),
    "city_package": (CITY, lambda made, city: f"/incidents/{made.pk}/evidence/{package(city, made.pk)}/"),
    "city_publication": (CITY, lambda made, _city: f"/incidents/{made.pk}/publication/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(visit: OpenPage, manager: Client, city: Client, made: Incident, name: str) -> None:
    host, address = PAGES[name]
    page = visit(host, address(made, city), client=manager if host == DESK else city)
    assert faults(page) == {}


def test_what_is_typed_is_kept_while_it_is_typed_and_sent_on_a_phone(visit: OpenPage, manager: Client) -> None:
    page = visit(DESK, "/office/incidents/new/", client=manager, width=PHONE)
    page.get_by_label("何が起きたか").fill("名簿の紛失")
    page.get_by_label("何が起きたか").blur()
    expect(page.locator("#kept")).to_contain_text("下書きを保存しました。")
    with as_tenant(CHUO):
        assert IncidentDraft.objects.get().typed["what"] == "名簿の紛失"
    page.get_by_label("滅失・紛失").check()
    page.get_by_label("情報が載っていたもの").select_option("paper")
    page.get_by_label("暗号化").select_option("no")
    page.get_by_label("回収").select_option("none")
    page.get_by_role("button", name="市に報告する").click()
    expect(page.locator("h1")).to_contain_text("事故の記録")
