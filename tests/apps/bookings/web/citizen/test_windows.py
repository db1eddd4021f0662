"""The portal says when it receives whom, and receives nobody else."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Booking, Room, Whose
from apps.registrants.models import ItemPolicy
from kernel import clock
from tests import factories
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

LATER: dict[str, Any] = {"opens_kind": "days", "opens_days": 2, "opens_months": 0}


@pytest.fixture
def room(database: None) -> Room:
    """Others are received from two days before on, residents three months before."""
    room = factories.meeting_room()
    factories.window(room, whose=[Whose.RESIDENT])
    factories.window(room, whose=[Whose.OTHER], **LATER)
    return room


def day_of(room: Room, day: dt.date | None = None) -> str:
    return f"/places/{CHUO}/rooms/{room.pk}/{day or clock.today() + dt.timedelta(days=20):%Y-%m-%d}/"


def person(portal_client: Client, residence: str) -> tuple[factories.Citizen, Client]:
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item="residence", since=dt.date(2020, 4, 1), purpose_of_use="受付の区分のため")
    citizen = factories.citizen_with_registration(extras={"residence": residence})
    return citizen, signed_in(portal_client, citizen.account)


def hold(client: Client, room: Room, citizen: factories.Citizen) -> Any:
    form = {"key": uuid.uuid4(), "registrant": citizen.registrant.pk, "slots": [1]}
    return client.post(f"{day_of(room)}hold/", form)


def test_whoever_is_not_known_sees_the_residents_slots_and_is_told_of_others(portal_client: Client, room: Room) -> None:
    page = portal_client.get(day_of(room)).content.decode()
    assert "予約する" in page or "空き" in page
    assert "市外の方：この日の予約は" in page


@pytest.mark.parametrize(
    ("residence", "status", "held"), [("resident", 302, 1), ("worker", 302, 1), ("outside", 422, 0)]
)
def test_a_slot_is_held_for_those_whose_window_is_open(
    portal_client: Client, room: Room, residence: str, status: int, held: int
) -> None:
    citizen, client = person(portal_client, residence)
    assert hold(client, room, citizen).status_code == status
    with as_tenant(CHUO):
        assert Booking.objects.count() == held


def test_whoever_is_from_elsewhere_sees_no_free_slot_yet(portal_client: Client, room: Room) -> None:
    _citizen, client = person(portal_client, "outside")
    assert "受付期間外" in client.get(day_of(room)).content.decode()


def test_a_room_for_residents_only_says_so(portal_client: Client) -> None:
    room = factories.meeting_room()
    factories.window(room, whose=[Whose.RESIDENT])
    citizen, client = person(portal_client, "outside")
    answer = hold(client, room, citizen)
    assert answer.status_code == 422
    assert "市内に在住・在勤・在学の方に限ります" in answer.content.decode()


def test_before_it_opens_the_hour_is_told(portal_client: Client) -> None:
    room = factories.meeting_room()
    factories.window(room, opens_kind="days", opens_months=0, opens_days=2, opens_at=dt.time(8, 30))
    assert "8:30から受け付けます。" in portal_client.get(day_of(room)).content.decode()


def test_a_month_that_is_not_received_yet_says_when_it_will_be(portal_client: Client, room: Room) -> None:
    month = clock.today().replace(day=1) + dt.timedelta(days=150)
    page = portal_client.get(f"/places/{CHUO}/rooms/{room.pk}/?month={month:%Y-%m}").content.decode()
    assert "市内の方：" in page
    assert "市外の方：" in page
    assert page.count("から受け付けます。") == 2


def test_windows_that_are_alike_cost_no_statement_more(portal_client: Client) -> None:
    alike, apart = factories.meeting_room(), factories.meeting_room()
    factories.window(apart, whose=[Whose.RESIDENT])
    factories.window(apart, whose=[Whose.OTHER], **LATER)
    _citizen, client = person(portal_client, "resident")
    client.get(day_of(alike))  # the directory is read once in a while
    with count_statements() as one:
        client.get(day_of(alike))
    with count_statements() as other:
        client.get(day_of(apart))
    assert other.count == one.count + 1
