"""The pages of what leaves, in Chromium: free of faults at both widths; revealing and printing as a clerk does it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from shared.audit.models import Action
from tests import factories
from tests.apps.bookings.web.staff.asking import audited
from tests.apps.compliance.exporting import asked, decided, made
from tests.apps.compliance.web.staff.test_registers import ROWS, add
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.outbox import until
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
DESK = f"{CHUO}.localhost"
Make = Callable[[Client, Client], str]


def export_list(manager: Client, city: Client) -> str:
    factories.individual()
    asked(manager)
    decided(city, asked(manager), decision="refused", condition="目的が足りないため")
    return "/office/exports/"


def export_form(_manager: Client, _city: Client) -> str:
    return "/office/exports/new/"


def export_to_fetch(manager: Client, city: Client) -> str:
    factories.individual(family_name="𠮷田")
    return f"/office/exports/{made(manager, city, encoding='cp932')}/"


def export_in_work(manager: Client, city: Client) -> str:
    factories.individual()
    request = asked(manager)
    decided(city, request)
    return f"/office/exports/{request}/"


def registers(_manager: Client, _city: Client) -> str:
    return "/office/registers/"


def register(manager: Client, _city: Client) -> str:
    for code in ROWS:
        add(manager, code)
    return "/office/registers/disposals/"


def register_form(_manager: Client, _city: Client) -> str:
    return "/office/registers/media/new/"


def city_exports(manager: Client, city: Client) -> str:
    export_list(manager, city)
    return "/exports/"


def city_export(manager: Client, _city: Client) -> str:
    factories.individual()
    return f"/exports/{asked(manager)}/"


def city_register(manager: Client, city: Client) -> str:
    register(manager, city)
    return f"/registers/copies/?tenant={CHUO}"


def file_book(_manager: Client, _city: Client) -> str:
    return "/file-book/"


AT_DESK: list[Make] = [
    export_list, export_form, export_to_fetch, export_in_work, registers, register, register_form
]  # fmt: skip
AT_CITY: list[Make] = [city_exports, city_export, city_register, file_book]


@pytest.mark.parametrize("make", [*AT_DESK, *AT_CITY])
def test_a_page_is_free_of_faults(visit: OpenPage, manager: Client, city: Client, make: Make) -> None:
    address = make(manager, city)
    page = visit(
        *((DESK, address) if make in AT_DESK else (settings.CITY_HOST, address)), client=_of(make, manager, city)
    )
    _shot(page, make.__name__)
    assert faults(page) == {}


def test_a_click_shows_a_telephone_in_its_place(visit: OpenPage, manager: Client) -> None:
    person = factories.individual(phone="0476-00-4321")
    page = visit(DESK, "/registrants/", client=manager)
    page.get_by_label("利用者を探す").fill("かくう")
    page.get_by_role("button", name="探す", exact=True).click()
    _shot(page, "masked")
    assert faults(page) == {}
    page.get_by_role("button", name=f"表示 電話番号 {person.number}").click()
    expect(page.get_by_text("0476-00-4321")).to_be_visible()
    _shot(page, "revealed")


def test_printing_is_recorded_and_every_sheet_bears_the_mark(visit: OpenPage, manager: Client) -> None:
    person = factories.individual()
    page = visit(DESK, f"/registrants/{person.pk}/", client=manager)
    page.evaluate("window.print = () => document.body.setAttribute('data-printed', '')")
    page.get_by_role("button", name="この画面の印刷").click()
    expect(page.locator("body[data-printed]")).to_have_count(1)
    until(lambda: [one.persons for one in audited(Action.PRINT, "registrant")] == [[person.pk]])
    page.emulate_media(media="print")
    expect(page.locator(".watermark")).to_be_visible()
    expect(page.locator(".print-line")).to_be_visible()
    expect(page.get_by_role("button", name="この画面の印刷")).to_be_hidden()
    _shot(page, "printed")


def _of(make: Make, manager: Client, city: Client) -> Client:
    return manager if make in AT_DESK else city


def _shot(page: Page, name: str) -> None:
    folder: Any = os.environ.get("SHOTS")
    if folder:
        for width in (375, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
