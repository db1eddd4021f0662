"""Hostile or tired input: a sentence beside the field, status 4xx, nothing written."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Booking, BookingState
from kernel import clock
from tests import factories
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO

NOBODY = uuid.UUID(int=9)


@pytest.fixture
def citizen(portal_client: Client) -> factories.Citizen:
    found = factories.citizen_with_registration()
    signed_in(portal_client, found.account)
    return found


def hold(client: Client, citizen: factories.Citizen, room: Any, day: str, **values: Any) -> Any:
    form = {"key": str(uuid.uuid4()), "slots": "1", "registrant": str(citizen.registrant.pk)} | values
    return client.post(f"/places/{CHUO}/rooms/{room.pk}/{day}/hold/", form)


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-02-30", 400), ("soon", 400), ("0001-01-01", 400), ("9999-12-31", 400), ("２０２６-12-01", 400)],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_day_that_does_not_exist_is_told(portal_client: Client, day: str, status: int, language: str) -> None:
    room = factories.meeting_room()
    portal_client.cookies["kashikan_language"] = language
    answer = portal_client.get(f"/places/{CHUO}/rooms/{room.pk}/{day}/")
    assert answer.status_code == status
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("month", ["2026-13", "2026", "next", "99999-01", "2026-1-1", "%ff"])
def test_a_month_that_does_not_exist_is_told(portal_client: Client, month: str) -> None:
    room = factories.meeting_room()
    assert portal_client.get(f"/places/{CHUO}/rooms/{room.pk}/?month={month}").status_code == 400


@pytest.mark.parametrize(
    ("offset", "words"), [(-1, "受付は終了しました"), (0, "受付は終了しました"), (400, "受付開始前です")]
)
def test_a_day_outside_the_window_is_told(
    portal_client: Client, citizen: factories.Citizen, offset: int, words: str
) -> None:
    room = factories.meeting_room()
    day = clock.today() + dt.timedelta(days=offset)
    answer = hold(portal_client, citizen, room, f"{day:%Y-%m-%d}")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with as_tenant(CHUO):
        assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"slots": "9"},
        {"slots": ["1", "3"]},
        {"slots": []},
        {"slots": "x"},
        {"key": "not-a-uuid"},
        {"registrant": str(NOBODY)},
        {"registrant": "'; DROP SCHEMA chuo; --"},
        {"slots": "1" * 5000},
    ],
)
def test_a_choice_that_makes_no_sense_writes_nothing(
    portal_client: Client, citizen: factories.Citizen, values: dict[str, Any]
) -> None:
    answer = hold(portal_client, citizen, factories.meeting_room(), f"{factories.soon():%Y-%m-%d}", **values)
    assert answer.status_code == 422
    with as_tenant(CHUO):
        assert Booking.objects.count() == 0


def test_a_room_of_another_tenant_is_not_found(portal_client: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room(BUNKA)
    assert hold(portal_client, citizen, room, f"{factories.soon():%Y-%m-%d}").status_code == 404
    assert portal_client.get(f"/places/{CHUO}/rooms/{room.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"headcount": "31"}, "定員（30人）を超えています"),
        ({"headcount": "0"}, "1人以上"),
        ({"headcount": "-5"}, "1人以上"),
        ({"headcount": "たくさん"}, "入力してください"),
        ({"headcount": "9" * 400}, "入力内容を確認してください"),
        ({"event_name": "あ" * 100_000}, "100"),
        ({"event_name": "\x00"}, "入力内容を確認してください"),
        ({"purpose": "sumo"}, "選"),
        ({"version": "7"}, "ほかの操作により"),
        ({"purpose": ""}, "入力内容を確認してください"),
    ],
)
def test_an_application_with_a_fault_says_which_and_loses_nothing(
    portal_client: Client, citizen: factories.Citizen, values: dict[str, str], words: str
) -> None:
    held = factories.booking_on_hold(citizen, factories.meeting_room())
    form = {"purpose": "meeting", "event_name": "古典を読む会", "headcount": "10", "version": "1"} | values
    answer = portal_client.post(f"/places/{CHUO}/bookings/{held.pk}/apply/", form)
    page = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert words in page
    assert form["event_name"] in page or "event_name" in values
    with as_tenant(CHUO):
        assert Booking.objects.get().state == BookingState.HOLD


def test_a_full_width_headcount_is_understood(portal_client: Client, citizen: factories.Citizen) -> None:
    held = factories.booking_on_hold(citizen, factories.meeting_room())
    form = {"purpose": "meeting", "event_name": "句会", "headcount": "１２", "version": "1"}
    assert portal_client.post(f"/places/{CHUO}/bookings/{held.pk}/apply/", form).status_code == 302
    with as_tenant(CHUO):
        assert Booking.objects.get().headcount == 12


def test_broken_utf_8_is_a_clear_400_or_422(portal_client: Client, citizen: factories.Citizen) -> None:
    held = factories.booking_on_hold(citizen, factories.meeting_room())
    body = b"purpose=meeting&event_name=%ff%fe&headcount=%e3%81&version=1"
    answer = portal_client.post(
        f"/places/{CHUO}/bookings/{held.pk}/apply/", body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in {400, 422}
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("address", ["facilities/nowhere", f"facilities/{NOBODY}", "places/nowhere/rooms/x"])
def test_an_unknown_place_is_not_found(portal_client: Client, address: str) -> None:
    assert portal_client.get(f"/{address}/").status_code == 404


def test_a_closed_or_unknown_tenant_in_the_address_is_not_found(portal_client: Client) -> None:
    room = factories.meeting_room()
    assert portal_client.get(f"/places/nowhere/rooms/{room.pk}/").status_code == 404


def test_a_search_with_a_day_that_does_not_exist_is_told_beside_the_field(portal_client: Client) -> None:
    answer = portal_client.get("/search/?day=2026-02-30")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
