"""The board: rooms and time of a day, with names, links and words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from apps.bookings.models import OccupationKind
from apps.bookings.services.block import block_room
from kernel import clock
from kernel.clock import at
from shared.actor import Actor
from shared.audit.models import Action
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


def page(desk: Client, day: dt.date) -> str:
    return text_of(desk.get("/", {"day": f"{day:%Y-%m-%d}"}))


def test_it_shows_whose_booking_a_cell_is_and_leads_to_it(desk: Client) -> None:
    registrant = factories.group(group_name="架空朗読の会")
    booking = factories.counter_booking(registrant, factories.meeting_room())
    shown = page(desk, booking.day)
    assert "架空朗読の会" in shown
    assert f'href="/bookings/{booking.pk}/"' in shown
    assert "審査待ち" in shown


def test_a_free_slot_leads_to_a_counter_booking(desk: Client) -> None:
    room, day = factories.meeting_room(), factories.soon()
    assert f"/bookings/new/?room={room.pk}&amp;day={day:%Y-%m-%d}&amp;slot=2" in page(desk, day)


def test_a_booking_of_the_whole_hall_stands_in_the_rows_of_its_halves(desk: Client) -> None:
    hall = factories.hall_with_halves()
    booking = factories.counter_booking(factories.group(), hall.whole)
    shown = page(desk, booking.day)
    assert shown.count(f'href="/bookings/{booking.pk}/"') == 3
    assert shown.count("（全面）") == 2


def test_a_block_says_what_it_is_for(desk: Client) -> None:
    room, day = factories.meeting_room(), factories.soon()
    start, end = (at(day, dt.time(hour)) for hour in (9, 12))
    with as_tenant(CHUO):
        kind = OccupationKind.MAINTENANCE
        block_room(actor=Actor("staff"), room=room.pk, starts_at=start, ends_at=end, kind=kind, label="床の塗装")
    assert "保守" in page(desk, day)
    assert "床の塗装" in page(desk, day)


def test_a_hold_that_is_over_leaves_its_slot_free(desk: Client, freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    citizen = factories.citizen_with_registration()
    held = factories.booking_on_hold(citizen, factories.meeting_room())
    assert "仮押え" in page(desk, held.day).split("<table", 1)[1]
    freeze("2026-04-01 09:16")
    assert "仮押え" not in page(desk, held.day).split("<table", 1)[1]


def test_it_begins_with_today_and_leads_to_the_days_around(desk: Client, freeze: Freeze) -> None:
    freeze("2026-02-28 09:00")
    factories.meeting_room()
    shown = text_of(desk.get("/"))
    assert "令和8年2月28日（土）" in shown
    assert "?day=2026-02-27" in shown
    assert "?day=2026-03-01" in shown


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-02-30", "その日付はありません。"),
        ("tomorrow", "日付は 2026-04-01 の形で入力してください。"),
        ("0001-01-01", "1月8日以後の日付を入力してください。"),
        ("9999-12-31", "表示できる範囲を超えています"),
        ("%ff%fe", "日付は 2026-04-01 の形で入力してください。"),
        ("2" * 5000, "日付は 2026-04-01 の形で入力してください。"),
    ],
)
def test_a_day_that_makes_no_sense_is_told_beside_the_field(desk: Client, day: str, told: str) -> None:
    answer = desk.get(f"/?day={day}")
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_a_day_may_be_typed_in_the_japanese_calendar(desk: Client) -> None:
    assert "令和8年4月1日（水）" in text_of(desk.get("/", {"day": "R8.4.1"}))


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_eight_statements_whatever_is_booked(desk: Client, number: int) -> None:
    facility, day = factories.facility(), factories.soon()
    for slot in range(number):
        room = factories.meeting_room(at=facility, name=f"会議室{slot}")
        factories.counter_booking(factories.individual(), room, day=day)
    with count_statements() as statements:
        page(desk, day)
    assert statements.count == 8, statements


def test_the_view_is_audited_by_day_and_count_without_a_name(desk: Client, clerk: StaffAccount) -> None:
    booking = factories.counter_booking(factories.individual(), factories.meeting_room())
    page(desk, booking.day)
    [entry] = audited(Action.VIEW, "board")
    assert (entry.actor_id, entry.object_id, entry.detail) == (clerk.pk, str(booking.day), {"found": 1})


def test_another_tenants_rooms_and_names_are_not_on_it(desk: Client) -> None:
    room = factories.meeting_room(BUNKA, name="よその小ホール")
    booking = factories.counter_booking(factories.group(BUNKA, group_name="よその会"), room, BUNKA)
    shown = page(desk, booking.day)
    assert "よその" not in shown


def test_the_page_speaks_english_when_asked(desk: Client) -> None:
    factories.counter_booking(factories.individual(), factories.meeting_room())
    desk.cookies["kashikan_language"] = "en"
    shown = page(desk, factories.soon())
    assert "Meeting room" in shown
    assert "Awaiting decision" in shown


def test_a_desk_without_rooms_says_so(desk: Client) -> None:
    assert "室場が登録されていません" in page(desk, clock.today())
