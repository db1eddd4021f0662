"""Rosters, pledges, recounts and IDs under axe at both widths, and the way from a roster to its approval."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from apps.compliance.rules.roster import Kind
from apps.compliance.services.recounts import open_recounts
from apps.compliance.services.roster.notices import notify
from apps.compliance.services.roster.review import send_back
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.apps.compliance.rostering import BODY, People, approved, drafted, entry, granted, people, rows_of, submitted
from tests.support.accessibility import faults
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

    from tests.support.browsing import OpenPage

pytestmark = pytest.mark.browser
DESK = "chuo.localhost"
Make = Callable[[], str]


@pytest.fixture
def manager_client(database: None) -> Client:
    return signed_in(client_at(DESK), factories.clerk(roles=[Role.FACILITY_MANAGER, Role.RECEPTION]))


@pytest.fixture
def city_clients(database: None) -> Client:
    roles = [Role.SYSTEMS, Role.GENERAL]
    return signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=roles))


def somebody_told(who: People, kind: Kind) -> None:
    with as_tenant(CHUO):
        clerk = factories_clerk()
        notify(actor=who.manager, tenant=CHUO, account=clerk.pk, kind=kind, reason="退職のため")


def factories_clerk() -> StaffAccount:
    return StaffAccount.objects.exclude(roles__contains=[Role.FACILITY_MANAGER]).earliest("login_id")


def roster() -> str:
    factories.clerk()
    who = people()
    granted(who, entry(), entry("見本　次郎"))
    submitted(who)
    somebody_told(who, Kind.LEAVING)
    return "/office/roster/"


def draft() -> str:
    return f"/office/roster/{drafted(people(), entry(), entry('見本　次郎'))}/"


def returned() -> str:
    who = people()
    made = submitted(who)
    with as_city():
        row = rows_of(made)[0]
    with as_city():
        send_back(actor=who.reviewer, submission=made, note="確認してください。", faults={row.pk: "職名が違います"})
    return f"/office/roster/{made}/"


def sent() -> str:
    return f"/office/roster/{granted(people())[0]}/"


def leaving() -> str:
    return f"/office/roster/people/{factories.clerk().pk}/leaving/"


def change() -> str:
    return f"/office/roster/people/{factories.clerk().pk}/change/"


def recount() -> str:
    factories.clerk()
    with as_city():
        open_recounts()
    return "/office/recount/"


def pledge() -> str:
    return "/office/pledge/"


def training() -> str:
    return "/office/training/"


def duties() -> str:
    factories.clerk()
    return "/office/duties/"


def session() -> str:
    factories.clerk()
    return "/office/duties/session/"


def city_rosters() -> str:
    roster()
    return "/rosters/"


def city_review() -> str:
    return f"/rosters/{submitted(people(), entry(), entry('見本　次郎'))}/"


def city_grant() -> str:
    return f"/rosters/{approved(people())}/"


def city_reprint() -> str:
    return f"/rosters/{granted(people())[0]}/"


def ids() -> str:
    roster()
    return "/ids/"


def id_suspend() -> str:
    return f"/ids/chuo/{factories.clerk().pk}/suspend/"


def findings() -> str:
    clerk = factories.clerk()
    with as_tenant(CHUO):
        for address in ("10.0.0.1", "10.0.0.2"):
            record(Actor("staff", clerk.pk, address), Action.LOGIN, object_type="account", object_id=clerk.pk)
    return "/ids/findings/"


def city_recounts() -> str:
    recount()
    return "/recounts/"


def city_duties() -> str:
    factories.clerk()
    return "/duties/"


def accounts() -> str:
    return "/accounts/"


def account_new() -> str:
    return "/accounts/new/"


def account() -> str:
    return f"/accounts/{factories.city_officer(roles=[Role.DEPARTMENT]).pk}/"


AT_THE_DESK = [roster, draft, returned, sent, leaving, change, recount, pledge, training, duties, session]
AT_THE_CITY = [
    city_rosters,
    city_review,
    city_grant,
    city_reprint,
    ids,
    id_suspend,
    findings,
    city_recounts,
    city_duties,
]
AT_THE_CITY += [city_recounts, city_duties, accounts, account_new, account]


def shoot(page: Page, name: str) -> None:
    """Keep what the page looks like, where somebody asked for it."""
    if folder := os.environ.get("KASHIKAN_SHOTS"):
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.parametrize("make", [*AT_THE_DESK, *AT_THE_CITY])
def test_a_page_is_free_of_faults(visit: OpenPage, manager_client: Client, city_clients: Client, make: Make) -> None:
    is_desk = make in AT_THE_DESK
    address = make()
    page = visit(DESK if is_desk else settings.CITY_HOST, address, client=manager_client if is_desk else city_clients)
    shoot(page, make.__name__)
    assert faults(page) == {}


def test_a_roster_is_written_submitted_and_approved(
    visit: OpenPage, manager_client: Client, city_clients: Client
) -> None:
    page = visit(DESK, "/office/roster/", client=manager_client)
    page.get_by_role("button", name="使用者名簿を作成する").click()
    page.get_by_role("button", name="保存して市に提出する").click()
    expect(page.locator(".error-summary, .notice--success").first).to_be_visible()
    page.goto("/office/roster/")
    page.get_by_role("link", name="使用者名簿（初回）").click()
    page.get_by_label("氏名").fill("架空　新人")
    page.get_by_label("カナ").fill("かくう　しんじん")
    page.get_by_label("職名").fill("事務員")
    page.get_by_label("所属法人").select_option(BODY)
    page.get_by_label("窓口").check()
    page.get_by_label("使用開始日").fill(clock.today().isoformat())
    page.get_by_role("button", name="保存して市に提出する").click()
    expect(page.get_by_text("市に提出しました。")).to_be_visible()
    city = visit(settings.CITY_HOST, "/rosters/", client=city_clients)
    city.get_by_role("link", name="使用者名簿（初回）").click()
    city.get_by_role("button", name="承認する").click()
    expect(city.get_by_text("記録しました。")).to_be_visible()
    expect(city.get_by_text(re.compile("承認・ID付与待ち")).first).to_be_visible()
