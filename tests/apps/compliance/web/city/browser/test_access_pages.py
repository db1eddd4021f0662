"""Who may come in from where, under axe on a PC and a phone; and a terminal that is enrolled from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from kernel import clock
from shared.staff.models import Role
from tests import factories
from tests.support import entrance
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.browser
HERE = "/tenants/chuo/access/"


@pytest.fixture
def it(database: None) -> Client:
    return signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.SYSTEMS]))


@pytest.fixture
def filled(it: Client) -> None:
    """One of everything, used and refused."""
    entrance.only_from(CHUO, entrance.LINE, "2001:db8:0:1::/64")
    entrance.terminal(CHUO, enrolled_at=clock.now(), asset_number="福-12")
    entrance.terminal(CHUO, token_hash="", name="架空端末2号機")
    entrance.certificate(CHUO)
    it.post(f"{HERE}grants/new/", {"hours": "4", "reason": "専用回線の障害のため（架空）"})
    it.post(f"{HERE}ways/", {"ways": ["network", "terminal"], "needs_all": "one"})
    entrance.only_from(SPORTS, entrance.LINE)
    client_at("chuo.localhost").get("/", REMOTE_ADDR="2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")


@pytest.mark.parametrize(
    "path",
    ["/access/", *(HERE + name for name in ("", "ways/", "networks/new/", "terminals/new/", "grants/new/"))],
)
@pytest.mark.usefixtures("filled")
def test_a_page_is_free_of_faults(visit: OpenPage, it: Client, path: str) -> None:
    assert faults(visit(settings.CITY_HOST, path, client=it)) == {}


@pytest.mark.usefixtures("filled")
def test_the_page_of_codes_and_its_error_are_free_of_faults(visit: OpenPage) -> None:
    entrance.ask(CHUO)
    page = visit("chuo.localhost", "/terminal/")
    page.get_by_label("登録番号").fill("まちがい")
    page.get_by_role("button", name="登録する").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert faults(page) == {}


def test_a_terminal_is_enrolled_from_the_register_to_the_desk(
    visit: OpenPage, it: Client, desk_client: Callable[[str], Client]
) -> None:
    city = visit(settings.CITY_HOST, f"{HERE}terminals/new/", client=it)
    city.get_by_label("端末の名前").fill("受付1号機")
    city.get_by_label("置き場所").fill("1階受付")
    city.get_by_role("button", name="登録する").click()
    city.get_by_role("button", name="番号を発行").click()
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", city.locator("main").inner_text())
    assert code is not None
    assert faults(city) == {}
    terminal = visit("chuo.localhost", "/terminal/")
    terminal.get_by_label("登録番号").fill(code[0].lower())
    terminal.get_by_role("button", name="登録する").click()
    expect(terminal.get_by_text("この端末を登録しました")).to_be_visible()
    entrance.ask(CHUO, "terminal")
    terminal.get_by_role("link", name="窓口のページへ").click()
    expect(terminal.get_by_label("パスワード")).to_be_visible()
    assert desk_client(CHUO).get("/login/").status_code == 403
