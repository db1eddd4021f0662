"""The pages of 廃棄 and 保存期間 in Chromium: free of faults at both widths, and confirmed as an officer does it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from apps.compliance.services.dispose import carry_out
from shared import disposing as functions
from tests import factories
from tests.apps.compliance import disposing
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
DESK = f"{CHUO}.localhost"
Make = Callable[[], str]


def desk_list() -> str:
    disposing.disposed("bookings")
    return "/office/disposals/"


def desk_asked() -> str:
    return f"/office/disposals/{disposing.asked('bookings').pk}/"


def desk_done() -> str:
    return f"/office/disposals/{disposing.disposed('bookings').pk}/"


def desk_running() -> str:
    one = disposing.confirmed("bookings")
    with as_tenant(CHUO):
        functions.run_batch(one.pk, CHUO, 1)
    return f"/office/disposals/{one.pk}/"


def city_list() -> str:
    disposing.asked("bookings")
    return "/disposals/"


def city_asked() -> str:
    return f"/disposals/{disposing.asked('bookings').pk}/"


def city_ask() -> str:
    return f"/disposals/new/?place={CHUO}&kind=bookings"


def city_periods() -> str:
    return "/periods/"


def city_period_new() -> str:
    return "/periods/new/"


AT_DESK: list[Make] = [desk_list, desk_asked, desk_done, desk_running]
AT_CITY: list[Make] = [city_list, city_asked, city_ask, city_periods, city_period_new]


@pytest.mark.parametrize("make", [*AT_DESK, *AT_CITY])
def test_a_page_is_free_of_faults(visit: OpenPage, manager: Client, city: Client, freeze: Freeze, make: Make) -> None:
    disposing.old_bookings(freeze, factories.meeting_room(), 3)
    is_desk = make in AT_DESK
    officer = factories.city_officer(name="見本　総括")
    client = (
        signed_in(manager, disposing.privacy_officer()) if is_desk else signed_in(city, officer)
    )  # signed in at the time of the frozen clock
    page = visit(DESK if is_desk else settings.CITY_HOST, make(), client=client)
    _shot(page, make.__name__)
    assert faults(page) == {}


def test_an_officer_confirms_and_sees_it_done(visit: OpenPage, city: Client, freeze: Freeze) -> None:
    disposing.old_bookings(freeze, factories.meeting_room(), 2)
    officer = factories.city_officer(name="見本　総括")
    page = visit(settings.CITY_HOST, city_asked(), client=signed_in(city, officer))
    page.get_by_label("確認して廃棄する").check()
    page.get_by_label("実施日").fill("2025-05-01")
    page.get_by_role("button", name="決定する").click()
    expect(page.get_by_text("確認しました。")).to_be_visible()
    _shot(page, "city_confirmed")
    with as_tenant(CHUO):
        carry_out(CHUO)
    page.get_by_role("link", name="今の状況を表示する").click()
    expect(page.get_by_role("link", name="廃棄証明書")).to_be_visible()
    _shot(page, "city_done")
    assert faults(page) == {}


def _shot(page: Page, name: str) -> None:
    folder: Any = os.environ.get("SHOTS")
    if folder:
        for width in (375, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
