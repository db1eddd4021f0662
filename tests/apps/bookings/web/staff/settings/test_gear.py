"""Rooms, equipment, the portal's hours, open months and a facility's own words, as its manager sets them by page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from apps.bookings.models import Equipment, House, OpenMonth, PortalHours, Room, Timetable
from apps.bookings.queries.closings import closings_of, hits_of, horizon, with_rule
from apps.bookings.queries.offers import offer_of
from apps.bookings.rules.days import slots_on
from apps.bookings.rules.listing import Closing
from apps.bookings.rules.reception import Openness, openness
from apps.bookings.rules.year import reach
from kernel import clock
from kernel.businessdays import months_after
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

ROOM = {"capacity": "20", "hold_minutes": "15", "is_public": "on", "allows_sound": "on"}


@pytest.fixture
def room(database: None) -> Room:
    return factories.meeting_room(name="第1会議室")


def send(client: Client, name: str, form: dict[str, Any], *, confirmed: bool = True) -> Any:
    return client.post(f"/settings/bookings/{name}/new/", form | ({"confirmed": "1"} if confirmed else {}))


def offer(room: Room) -> Any:
    with as_tenant(CHUO):
        return offer_of(room.pk, schema=CHUO)


def test_a_room_is_added_with_its_part_and_the_timetable_of_another(manager: Client, room: Room) -> None:
    form = ROOM | {"facility": str(room.facility_id), "name": "第2会議室", "reading": "ダイニカイギシツ"}
    form |= {"like": str(room.pk), "area": "45.5", "description": "窓があります。"}
    assert send(manager, "rooms-new", form, confirmed=False).status_code == 200
    assert send(manager, "rooms-new", form).status_code == 302
    with as_tenant(CHUO):
        made = Room.objects.get(name="第2会議室")
        assert made.parts.count() == 1
        assert made.purposes.count() == room.purposes.count()
    assert [one.label for one in slots_on(offer(made), factories.soon())] == ["午前", "午後", "夜間"]
    assert send(manager, "rooms-new", form).status_code == 409


def test_the_database_refuses_two_rooms_of_one_name_at_a_time(room: Room) -> None:
    with as_tenant(CHUO):
        with pytest.raises(IntegrityError, match="a_room_of_one_name_at_a_time"), transaction.atomic():
            Room.objects.create(facility_id=room.facility_id, name=room.name, capacity=5)
        Room.objects.create(facility_id=room.facility_id, name=room.name, capacity=5, valid_until=clock.today())


def test_a_room_is_not_given_up_before_its_bookings(manager: Client, room: Room) -> None:
    booking = factories.counter_booking(factories.individual(), room)
    form = ROOM | {"room": str(room.pk), "name": room.name}
    early = form | {"valid_until": f"{booking.day - dt.timedelta(days=1)}"}
    page = send(manager, "rooms", early, confirmed=False).content.decode()
    assert "予約が1件" in page
    assert f"/bookings/{booking.pk}/" in page
    assert 'name="confirmed"' not in page
    assert send(manager, "rooms", early).status_code == 409
    assert send(manager, "rooms", form | {"valid_until": f"{booking.day}"}).status_code == 302
    with as_tenant(CHUO):
        with pytest.raises(IntegrityError, match="under its bookings"), transaction.atomic():
            Room.objects.filter(pk=room.pk).update(valid_until=clock.today())
        assert not slots_on(offer_of(room.pk, schema=CHUO), booking.day + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 422),
        ({"name": "第2会議室"}, 409),
        ({"valid_from": "2027-04-01", "valid_until": "2027-03-31"}, 422),
        ({"parent": "00000000-0000-0000-0000-000000000000"}, 422),
        ({"only": "dogs"}, 422),
        ({"area": "-1"}, 422),
        ({"capacity": "0"}, 422),
        ({"description": "あ" * 501}, 422),
    ],
)
def test_a_room_that_cannot_be_comes_back_filled(
    manager: Client, room: Room, change: dict[str, str], status: int
) -> None:
    factories.meeting_room(at=room.facility, name="第2会議室")
    form = ROOM | {"room": str(room.pk), "name": "新しい名前", "name_en": "Kept as typed"} | change
    answer = send(manager, "rooms", form)
    assert answer.status_code in {status, 422}
    assert "Kept as typed" in answer.content.decode()
    with as_tenant(CHUO):
        assert Room.objects.get(pk=room.pk).name == room.name


def test_a_room_is_no_annex_of_itself_or_of_an_annex(manager: Client, room: Room) -> None:
    other = factories.meeting_room(at=room.facility, name="控室")
    form = ROOM | {"room": str(other.pk), "name": other.name}
    assert send(manager, "rooms", form | {"parent": str(other.pk)}).status_code == 404
    assert send(manager, "rooms", form | {"parent": str(room.pk)}).status_code == 302
    turned = ROOM | {"room": str(room.pk), "name": room.name, "parent": str(other.pk)}
    assert send(manager, "rooms", turned).status_code == 404
    assert offer(other).parent.name == "第1会議室"


def test_equipment_is_changed_and_ended_by_page(manager: Client, room: Room) -> None:
    form = {
        "facility": str(room.facility_id),
        "name": "マイク",
        "unit": "本",
        "minutes_before": "0",
        "minutes_after": "0",
    }
    added = form | {"quantity": "4", "since": f"{clock.today()}", "is_public": "on", "is_counted": "on"}
    assert send(manager, "equipment", added | {"rooms": [str(room.pk)], "deadline_days": "３"}).status_code == 302
    with as_tenant(CHUO):
        item = Equipment.objects.get()
        assert (item.deadline_days, item.rooms.count()) == (3, 1)
    page = manager.get(f"/settings/bookings/equipment-change/new/?rule={item.pk}").content.decode()
    assert 'value="マイク"' in page
    end = clock.today() + dt.timedelta(days=30)
    changed = form | {"equipment": str(item.pk), "place": "倉庫", "until": f"{end}"}
    assert send(manager, "equipment-change", changed).status_code == 302
    with as_tenant(CHUO):
        item = Equipment.objects.get()
    assert (item.place, item.is_public, item.valid_until) == ("倉庫", False, end)
    assert send(manager, "equipment-change", changed | {"equipment": "x"}).status_code == 422


def test_the_hours_of_the_portal_are_dated_and_taken_back_before_they_begin(manager: Client, room: Room) -> None:
    begins = clock.today() + dt.timedelta(days=7)
    form = {"facility": str(room.facility_id), "valid_from": f"{begins}", "kind": "shown", "opens": "5:00"}
    assert send(manager, "hours", form).status_code == 422
    assert send(manager, "hours", form | {"closes": "5:00"}).status_code == 422
    assert "5:00〜24:00" in send(manager, "hours", form | {"closes": "0:00"}, confirmed=False).content.decode()
    assert send(manager, "hours", form | {"closes": "0:00"}).status_code == 302
    assert [(one.since, one.kind) for one in offer(room).hours] == [(begins, "shown")]
    yesterday = {"valid_from": f"{clock.today() - dt.timedelta(days=1)}", "closes": "0:00"}
    assert send(manager, "hours", form | yesterday).status_code == 422
    with as_tenant(CHUO):
        key = PortalHours.objects.get().pk
    manager.post("/settings/bookings/hours/withdraw/", {"key": key})
    assert offer(room).hours == ()


def test_months_are_opened_shown_and_hidden_and_what_was_said_later_goes_on(manager: Client, room: Room) -> None:
    this = clock.today().replace(day=1)
    months = [months_after(this, number) for number in range(6)]
    house = str(room.facility_id)

    def told() -> list[Openness]:
        found = offer(room)
        return [openness(found, month) for month in months]

    def say(kind: str, first: int, last: int | None = None, target: str = house) -> int:
        form = {"target": target, "kind": kind, "first": f"{months[first]:%Y-%m}"}
        form |= {} if last is None else {"last": f"{months[last]:%Y-%m}"}
        answer: int = send(manager, "months", form).status_code
        return answer

    assert say("hidden", 3) == 302
    assert told() == [Openness.BOOKABLE] * 3 + [Openness.HIDDEN] * 3
    assert say("shown", 3, 3) == 302
    assert told()[3:] == [Openness.SHOWN, Openness.HIDDEN, Openness.HIDDEN]
    assert say("bookable", 4, 4, f"{house}/{room.pk}") == 302
    assert told()[3:] == [Openness.SHOWN, Openness.BOOKABLE, Openness.HIDDEN]
    assert say("hidden", 4, 3) == 422
    past = {"target": house, "kind": "hidden", "first": f"{this - dt.timedelta(days=1):%Y-%m}"}
    assert send(manager, "months", past).status_code == 422
    with as_tenant(CHUO), pytest.raises(IntegrityError, match="a_month_begins_on_its_first"), transaction.atomic():
        OpenMonth.objects.create(facility_id=room.facility_id, since=dt.date(2027, 1, 2), kind="hidden")


def test_a_facility_says_its_own_words_and_the_citys_are_only_shown(
    manager: Client, portal_client: Client, room: Room
) -> None:
    form = {"facility": str(room.facility_id), "valid_from": f"{clock.today()}", "access": "架空駅から歩いて5分"}
    form |= {
        f"opening_{number}_{edge}": at for number in range(1, 6) for edge, at in (("from", "9:00"), ("to", "21:00"))
    }
    page = send(manager, "house", form, confirmed=False).content.decode()
    assert "市の公共施設一覧" in page
    assert send(manager, "house", form | {"desk_1_from": "8:30"}).status_code == 422
    assert send(manager, "house", form).status_code == 302
    seen = portal_client.get(f"/facilities/{room.facility_id}/", follow=True).content.decode()
    assert "架空駅から歩いて5分" in seen
    assert "月〜金　9:00〜21:00" in seen
    assert "土〜日　休み" in seen
    again = manager.get("/settings/bookings/house/new/").content.decode()
    assert "架空駅から歩いて5分" in again
    assert again.count('value="21:00') == 5
    with as_tenant(CHUO):
        assert House.objects.count() == 1


def test_a_closing_sees_every_booking_however_far_ahead(room: Room) -> None:
    far = clock.today() + dt.timedelta(days=366 * 3)
    booking = factories.counter_booking(factories.individual(), room, day=far)
    with as_tenant(CHUO):
        before = closings_of(room.facility_id)
        closing = Closing("period", None, "", "", "工事", "Works", since=far, until=far)
        after = with_rule(before, closing, room.facility_id, None)
        assert [one.pk for one in hits_of(room.facility_id, before, after)] == [booking.pk]


@pytest.mark.parametrize(
    ("kind", "months", "days"), [("same_day", 36, 400), ("same_day", 0, 0), ("days", 0, 400), ("month_day", 36, 31)]
)
def test_the_preview_looks_as_far_as_a_window_reaches(room: Room, kind: str, months: int, days: int) -> None:
    factories.window(room, opens_kind=kind, opens_months=months, opens_days=days)
    with as_tenant(CHUO):
        seen = horizon(room.facility_id)
    assert seen[0] == clock.today()
    assert seen[-1] >= reach(clock.today(), kind, months, days)
    assert (seen[-1].month, seen[-1].day) == (3, 31)


def test_an_ordinance_takes_the_portals_hours_and_months_along(manager: Client, room: Room) -> None:
    there = factories.meeting_room(name=room.name)
    today = clock.today()
    with as_tenant(CHUO):
        hours = {"kind": "closed", "opens": dt.time(5), "closes": dt.time(0)}
        PortalHours.objects.create(facility_id=room.facility_id, valid_from=dt.date(2020, 1, 1), **hours)
        mine = {"facility_id": room.facility_id, "since": today.replace(day=1), "kind": "shown"}
        OpenMonth.objects.create(**mine)
        OpenMonth.objects.create(**mine | {"kind": "hidden"}, room=room)
        Timetable.objects.filter(room=there).delete()
    begins = today + dt.timedelta(days=40)
    form = {"source": str(room.facility_id), "target": str(there.facility_id), "valid_from": f"{begins}"}
    assert "3件複写" in send(manager, "copy", form, confirmed=False).content.decode()
    assert send(manager, "copy", form).status_code == 302
    found = offer(there)
    assert [(one.since, one.kind) for one in found.hours] == [(begins, "closed")]
    assert openness(found, begins) is Openness.HIDDEN
    assert openness(found, today) is (Openness.HIDDEN if begins.month == today.month else Openness.BOOKABLE)
