"""The pages of a public use under axe, on a phone and a PC, at desk and city; and a clerk who carries one out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from apps.bookings.models import Booking, Displacement
from apps.bookings.services.displacement.choosing import choose_for_all
from tests import factories
from tests.apps.bookings.services.displacement.acts import STAFF, carried_out, chosen, looked_for
from tests.apps.bookings.services.displacement.test_displacement import CANCEL, MOVED
from tests.apps.bookings.services.displacement.test_order import ordered
from tests.support.accessibility import faults
from tests.support.browsing import PC, OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser


def _found() -> tuple[Displacement, Booking, Booking]:
    at = factories.facility()
    room = factories.meeting_room(at=at, name="会議室")
    factories.meeting_room(at=at, name="第2会議室", capacity=40)
    one, two = factories.permitted_booking(room=room), factories.booking_awaiting_permit(room=room, slots=[2])
    with as_tenant(CHUO):
        return looked_for(room, detail="市議会議員選挙"), one, two


def index() -> str:
    ordered((CHUO, factories.meeting_room()), stops=True)
    _found()
    return "/displacements/"


def new() -> str:
    factories.meeting_room()
    return "/displacements/new/"


def found() -> str:
    return f"/displacements/{_found()[0].pk}/"


def confirm() -> str:
    made = _found()[0]
    with as_tenant(CHUO):
        choose_for_all(actor=STAFF, displacement=made.pk, fate="cancel")
    return f"/displacements/{made.pk}/carry-out/"


def done() -> str:
    made, one, two = _found()
    with as_tenant(CHUO):
        chosen(made, a=(one, MOVED), b=(two, CANCEL))
        carried_out(made)
    return f"/displacements/{made.pk}/"


def end() -> str:
    return f"{done()}end/"


@pytest.mark.parametrize("make", [index, new, found, confirm, done, end])
def test_a_page_of_the_desk_has_no_violation_and_fits(
    visit: OpenPage, manager: Client, make: Callable[[], str]
) -> None:
    page = visit("chuo.localhost", make(), client=manager)
    assert faults(page) == {}


def choose() -> str:
    factories.meeting_room()
    return "/public-uses/new/"


def order_form() -> str:
    rooms = [factories.meeting_room(), factories.meeting_room(SPORTS)]
    return f"/public-uses/new/?{'&'.join(f'facility={room.facility_id}' for room in rooms)}"


def order() -> str:
    made, _places = ordered((CHUO, factories.meeting_room()), (SPORTS, factories.meeting_room(SPORTS)), stops=True)
    return f"/public-uses/{made.pk}/"


@pytest.mark.parametrize(
    "make", [choose, order_form, order, lambda: f"{order()}end/", lambda: order() and "/public-uses/"]
)
def test_a_page_of_the_city_has_no_violation_and_fits(visit: OpenPage, city: Client, make: Callable[[], str]) -> None:
    page = visit("city.localhost", make(), client=city)
    assert faults(page) == {}


def test_a_clerk_moves_one_cancels_the_rest_and_carries_it_out(visit: OpenPage, manager: Client) -> None:
    page = visit("chuo.localhost", found(), client=manager, width=PC)
    first = page.locator("li.card").first
    first.get_by_label("第2会議室").check()
    first.get_by_label("移すことへの利用者の承諾").select_option("phone")
    page.get_by_role("button", name="残りをすべて取り消す").click()
    expect(page.get_by_text("残りの1件を選択しました。")).to_be_visible()
    page.get_by_role("button", name="保存して実施の確認へ").click()
    page.get_by_role("button", name="実施する").click()
    expect(page.get_by_text("実施しました。変更1件、取消し1件、そのまま0件です。")).to_be_visible()
    expect(page.get_by_role("button", name="通知書をまとめて印刷する")).to_be_visible()
