"""Registering people in Chromium: every page under axe on a phone and a PC, and the address that fills itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from apps.bookings.services.registration_papers import print_registration_paper
from apps.registrants.models import Act, DuplicateProposal, ItemPolicy, RegistrationAct
from apps.registrants.rules.merging import pair
from apps.registrants.services.acting import leave_trace
from apps.registrants.services.counter_only import stop_online
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.apps.registrants.web.staff.registering import provisional
from tests.support.accessibility import faults, overflow, violations
from tests.support.browsing import PC, PHONE, OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
HOST = "chuo.localhost"
CLERK = Actor(kind="staff")


@pytest.fixture
def open_page(visit: OpenPage, manager: Client) -> OpenPage:
    """The page as the facility's manager sees it, loaded."""

    def load(address: str, **options: object) -> Page:
        return visit(HOST, address, client=manager, **options)

    return load


def collect(*items: str) -> None:
    with as_tenant(CHUO):
        for item in items:
            ItemPolicy.objects.create(item=item, since=clock.today(), purpose_of_use="利用者数の統計のため")


def register() -> str:
    collect("gender", "email", "note")
    return "/registrants/new/"


def complete() -> str:
    found = provisional()
    factories.emergency_contact(found)
    return f"/registrants/{found.pk}/complete/"


def change() -> str:
    return f"/registrants/{factories.individual().pk}/change/"


def detail() -> str:
    found = factories.individual(state="under_review")
    factories.emergency_contact(found)
    return f"/registrants/{found.pk}/"


def inbox() -> str:
    factories.individual(state="under_review")
    factories.group(state="under_review")
    return "/registrations/"


def put_off() -> str:
    with as_tenant(CHUO):
        leave_trace(CLERK, factories.individual().pk, Act.PUT_OFF, reason="未納の使用料があるため")
    return "/registrations/?state=put_off"


def refusal() -> str:
    return f"/registrants/{factories.individual(state='under_review').pk}/refuse/"


def notices() -> str:
    """A registration whose suspension has a notice to be printed, and that is barred from the portal."""
    factories.facility()
    factories.facility()
    found = factories.individual()
    with as_tenant(CHUO):
        leave_trace(CLERK, found.pk, Act.REGISTER)
        suspend(actor=CLERK, registrant=found.pk, first=clock.today(), last=factories.soon(), reason="無断不使用")
        stop_online(actor=CLERK, registrant=found.pk, reason="他人の登録を使った申込みがあったため")
        act = RegistrationAct.objects.get(act=Act.REGISTER)
        print_registration_paper(actor=CLERK, registrant=found.pk, act=act.pk)
    return f"/registrants/{found.pk}/"


def barring() -> str:
    return f"/registrants/{factories.individual().pk}/stop_online/"


def apart() -> str:
    first, second = pair(factories.individual().pk, factories.individual(phone="0476-00-0999").pk)
    with as_tenant(CHUO):
        found = DuplicateProposal.objects.create(one_id=first, other_id=second, grounds=["phone"], found_at=clock.now())
    return f"/registrants/duplicates/{found.pk}/dismiss/"


def ending() -> str:
    until = clock.today()
    factories.individual(valid_until=until)
    factories.citizen_with_registration(valid_until=until)
    return f"/registrants/ending/?day={until:%Y-%m-%d}"


def items() -> str:
    collect("gender", "email")
    return "/settings/items/"


def item() -> str:
    return "/settings/items/gender/"


def policies() -> str:
    return "/settings/registration/"


def new_policy() -> str:
    return "/settings/registration/new/"


MAKERS = [
    register,
    complete,
    change,
    detail,
    inbox,
    put_off,
    apart,
    refusal,
    notices,
    barring,
    ending,
    items,
    item,
    policies,
    new_policy,
]


