"""Rooms, combinations, purposes, neighbours, equipment and whole ordinances, as the facility's manager sets them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import (
    ClosingRule,
    Equipment,
    EquipmentStock,
    Facility,
    Purpose,
    Room,
    RoomNeighbour,
    Timetable,
    Window,
)
from apps.bookings.queries.offers import offer_of
from kernel import clock
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

PAGES = [
    "rooms",
    "rooms-new",
    "combinations",
    "purposes",
    "neighbours",
    "equipment",
    "stock",
    "copy",
    "hours",
    "months",
    "house",
]


@pytest.fixture
def room(database: None) -> Room:
    return factories.meeting_room()


def send(client: Client, name: str, form: dict[str, Any], *, confirmed: bool = True) -> Any:
    return client.post(f"/settings/bookings/{name}/new/", form | ({"confirmed": "1"} if confirmed else {}))


def codes(room: Room) -> set[str]:
    with as_tenant(CHUO):
        return {one.code for one in offer_of(room.pk, schema=CHUO).purposes}


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_answer_and_whoever_may_not_is_refused(
    manager: Client, accountant: Client, room: Room, name: str
) -> None:
    for page in (f"/settings/bookings/{name}/", f"/settings/bookings/{name}/new/?room={room.pk}"):
        assert manager.get(page).status_code == 200
        assert accountant.get(page).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_or_strange_form_comes_back(manager: Client, room: Room, name: str) -> None:
    assert send(manager, name, {}).status_code == 422
    strange = dict.fromkeys(["room", "rooms", "facility", "equipment", "source", "target", "capacity", "since"], "'")
    assert send(manager, name, strange).status_code == 422


def test_a_room_is_changed_after_its_changes_were_shown(manager: Client, room: Room) -> None:
    form = {"room": str(room.pk), "name": room.name, "capacity": "50", "hold_minutes": "10", "is_public": "on"}
    shown = send(manager, "rooms", form, confirmed=False).content.decode()
    assert "<strong>50</strong>" in shown
    assert send(manager, "rooms", form).status_code == 302
    with as_tenant(CHUO):
        found = Room.objects.get(pk=room.pk)
    assert (found.capacity, found.hold_minutes, found.allows_sound) == (50, 10, False)


def test_a_loud_purpose_is_not_offered_where_no_sound_is_allowed(manager: Client, room: Room) -> None:
    form = {"group": "music", "group_name": "音楽", "code": "chorus", "name": "合唱", "is_loud": "on"}
    form |= {"rooms": [str(room.pk)]}  # type: ignore[dict-item]  # a list of values
    assert send(manager, "purposes", form).status_code == 302
    assert "chorus" in codes(room)
    quiet = {"room": str(room.pk), "name": room.name, "capacity": "50", "hold_minutes": "10", "is_public": "on"}
    assert send(manager, "rooms", quiet).status_code == 302
    assert "chorus" not in codes(room)


def test_a_purpose_stands_in_its_group(manager: Client, room: Room) -> None:
    form = {"group": "music", "group_name": "音楽", "code": "chorus", "name": "合唱", "rooms": [str(room.pk)]}
    send(manager, "purposes", form)
    with as_tenant(CHUO):
        assert Purpose.objects.get(code="chorus").group_id == "music"
        [found] = [one for one in offer_of(room.pk, schema=CHUO).purposes if one.code == "chorus"]
    assert found.group == "音楽"


def test_a_purpose_is_changed_from_what_it_is(manager: Client, room: Room) -> None:
    form = {
        "group": "music",
        "group_name": "音楽",
        "code": "chorus",
        "name": "合唱",
        "is_loud": "on",
        "rooms": [room.pk],
    }
    send(manager, "purposes", form)
    page = manager.get("/settings/bookings/purposes/new/?rule=chorus").content.decode()
    assert 'value="合唱"' in page
    assert page.count("checked") == 2  # loud, and the room
    assert manager.get("/settings/bookings/purposes/new/?rule='").status_code == 200


def test_a_combination_occupies_the_parts_of_its_rooms(manager: Client) -> None:
    one = factories.meeting_room(name="第1研修室")
    two = factories.meeting_room(at=one.facility, name="第2研修室")
    form = {"name": "研修室全面", "capacity": "80", "rooms": [str(one.pk), str(two.pk)]}
    assert send(manager, "combinations", form).status_code == 302
    with as_tenant(CHUO):
        assert Room.objects.get(name="研修室全面").parts.count() == 2
    assert send(manager, "combinations", form | {"name": "別名"}).status_code == 409
    assert send(manager, "combinations", form | {"rooms": [str(one.pk)]}).status_code == 404


def test_neighbours_are_one_pair_however_they_are_named(manager: Client, room: Room) -> None:
    other = factories.meeting_room(name="和室")
    form = {"room": str(room.pk), "neighbour": str(other.pk), "strictness": "warn"}
    turned = {"room": str(other.pk), "neighbour": str(room.pk), "strictness": "refuse"}
    assert send(manager, "neighbours", form).status_code == send(manager, "neighbours", turned).status_code == 302
    with as_tenant(CHUO):
        pair = RoomNeighbour.objects.get()
    assert pair.strictness == "refuse"
    assert send(manager, "neighbours", form | {"neighbour": str(room.pk)}).status_code == 404
    manager.post("/settings/bookings/neighbours/withdraw/", {"key": pair.pk})
    with as_tenant(CHUO):
        assert not RoomNeighbour.objects.exists()


def test_equipment_is_entered_with_its_number_and_the_number_is_changed_later(manager: Client, room: Room) -> None:
    today, later = clock.today(), clock.today() + dt.timedelta(days=30)
    form = {"facility": str(room.facility_id), "name": "マイク", "unit": "本", "quantity": "4", "since": f"{today}"}
    form |= {"minutes_before": "0", "minutes_after": "10", "is_counted": "on", "is_public": "on"}
    assert send(manager, "equipment", form).status_code == 302
    assert send(manager, "equipment", form).status_code == 409
    with as_tenant(CHUO):
        key = Equipment.objects.get().pk
    assert send(manager, "stock", {"equipment": str(key), "quantity": "2", "since": f"{later}"}).status_code == 302
    with as_tenant(CHUO):
        assert list(EquipmentStock.objects.values_list("valid_from", "quantity")) == [(today, 4), (later, 2)]


def test_an_ordinance_is_copied_to_another_facility(manager: Client, room: Room) -> None:
    there = factories.facility(CHUO, name="架空分館")
    with as_tenant(CHUO):
        other = Room.objects.create(facility=there, name=room.name, capacity=10)
        ClosingRule.objects.create(facility_id=room.facility_id, kind="weekly", weekday=1)
        ClosingRule.objects.create(facility=there, kind="weekly", weekday=2)
    factories.window(room)
    day = clock.today() + dt.timedelta(days=10)
    form = {"source": str(room.facility_id), "target": str(there.pk), "valid_from": f"{day}"}
    assert "受付期間2件、休館日の定め1件、時間割1件" in send(manager, "copy", form, confirmed=False).content.decode()
    assert send(manager, "copy", form).status_code == 302
    with as_tenant(CHUO):
        assert [(one.room_id, one.valid_from) for one in Window.objects.filter(facility=there)] == [(other.pk, day)] * 2
        rules = ClosingRule.objects.filter(facility=there).order_by("weekday")
        assert [(one.weekday, one.valid_from, one.valid_until) for one in rules] == [
            (1, day, None),
            (2, dt.date(1989, 1, 8), day - dt.timedelta(days=1)),
        ]
        assert Timetable.objects.get(room=other).slots.count() == 3
        assert other.purposes.count() == room.purposes.count()
    assert send(manager, "copy", form).status_code == 409


def test_an_ordinance_is_not_copied_onto_itself(manager: Client, room: Room) -> None:
    form = {"source": str(room.facility_id), "target": str(room.facility_id), "valid_from": f"{clock.today()}"}
    assert send(manager, "copy", form).status_code == 422
    with as_tenant(CHUO):
        assert Facility.objects.count() == 1
