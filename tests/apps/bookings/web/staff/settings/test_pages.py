"""The settings of bookings: typed, shown with what they change, then set; nothing of the past is rewritten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Block, ClosingRule, Room, Timetable, Window
from apps.bookings.queries.offers import offer_of
from apps.bookings.rules.days import slots_on
from apps.bookings.rules.window import Who, receipt_of
from kernel import clock
from shared.audit.models import AuditEntry
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

PAGES = ["windows", "closings", "timetables", "blocks"]


@pytest.fixture
def room(database: None) -> Room:
    return factories.meeting_room()


def in_days(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def window(room: Room, **typed: Any) -> dict[str, Any]:
    edges = {
        "resident_opens_kind": "month_day",
        "resident_opens_months": "2",
        "resident_opens_days": "17",
        "resident_opens_at": "09:00",
        "resident_opens_shift": "next_office",
        "resident_closes_kind": "days",
        "resident_closes_days": "3",
        "resident_closes_at": "23:59",
        "resident_closes_shift": "none",
    }
    return {"target": str(room.facility_id), "valid_from": f"{in_days(1)}", "others": "never", **edges, **typed}


def closing(room: Room, day: dt.date, **typed: Any) -> dict[str, Any]:
    usual = {
        "target": str(room.facility_id),
        "effect": "closes",
        "kind": "period",
        "shift": "stay",
        "valid_from": f"{day}",
        "valid_until": f"{day}",
        "block": "closure",
        "label": "臨時休館",
    }
    return usual | typed


def timetable(room: Room, **typed: Any) -> dict[str, Any]:
    usual = {
        "rooms": [str(room.pk)],
        "valid_from": f"{in_days(1)}",
        "kind": "units",
        "opens": "09:00",
        "closes": "21:00",
        "unit": "60",
    }
    return usual | typed


def block(room: Room, first: dt.date, last: dt.date, **typed: Any) -> dict[str, Any]:
    usual = {"room": str(room.pk), "kind": "works", "label": "床の張替え", "starts": "09:00", "ends": "12:00"}
    return usual | {"first_day": f"{first}", "last_day": f"{last}"} | typed


def send(client: Client, name: str, form: dict[str, Any], *, confirmed: bool = True) -> Any:
    return client.post(f"/settings/bookings/{name}/new/", form | ({"confirmed": "1"} if confirmed else {}))


def text(answer: Any) -> str:
    shown: str = answer.content.decode()
    return shown


def offer(room: Room) -> Any:
    with as_tenant(CHUO):
        return offer_of(room.pk, schema=CHUO)


def test_a_window_is_shown_with_examples_before_it_is_set(manager: Client, room: Room) -> None:
    answer = send(manager, "windows", window(room), confirmed=False)
    assert answer.status_code == 200
    assert "受け付けない" in text(answer)
    with as_tenant(CHUO):
        assert not Window.objects.exists()


def test_a_window_that_is_set_holds_from_its_day_of_use(manager: Client, room: Room) -> None:
    assert send(manager, "windows", window(room)).status_code == 302
    day = in_days(1)
    found = offer(room)
    receipt = receipt_of(found, day, Who.RESIDENT)
    assert receipt is not None
    assert (receipt.opens_at.hour, receipt.closes_at.date()) == (9, day - dt.timedelta(days=2))
    assert receipt_of(found, day, Who.OTHER) is None
    assert receipt_of(found, clock.today(), Who.OTHER) is not None


def test_a_window_of_the_house_names_the_rooms_whose_own_it_ends(manager: Client, room: Room) -> None:
    factories.window(room)
    assert f"改める室場：{room.name}" in text(send(manager, "windows", window(room), confirmed=False))
    assert "改める室場" not in text(
        send(manager, "windows", window(room) | {"target": f"{room.facility_id}/{room.pk}"}, confirmed=False)
    )


def test_what_was_typed_comes_back(manager: Client, room: Room) -> None:
    answer = send(manager, "windows", window(room) | {"again": "1"}, confirmed=False)
    assert 'value="17"' in text(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"resident_opens_days": "0"},
        {"resident_opens_months": "99"},
        {"resident_opens_at": "25:00"},
        {"others": "own"},
        {"valid_from": "2020-01-01"},
        {"target": "x"},
    ],
)
def test_a_window_that_cannot_be_is_refused(manager: Client, room: Room, wrong: dict[str, str]) -> None:
    assert send(manager, "windows", window(room) | wrong).status_code == 422
    with as_tenant(CHUO):
        assert not Window.objects.exists()


def test_a_window_that_has_not_begun_may_be_withdrawn(manager: Client, room: Room) -> None:
    send(manager, "windows", window(room))
    with as_tenant(CHUO):
        key = Window.objects.get().pk
    manager.post("/settings/bookings/windows/withdraw/", {"key": key})
    with as_tenant(CHUO):
        assert not Window.objects.exists()


def test_a_window_that_holds_may_not_be_withdrawn(manager: Client, room: Room) -> None:
    factories.window(room)
    with as_tenant(CHUO):
        key = Window.objects.filter(who="resident").get().pk
    manager.post("/settings/bookings/windows/withdraw/", {"key": key})
    with as_tenant(CHUO):
        assert Window.objects.count() == 2


def test_a_closing_tells_the_day_and_the_booking_that_it_hits(manager: Client, room: Room) -> None:
    booking = factories.booking_awaiting_permit(room=room)
    answer = send(manager, "closings", closing(room, booking.day), confirmed=False)
    assert booking.number in text(answer)
    assert "休館になる日（1日）" in text(answer)


def test_a_closing_that_hits_bookings_is_not_set_unless_they_are_left(manager: Client, room: Room) -> None:
    booking = factories.booking_awaiting_permit(room=room)
    assert send(manager, "closings", closing(room, booking.day)).status_code == 409
    with as_tenant(CHUO):
        assert not ClosingRule.objects.exists()
    assert send(manager, "closings", closing(room, booking.day) | {"leaves_bookings": "1"}).status_code == 302
    with as_tenant(CHUO):
        told = AuditEntry.objects.filter(object_type="closing_rule").get()
    assert (told.detail["left"], told.detail["bookings"]) == (1, [booking.number])
    assert told.persons == [booking.registrant_id]


def test_a_cancelled_booking_is_in_nobodys_way(manager: Client, room: Room) -> None:
    booking = factories.cancelled_booking(room=room)
    assert send(manager, "closings", closing(room, booking.day)).status_code == 302


def test_a_rule_for_one_room_leaves_the_others_open(manager: Client, room: Room) -> None:
    other = factories.meeting_room(at=room.facility, name="和室")
    factories.booking_awaiting_permit(room=other)
    monthly = closing(room, clock.today(), kind="monthly", valid_until="", label="清掃日")
    monthly |= {"target": f"{room.facility_id}/{room.pk}", "month_days": "1、15日、末日"}
    assert send(manager, "closings", monthly).status_code == 302
    assert len(offer(room).closings) == 1
    assert offer(other).closings == ()


def test_a_closed_half_closes_the_whole_and_not_the_other_half(manager: Client) -> None:
    hall = factories.hall_with_halves()
    booking = factories.booking_awaiting_permit(room=hall.whole)
    form = closing(hall.half_a, booking.day) | {"target": f"{hall.facility.pk}/{hall.half_a.pk}"}
    assert booking.number in text(send(manager, "closings", form, confirmed=False))
    assert send(manager, "closings", form | {"leaves_bookings": "1"}).status_code == 302
    assert [len(offer(one).closings) for one in (hall.whole, hall.half_a, hall.half_b)] == [1, 1, 0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "weekly"},
        {"kind": "monthly", "month_days": "0、32"},
        {"kind": "yearly", "first_day": "13-40", "last_day": "01-03"},
        {"kind": "period", "valid_until": ""},
        {"kind": "period", "shift": "next_day"},
        {"valid_from": "2020-01-01"},
        {"valid_until": "2020-01-01"},
        {"label": ""},
    ],
)
def test_a_closing_that_cannot_be_is_refused(manager: Client, room: Room, wrong: dict[str, str]) -> None:
    assert send(manager, "closings", closing(room, in_days(40)) | wrong).status_code == 422
    with as_tenant(CHUO):
        assert not ClosingRule.objects.exists()


def test_a_rule_is_ended_and_its_days_open_again(manager: Client, room: Room) -> None:
    with as_tenant(CHUO):
        rule = ClosingRule.objects.create(facility_id=room.facility_id, kind="weekly", weekday=1)
    answer = send(manager, "closings-end", {"rule": rule.pk, "last": f"{in_days(30)}"}, confirmed=False)
    assert "開館になる日" in text(answer)
    assert send(manager, "closings-end", {"rule": rule.pk, "last": f"{in_days(30)}"}).status_code == 302
    with as_tenant(CHUO):
        assert ClosingRule.objects.get().valid_until == in_days(30)


def test_the_year_shows_each_month_with_its_closed_days(manager: Client, room: Room) -> None:
    with as_tenant(CHUO):
        ClosingRule.objects.create(
            facility_id=room.facility_id, kind="weekly", weekday=1, ordinals=[1, -1], label="休館日"
        )
    shown = text(manager.get("/settings/bookings/year/?year=2026"))
    assert shown.count('<table class="calendar"') == 12
    assert "7・28日" in shown  # December 2026
    assert "休館 24日" in shown


@pytest.mark.parametrize("year", ["", "x", "0000", "9999", "２０２６"])
def test_a_year_that_is_none_shows_this_one(manager: Client, room: Room, year: str) -> None:
    assert manager.get("/settings/bookings/year/", {"year": year, "facility": "x", "room": "'"}).status_code == 200


def test_a_timetable_of_units_holds_from_its_day(manager: Client, room: Room) -> None:
    assert "12コマ" in text(send(manager, "timetables", timetable(room), confirmed=False))
    assert send(manager, "timetables", timetable(room)).status_code == 302
    found = offer(room)
    assert len(slots_on(found, in_days(1))) == 12
    assert len(slots_on(found, clock.today())) == 3


def test_a_timetable_of_a_season_is_typed_by_lines(manager: Client, room: Room) -> None:
    lines = "午前 9:00-12:00 Morning\n午後 13:00〜17：00"
    form = timetable(room, kind="parts", slots=lines, first="11/1", last="2/28")
    assert send(manager, "timetables", form).status_code == 302
    with as_tenant(CHUO):
        found = Timetable.objects.get(first_day="11-01")
        assert [(one.label, one.ends) for one in found.slots.all()] == [("午前", dt.time(12)), ("午後", dt.time(17))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes": "20:30"},
        {"kind": "free", "slots": "午前 9:00-12:00\n午後 11:00-13:00"},
        {"kind": "free", "slots": "午前"},
        {"kind": "free", "slots": ""},
        {"first": "11-01"},
        {"valid_from": "2020-01-01"},
        {"rooms": ["x"]},
    ],
)
def test_a_timetable_that_cannot_be_is_refused(manager: Client, room: Room, wrong: dict[str, Any]) -> None:
    assert send(manager, "timetables", timetable(room) | wrong).status_code == 422
    with as_tenant(CHUO):
        assert Timetable.objects.count() == 1


def test_a_series_of_blocks_skips_closed_days_and_tells_conflicts(manager: Client, room: Room) -> None:
    booking = factories.booking_awaiting_permit(room=room)
    first, last = booking.day - dt.timedelta(days=1), booking.day + dt.timedelta(days=1)
    with as_tenant(CHUO):
        ClosingRule.objects.create(facility_id=room.facility_id, kind="weekly", weekday=last.isoweekday())
    form = block(room, first, last)
    shown = text(send(manager, "blocks", form, confirmed=False))
    assert booking.number in shown
    assert f"休館日のため枠を入れない日：{last}" in shown
    assert send(manager, "blocks", form).status_code == 409
    assert send(manager, "blocks", form | {"leaves_bookings": "1"}).status_code == 302
    with as_tenant(CHUO):
        assert [one.during.lower.astimezone(clock.TOKYO).date() for one in Block.objects.all()] == [first]


def test_a_series_of_blocks_is_lifted_at_once(manager: Client, room: Room) -> None:
    send(manager, "blocks", block(room, in_days(7), in_days(30), weekdays=["1", "2", "3", "4", "5", "6", "7"]))
    with as_tenant(CHUO):
        made = Block.objects.all()
        assert made.count() == 24
        key = made[0].series_id
    manager.post("/settings/bookings/blocks/withdraw/", {"key": key})
    with as_tenant(CHUO):
        assert not Block.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "9" * 39, "'; --", "99999999"])
@pytest.mark.parametrize("name", PAGES)
def test_a_key_that_is_none_withdraws_nothing(manager: Client, room: Room, name: str, key: str) -> None:
    assert manager.post(f"/settings/bookings/{name}/withdraw/", {"key": key}).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_answer_and_whoever_may_not_is_refused(
    manager: Client, receptionist: Client, room: Room, name: str
) -> None:
    for page in (f"/settings/bookings/{name}/", f"/settings/bookings/{name}/new/"):
        assert manager.get(page).status_code == 200
        assert receptionist.get(page).status_code == 403


def test_a_list_costs_the_same_with_more_rows(manager: Client, room: Room) -> None:
    factories.window(room)
    with count_statements() as one:
        manager.get("/settings/bookings/windows/")
    factories.window(factories.meeting_room(name="和室"))
    factories.window(factories.meeting_room(name="茶室"))
    with count_statements() as many:
        manager.get("/settings/bookings/windows/")
    assert one.count == many.count
