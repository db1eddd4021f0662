"""Equipment, the room's and the facility's words under axe, on a phone and a PC; and a choice by keyboard."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from apps.bookings.models import Booking, Equipment, House, PortalHours, Room
from apps.bookings.rules.fees.tables import Equipment as Prices
from apps.bookings.rules.fees.tables import EquipmentPrice
from apps.bookings.services.equipment import Kind, add_equipment
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.accessibility import faults
from tests.support.browsing import PHONE, OpenPage
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser
DESK, PORTAL = "chuo.localhost", "yoyaku.localhost"
WEEK = ["9:00〜21:00"] * 5 + ["9:00〜17:00", ""]


def furnished() -> tuple[Room, Equipment]:
    room = factories.meeting_room(description="明るい室場です。", area="45.5")
    with as_tenant(CHUO):
        kind = Kind(room.facility_id, "プロジェクター", name_en="Projector")
        found = add_equipment(actor=Actor(kind="staff"), kind=kind, since=clock.today(), quantity=2)
        sound = Kind(room.facility_id, "音響設備一式", unit="式", is_counted=False)
        add_equipment(actor=Actor(kind="staff"), kind=sound, since=clock.today(), quantity=0)
        words = {"opening": WEEK, "desk": WEEK, "access": "架空駅から歩いて5分", "call": "0476-00-0000"}
        House.objects.create(facility_id=room.facility_id, valid_from=clock.today(), **words)
        hours = {"kind": "shown", "opens": dt.time(5), "closes": dt.time(0)}
        begins = clock.today() + dt.timedelta(days=30)
        PortalHours.objects.create(facility_id=room.facility_id, valid_from=begins, **hours)
    fee_tables(room, equipment=Prices((EquipmentPrice(found.code, found.name, "別表第２", 300),)))
    return room, found


def booked(citizen: factories.Citizen) -> Booking:
    room, _kind = furnished()
    return factories.booking_awaiting_permit(citizen, room)


def test_the_pages_fit_and_have_no_violation(
    visit: OpenPage, portal: Client, manager: Client, citizen: factories.Citizen
) -> None:
    booking = booked(citizen)
    held = factories.booking_on_hold(citizen, booking.room, slots=[2])
    place = f"/places/{CHUO}"
    for address in (
        f"{place}/bookings/{held.pk}/apply/",
        f"{place}/bookings/{booking.pk}/equipment/",
        f"{place}/rooms/{booking.room_id}/",
        f"/facilities/{booking.room.facility_id}/",
    ):
        assert faults(visit(PORTAL, address, client=portal)) == {}, address
    for address in (
        f"/bookings/{booking.pk}/equipment/",
        f"/fees/{booking.room.facility_id}/equipment/",
        *(f"/settings/bookings/{name}/new/" for name in ("rooms-new", "hours", "months", "house", "equipment")),
        *(f"/settings/bookings/{name}/" for name in ("hours", "equipment")),
    ):
        assert faults(visit(DESK, address, client=manager)) == {}, address


def test_a_citizen_adds_equipment_by_keyboard(visit: OpenPage, portal: Client, citizen: factories.Citizen) -> None:
    booking = booked(citizen)
    page = visit(PORTAL, f"/places/{CHUO}/bookings/{booking.pk}/", client=portal, width=PHONE)
    page.get_by_role("link", name="附属設備を変更する").press("Enter")
    page.get_by_label("プロジェクター").fill("3")
    page.keyboard.press("Enter")
    page.get_by_text("あと2です").first.wait_for()
    assert faults(page) == {}
    page.get_by_label("プロジェクター").fill("1")
    page.keyboard.press("Enter")
    page.get_by_text("附属設備を変更しました。").wait_for()
    page.get_by_text("プロジェクター　300円×1").wait_for()
    assert faults(page) == {}
