"""The pages of documents under axe, on a phone and a PC; and a text that is checked while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from apps.bookings.documents.data import PermitSheet
from apps.bookings.documents.stored import from_stored
from apps.bookings.models import Document
from apps.bookings.services.print_jobs import make_waiting, order_prints
from apps.bookings.services.wordings import enter_text
from kernel import clock
from shared.actor import Actor
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.support.accessibility import faults, violations
from tests.support.browsing import PC, OpenPage
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
HOST, PORTAL = "chuo.localhost", "yoyaku.localhost"


def code() -> str:
    factories.permitted_booking()
    with as_tenant(CHUO):
        check = from_stored(PermitSheet, Document.objects.latest("serial").content).check
    return f"/verify/?code={check.code if check else ''}"


def texts() -> None:
    factories.facility()
    with as_tenant(CHUO):
        for text in ("許可します。", "{申請日}付けの申請を許可します。"):
            enter_text(actor=Actor(kind="staff"), key="permit.opening", text=text, valid_from=clock.today())


def index(_who: StaffAccount) -> str:
    texts()
    return "/settings/documents/"


def document(_who: StaffAccount) -> str:
    texts()
    return "/settings/documents/permit/"


def text(_who: StaffAccount) -> str:
    texts()
    return "/settings/documents/permit/opening/"


def options(_who: StaffAccount) -> str:
    return f"/settings/documents/options/{factories.facility().pk}/"


def prints(_who: StaffAccount) -> str:
    for _ in range(3):
        factories.permitted_booking()
    return "/prints/"


def waiting_job(who: StaffAccount) -> str:
    bookings = [factories.permitted_booking().pk for _ in range(2)]
    with as_tenant(CHUO):
        return f"/prints/{order_prints(actor=Actor(kind='staff', id=who.pk), bookings=bookings).pk}/"


def ready_job(who: StaffAccount) -> str:
    address = waiting_job(who)
    with as_tenant(CHUO):
        make_waiting()
    return address


def verified(_who: StaffAccount) -> str:
    return code()


PAGES: list[Callable[[StaffAccount], str]] = [
    index, document, text, options, prints, waiting_job, ready_job, verified,
]  # fmt: skip


@pytest.fixture
def manager() -> StaffAccount:
    return factories.clerk(CHUO, roles=[Role.FACILITY_MANAGER])


@pytest.fixture
def manager_desk(manager: StaffAccount, desk_client: Callable[[str], Client]) -> Client:
    return signed_in(desk_client(CHUO), manager)


@pytest.mark.parametrize("address", PAGES, ids=lambda made: made.__name__)
def test_a_page_has_no_fault_and_fits(
    address: Callable[[StaffAccount], str], manager: StaffAccount, manager_desk: Client, visit: OpenPage
) -> None:
    page = visit(HOST, address(manager), client=manager_desk)
    assert faults(page) == {}


def test_the_portals_page_of_a_code_has_no_fault_and_fits(visit: OpenPage) -> None:
    page = visit(PORTAL, code())
    expect(page.get_by_role("status")).to_contain_text("有効です")
    assert faults(page) == {}


def test_a_text_is_checked_while_it_is_typed_and_compared_before_it_holds(
    manager: StaffAccount, manager_desk: Client, visit: OpenPage
) -> None:
    page = visit(HOST, text(manager), client=manager_desk, width=PC)
    field = page.get_by_label("前文")
    field.fill("{氏名}様")
    expect(page.locator("#filled")).to_contain_text("この文言では使えません")
    field.fill("{施設名}の使用を許可します。")
    expect(page.locator("#filled")).to_contain_text("架空市見本センターの使用を許可します。")
    page.get_by_role("button", name="変わるところを確かめる").click()
    expect(page.locator("ins").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="この文言にする").click()
    expect(page.get_by_text("新しい文言を登録しました。")).to_be_visible()
