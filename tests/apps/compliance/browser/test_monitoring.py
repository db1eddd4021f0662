"""The pages of the monthly monitoring under axe on a PC and a phone; the self-check by keyboard, kept at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from apps.compliance.rules.monitoring.clocks import month_before
from apps.compliance.services.monitoring.close import close_month
from apps.compliance.services.monitoring.photos import add_photo
from kernel import clock
from shared.staff.models import Role
from tests import factories
from tests.apps.compliance import monitoring as months
from tests.apps.compliance.photos import jpeg_with_gps
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser
HOSTS = {"desk": "chuo.localhost", "city": "city.localhost"}


def last_month() -> dt.date:
    return month_before(clock.today())


def address(site: str, rest: str = "") -> str:
    place = "/office/monitoring" if site == "desk" else "/monitoring/chuo/months"
    return f"{place}/{last_month():%Y-%m}/{rest}"


def list_of_months() -> str:
    months.with_finding(month=month_before(last_month()))
    months.made(month=last_month())
    return "/office/monitoring/"


def month_to_fill_in() -> str:
    months.made(month=last_month())
    return address("desk")


def section() -> str:
    months.made(month=last_month())
    return address("desk", "accounts/")


def numbers() -> str:
    months.made(month=last_month())
    return address("desk", "report/")


def plan() -> str:
    return f"/office/monitoring/findings/{months.with_finding(month=last_month(), keys_kept='partly').pk}/"


def closed_month() -> str:
    months.checked(month=last_month(), keys_kept="unfit")
    with as_city():
        photo = jpeg_with_gps()
        add_photo(actor=months.CITY, tenant=CHUO, month=last_month(), photo=photo, item="pc_fixed", caption="見本")
        close_month(actor=months.CITY, tenant=CHUO, month=last_month())
    return address("desk")


def board() -> str:
    months.planned(month=last_month())
    months.made(SPORTS, month=last_month())
    return "/monitoring/"


def citys_month() -> str:
    months.with_finding(month=last_month(), keys_kept="partly")
    return address("city")


def citys_section() -> str:
    months.reported(month=last_month())
    return address("city", "check/accounts/")


def judgement() -> str:
    months.checked(month=last_month(), keys_kept="unfit")
    return address("city", "close/")


def year() -> str:
    closed_month()
    return f"/monitoring/chuo/years/{last_month().year - (last_month().month < 4)}/"


PAGES: list[tuple[str, Callable[[], str]]] = [
    ("desk", list_of_months),
    ("desk", month_to_fill_in),
    ("desk", section),
    ("desk", numbers),
    ("desk", plan),
    ("desk", closed_month),
    ("city", board),
    ("city", citys_month),
    ("city", citys_section),
    ("city", judgement),
    ("city", year),
    ("city", lambda: "/monitoring/items/"),
    ("city", lambda: "/monitoring/items/papers_locked/"),
    ("city", lambda: "/monitoring/chuo/mailboxes/"),
]


def browser_of(site: str) -> Client:
    if site == "city":
        return signed_in(client_at(HOSTS[site]), factories.city_officer())
    return signed_in(client_at(HOSTS[site]), factories.clerk(roles=[Role.FACILITY_MANAGER]))


@pytest.mark.parametrize(("site", "make"), PAGES)
def test_a_page_has_no_faults(site: str, make: Callable[[], str], visit: OpenPage) -> None:
    place = make()
    page = visit(HOSTS[site], place, client=browser_of(site))
    assert faults(page) == {}


def test_a_section_is_filled_in_by_keyboard_and_kept_as_it_is_typed(visit: OpenPage) -> None:
    sheet = months.made(month=last_month())
    page = visit(HOSTS["desk"], address("desk", "staff/"), client=browser_of("desk"))
    first = page.get_by_role("group", name="従事者の誓約・研修が済んでいる")
    first.get_by_label("一部不適").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="保存しました")).to_be_visible()
    with as_tenant(CHUO):
        assert sheet.results.get(code="pledges").own_result == "partly"
    page.reload()
    expect(first.get_by_label("一部不適")).to_be_checked()
