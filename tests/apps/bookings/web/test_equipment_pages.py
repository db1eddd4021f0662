"""Equipment on the pages: chosen with an application, at the counter, and on a booking; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Booking, BookingState, Equipment, EquipmentUse, FeeLine, Room
from apps.bookings.rules.fees.tables import Equipment as Prices
from apps.bookings.rules.fees.tables import EquipmentPrice
from apps.bookings.rules.fees.use import EquipmentUse as Item
from apps.bookings.services.equipment import Kind, add_equipment
from apps.bookings.services.lending import equip_by_staff
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")


@pytest.fixture
def room(database: None) -> Room:
    return factories.meeting_room()


@pytest.fixture
def projector(room: Room) -> Equipment:
    with as_tenant(CHUO):
        kind = Kind(room.facility_id, "プロジェクター", name_en="Projector")
        found = add_equipment(actor=STAFF, kind=kind, since=clock.today(), quantity=2)
        hidden = Kind(room.facility_id, "金庫", is_public=False)
        add_equipment(actor=STAFF, kind=hidden, since=clock.today(), quantity=1)
    fee_tables(room, equipment=Prices((EquipmentPrice(found.code, found.name, "別表第２", 300),)))
    return found


def apply_url(booking: Booking) -> str:
    return f"/places/{CHUO}/bookings/{booking.pk}/apply/"


def said(**values: Any) -> dict[str, Any]:
    return {"purpose": factories.MEETING, "headcount": "10", "event_name": "例会", "version": "1"} | values


def take(room: Room, kind: Equipment, quantity: int) -> None:
    """Somebody else has some at the same time, in another room."""
    other = factories.meeting_room(at=room.facility, name=f"別室{quantity}")
    booking = factories.counter_booking(factories.individual(), other)
    with as_tenant(CHUO):
        equip_by_staff(actor=STAFF, booking=booking.pk, items=[Item(kind.code, quantity)])


def test_a_citizen_sees_what_is_left_and_what_it_costs_and_takes_some(
    portal: Client, citizen: factories.Citizen, room: Room, projector: Equipment
) -> None:
    take(room, projector, 1)
    held = factories.booking_on_hold(citizen, room)
    page = portal.get(apply_url(held)).content.decode()
    assert "1区分300円　残り1台" in page
    assert "金庫" not in page
    name = f"equipment_{projector.code}"
    quoted = portal.post(apply_url(held), said(quote="1", fee_seen="1000", **{name: "１"})).content.decode()
    assert "プロジェクター　300円×1" in quoted
    assert portal.post(apply_url(held), said(fee_seen="1300", **{name: "1"})).status_code == 302
    page = portal.get(f"/places/{CHUO}/bookings/{held.pk}/").content.decode()
    assert "プロジェクター　1台" in page
    with as_tenant(CHUO):
        assert FeeLine.objects.get(sheet__booking=held, key="equipment_each").detail == "300×1"


@pytest.mark.parametrize(
    ("typed", "told", "status"), [("3", "あと2しか", 409), ("-1", "0以上", 422), ("たくさん", "数字で", 422)]
)
def test_what_cannot_be_lent_is_told_beside_its_field_and_the_form_is_kept(
    portal: Client, citizen: factories.Citizen, room: Room, projector: Equipment, typed: str, told: str, status: int
) -> None:
    held = factories.booking_on_hold(citizen, room)
    answer = portal.post(apply_url(held), said(**{f"equipment_{projector.code}": typed}))
    page = answer.content.decode()
    assert answer.status_code == status
    assert told in page
    assert f'value="{typed}"' in page
    assert "1区分300円　残り2台" in page
    assert 'value="例会"' in page
    with as_tenant(CHUO):
        assert Booking.objects.get().state == BookingState.HOLD


def test_whoever_comes_second_for_the_last_one_keeps_the_form_and_the_hold(
    portal: Client, citizen: factories.Citizen, room: Room, projector: Equipment
) -> None:
    held = factories.booking_on_hold(citizen, room)
    assert "残り2台" in portal.get(apply_url(held)).content.decode()
    take(room, projector, 2)
    answer = portal.post(apply_url(held), said(**{f"equipment_{projector.code}": "1"}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "「プロジェクター」は、この時間帯にはあと0しかありません" in page
    assert "残りなし" in page
    assert 'value="例会"' in page
    assert portal.post(apply_url(held), said()).status_code == 302


def test_a_hostile_form_takes_nothing_that_is_not_offered(
    portal: Client, citizen: factories.Citizen, room: Room, projector: Equipment
) -> None:
    with as_tenant(CHUO):
        hidden = Equipment.objects.get(name="金庫").code
    held = factories.booking_on_hold(citizen, room)
    answer = portal.post(apply_url(held), said(**{f"equipment_{hidden}": "1", "equipment_'": "1", "equipment_": "1"}))
    assert answer.status_code == 422
    assert "その設備はありません" in answer.content.decode()
    with as_tenant(CHUO):
        assert not EquipmentUse.objects.exists()
        assert Booking.objects.get().state == BookingState.HOLD


def test_sending_an_application_reads_nothing_of_equipment(
    portal: Client, citizen: factories.Citizen, room: Room, projector: Equipment
) -> None:
    counted = []
    for slot, count in ((1, ""), (2, ""), (3, "1")):  # the first one warms up
        held = factories.booking_on_hold(citizen, room, slots=[slot])
        with count_statements() as statements:
            answer = portal.post(apply_url(held), said(**{f"equipment_{projector.code}": count}))
        assert answer.status_code == 302
        counted.append(statements)
    assert counted[2].count == counted[1].count + 1
    assert not any("bookings_equipment" in text for text in counted[1].texts)


def test_a_clerk_lends_what_is_not_public_too_at_the_counter(
    receptionist: Client, room: Room, projector: Equipment
) -> None:
    registrant = factories.group()
    day = factories.soon()
    url = f"/bookings/new/?room={room.pk}&day={day:%Y-%m-%d}&slot=1&registrant={registrant.pk}"
    page = receptionist.get(url).content.decode()
    assert "残り2台" in page
    assert "金庫" in page
    form = {"slots": "1", "purpose": factories.MEETING, "headcount": "5", "event_name": "例会"}
    form |= {"key": "00000000-0000-0000-0000-000000000001", f"equipment_{projector.code}": "9"}
    answer = receptionist.post(url, form)
    assert answer.status_code == 409
    assert "あと2しか" in answer.content.decode()
    assert receptionist.post(url, form | {f"equipment_{projector.code}": "2"}).status_code == 302
    with as_tenant(CHUO):
        assert EquipmentUse.objects.get().quantity == 2


def test_a_citizen_changes_it_later_and_in_time_only(
    portal: Client, citizen: factories.Citizen, room: Room, projector: Equipment
) -> None:
    booking = factories.booking_awaiting_permit(citizen, room)
    url = f"/places/{CHUO}/bookings/{booking.pk}/equipment/"
    assert "附属設備を変更する" in portal.get(f"/places/{CHUO}/bookings/{booking.pk}/").content.decode()
    name = f"equipment_{projector.code}"
    assert portal.post(url, {"version": booking.version, name: "3"}).status_code == 422
    assert portal.post(url, {"version": 0, name: "1"}).status_code == 409
    assert portal.post(url, {"version": booking.version}).status_code == 422  # nothing changes
    assert portal.post(url, {"version": booking.version, name: "2"}).status_code == 302
    assert 'value="2"' in portal.get(url).content.decode()
    with as_tenant(CHUO):
        Equipment.objects.filter(pk=projector.pk).update(deadline_days=30)
        version = Booking.objects.get().version
    answer = portal.post(url, {"version": version})
    assert answer.status_code == 422
    assert "変更の期限" in answer.content.decode()


def test_a_strangers_booking_has_no_equipment_page(portal: Client, room: Room, projector: Equipment) -> None:
    other = factories.booking_awaiting_permit(room=room)
    url = f"/places/{CHUO}/bookings/{other.pk}/equipment/"
    assert portal.get(url).status_code == portal.post(url, {f"equipment_{projector.code}": "1"}).status_code == 404


def test_the_desk_changes_it_also_after_the_use(
    receptionist: Client, accountant: Client, room: Room, projector: Equipment
) -> None:
    booking = factories.permitted_booking(room=room)
    url = f"/bookings/{booking.pk}/equipment/"
    assert accountant.get(url).status_code == 403
    with as_tenant(CHUO):
        Booking.objects.filter(pk=booking.pk).update(state=BookingState.USED, day=clock.today() - dt.timedelta(days=1))
    form = {"version": booking.version, f"equipment_{projector.code}": "1"}
    assert receptionist.get(url).status_code == 200
    assert receptionist.post(url, form).status_code in {302, 422}