def shoot(page: Page, name: str, width: int) -> None:
    """Keep a picture where ``SHOTS`` says, for whoever wants to look."""
    if place := os.environ.get("SHOTS"):
        page.screenshot(path=Path(place) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("make", MAKERS)
def test_a_page_has_no_violation_and_fits(open_page: OpenPage, make: Callable[[], str]) -> None:
    page = open_page(make())
    shoot(page, make.__name__, PC)
    assert faults(page) == {}


def fill(page: Page) -> None:
    for label, text in {"姓のフリガナ": "みほん", "名のフリガナ": "きょうこ"}.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("姓", exact=False).first.fill("見本")
    page.locator("#id_given_name").fill("京子")
    page.locator("#id_birth_date_1").fill("S23.4.1")
    page.locator("#id_phone").fill("0476005111")
    page.locator("#id_contact1_name").fill("見本　花子")
    page.locator("#id_contact1_phone").fill("09000000001")
    page.get_by_label("旅券").check()
    page.get_by_label("利用目的を本人に説明した").check()


def test_a_person_is_registered_and_a_likeness_is_asked_about(open_page: OpenPage) -> None:
    factories.individual(phone="0476-00-5111", family_name="見本", given_name="京子")
    page = open_page(register(), width=PHONE)
    page.get_by_role("button", name="登録する").click()
    shoot(page, "errors", PHONE)
    assert faults(page) == {}
    fill(page)
    page.get_by_label("郵便番号").fill("270-1327")
    expect(page.locator("#id_address")).to_have_value("千葉県印西市大森")
    page.get_by_role("button", name="登録する").click()
    shoot(page, "likeness", PHONE)
    assert faults(page) == {}
    page.get_by_label("別人であることを確かめた").check()
    page.get_by_role("button", name="登録する").click()
    page.get_by_text("登録しました。").wait_for()


def test_an_address_that_somebody_wrote_stays(open_page: OpenPage) -> None:
    page = open_page(register())
    page.get_by_label("住所", exact=False).first.fill("千葉県印西市架空1-1")
    with page.expect_response("**/postal/"):
        page.get_by_label("郵便番号").fill("2701327")
    page.get_by_text("千葉県印西市大森").wait_for()
    assert page.locator("#id_address").input_value() == "千葉県印西市架空1-1"


def test_the_towns_that_share_a_code_are_named_with_and_without_scripts(open_page: OpenPage) -> None:
    page = open_page(register())
    page.get_by_label("郵便番号").fill("068-0546")
    page.get_by_text("この番号には複数の町域があります").wait_for()
    assert page.locator("#id_address").input_value() == "北海道夕張市南部"
    page = open_page("/registrants/new/", scripts=False, width=PHONE)
    page.get_by_label("郵便番号").fill("0680546")
    page.get_by_role("button", name="住所を入れる").click()
    expect(page.get_by_text("この番号には複数の町域があります")).to_be_visible()
    assert page.locator("#id_address").input_value() == "北海道夕張市南部"
    assert overflow(page) == 0


def test_without_scripts_the_button_fills_the_address_and_enter_sends_the_form(open_page: OpenPage) -> None:
    page = open_page(register(), scripts=False)
    page.get_by_label("郵便番号").fill("2701327")
    page.get_by_role("button", name="住所を入れる").click()
    assert page.locator("#id_address").input_value() == "千葉県印西市大森"
    expect(page.locator(".error-summary")).to_have_count(0)
    page.locator("#id_given_name").press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()


def test_a_contact_is_shown_in_place(open_page: OpenPage) -> None:
    page = open_page(detail())
    page.get_by_role("button", name="表示する").click()
    page.get_by_text("0476-00-0009").wait_for()
    assert violations(page) == []


def test_a_policy_is_previewed(open_page: OpenPage) -> None:
    page = open_page(new_policy(), width=PHONE)
    page.get_by_label("構成員の最少人数").fill("5")
    page.get_by_role("button", name="変わるところを確かめる").click()
    shoot(page, "preview", PHONE)
    assert violations(page) == []
    assert overflow(page) == 0
    page.get_by_role("button", name="この基準を定める").click()
    page.get_by_text("登録の基準を定めました。").wait_for()
