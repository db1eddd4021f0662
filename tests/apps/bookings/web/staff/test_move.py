"""Moving a booking on the board: seen before it is done, done whole or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Booking, BookingAct
from apps.bookings.rules.limits import Limit
from apps.registrants.models import Registrant
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, text_of, version_in
from tests.factories import AFTERNOON, EVENING, MORNING
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


class Move:
    """A booking of the morning in a room with fees."""

    def __init__(self, client: Client) -> None:
        self.client, self.room = client, factories.meeting_room()
        fee_tables(self.room)
        self.booking = factories.counter_booking(factories.individual(), self.room)

    def query(self, *slots: int, **values: Any) -> dict[str, Any]:
        return {"room": str(self.room.pk), "day": str(self.booking.day), "slot": [str(one) for one in slots]} | values

    def look(self, *slots: int, **values: Any) -> Response:
        return self.client.get(f"/bookings/{self.booking.pk}/move/", self.query(*slots, **values))

    def make(self, *slots: int, **typed: Any) -> Response:
        version = version_in(self.client.get(f"/bookings/{self.booking.pk}/"))
        address = f"/bookings/{self.booking.pk}/move/"
        return self.client.post(address, {"version": version} | typed, query_params=self.query(*slots))

    def slots(self) -> list[int]:
        with as_tenant(CHUO):
            return Booking.objects.get(pk=self.booking.pk).slot_numbers


@pytest.fixture
def move(desk: Client) -> Move:
    return Move(desk)


def test_it_shows_before_and_after_and_the_fee(move: Move) -> None:
    shown = text_of(move.look(AFTERNOON))
    assert "13:00〜17:00" in shown
    assert "1,000円" in shown
    assert "1,500円" in shown
    assert "500円増えます" in shown
    assert move.slots() == [MORNING]


def test_it_is_made_by_the_one_use_case_of_changing(move: Move) -> None:
    answer = move.make(AFTERNOON)
    assert answer.url == f"/bookings/{move.booking.pk}/"
    assert move.slots() == [AFTERNOON]
    with as_tenant(CHUO):
        assert BookingAct.objects.filter(booking=move.booking.pk, act="change").count() == 1


def test_what_has_been_taken_meanwhile_is_refused_and_all_stays(move: Move) -> None:
    factories.counter_booking(factories.individual(), move.room, slots=[EVENING])
    assert "ここには移せません" in text_of(move.look(EVENING))
    answer = move.make(EVENING)
    assert answer.status_code == 409
    assert "予約はもとのままです。" in text_of(answer)
    assert move.slots() == [MORNING]


def test_a_limit_is_told_beforehand_and_set_aside_with_a_reason(move: Move) -> None:
    with as_tenant(CHUO):
        who = Registrant.objects.get(pk=move.booking.registrant_id)
    tomorrow = factories.soon() + dt.timedelta(days=1)
    factories.counter_booking(who, move.room, day=tomorrow, slots=[EVENING])
    factories.terms(move.room.facility, limits=(Limit("facility", "day", 1),))
    asked = move.query(AFTERNOON, day=str(tomorrow))
    address = f"/bookings/{move.booking.pk}/move/"
    seen = move.client.get(address, asked)
    assert "申込の制限を超えます" in text_of(seen)
    assert "1日の申込は1回まで" in text_of(seen)
    sent = {"version": version_in(seen), "override": ""}
    assert move.client.post(address, sent, query_params=asked).status_code == 422
    done: Response = move.client.post(address, sent | {"override": "振替のため"}, query_params=asked)
    assert done.url == f"/bookings/{move.booking.pk}/"
    with as_tenant(CHUO):
        assert BookingAct.objects.get(booking=move.booking.pk, act="change").reason == "振替のため"


@pytest.mark.parametrize("state", ["cancelled", "refused"])
def test_what_is_over_cannot_be_moved(move: Move, state: str) -> None:
    made = {"cancelled": factories.cancelled_booking, "refused": factories.refused_booking}[state]
    move.booking = made(room=move.room, slots=[EVENING])
    assert "ここには移せません" in text_of(move.look(AFTERNOON))


def test_a_page_of_an_older_version_moves_nothing(move: Move) -> None:
    answer = move.make(AFTERNOON, version="99")
    assert answer.status_code == 409
    assert move.slots() == [MORNING]


@pytest.mark.parametrize("wrong", [{"room": "x"}, {"day": "2026-02-30"}, {"slot": ["x"]}, {"slot": ["9" * 99]}])
def test_an_address_without_sense_leads_to_the_form(move: Move, wrong: dict[str, Any]) -> None:
    answer = move.look(AFTERNOON, **wrong)
    assert answer.url == f"/bookings/{move.booking.pk}/change/"


def test_a_slot_that_the_room_does_not_have_is_told(move: Move) -> None:
    assert "ここには移せません" in text_of(move.look(7))
