"""Boards that are open learn of what changes: by a mark that differs whenever the board does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Booking, OccupationKind, Room
from apps.bookings.services.block import block_room
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.decide import permit
from apps.registrants.models import Registrant
from kernel.clock import at
from shared.actor import Actor
from shared.audit.models import Action
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, audited, text_of
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

STAFF = Actor("staff")


@dataclass
class Desk:
    """A clerk with a board open, a room, and a booking on it."""

    client: Client
    room: Room
    booking: Booking
    citizen: factories.Citizen

    def ask(self, mark: str = "", **values: Any) -> Response:
        asked = {"day": f"{self.booking.day:%Y-%m-%d}"} | {name: str(value) for name, value in values.items()}
        headers = {"If-None-Match": mark, "HX-Trigger": "board"}
        return self.client.get("/live/", asked, headers=headers)

    def mark(self, **values: Any) -> str:
        return str(self.ask(**values)["ETag"])


@pytest.fixture
def open_board(desk: Client) -> Desk:
    room = factories.meeting_room()
    citizen = factories.citizen_with_registration()
    return Desk(desk, room, factories.counter_booking(factories.individual(), room), citizen)


def book(at_desk: Desk) -> None:
    factories.counter_booking(factories.individual(), at_desk.room, slots=[factories.EVENING])


def hold(at_desk: Desk) -> None:
    factories.booking_on_hold(at_desk.citizen, at_desk.room, slots=[factories.AFTERNOON])


def decide(at_desk: Desk) -> None:
    with as_tenant(CHUO):
        permit(actor=STAFF, booking=at_desk.booking.pk)


def give_up(at_desk: Desk) -> None:
    with as_tenant(CHUO):
        cancel_by_staff(actor=STAFF, booking=at_desk.booking.pk, reason="申出による")


def block(at_desk: Desk) -> None:
    starts, ends = (at(at_desk.booking.day, dt.time(hour)) for hour in (18, 21))
    with as_tenant(CHUO):
        block_room(actor=STAFF, room=at_desk.room.pk, starts_at=starts, ends_at=ends, kind=OccupationKind.MAINTENANCE)


def rename_room(at_desk: Desk) -> None:
    with as_tenant(CHUO):
        Room.objects.filter(pk=at_desk.room.pk).update(name="新しい会議室")


def rename_registrant(at_desk: Desk) -> None:
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=at_desk.booking.registrant_id).update(family_name="見本")


CHANGES = [book, hold, decide, give_up, block, rename_room, rename_registrant]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("view", ["day", "week"])
def test_whatever_a_board_shows_changes_its_mark(open_board: Desk, change: Callable[[Desk], None], view: str) -> None:
    mark = open_board.mark(view=view)
    assert open_board.ask(mark, view=view).status_code == 304
    change(open_board)
    answer = open_board.ask(mark, view=view)
    assert (answer.status_code, answer["ETag"] != mark) == (200, True)


def test_a_hold_that_lapses_changes_it_without_a_worker(open_board: Desk, freeze: Freeze) -> None:
    now = freeze("2026-04-01 09:01")
    open_board.booking = factories.counter_booking(factories.individual(), open_board.room, day=dt.date(2026, 4, 20))
    factories.booking_on_hold(open_board.citizen, open_board.room, day=dt.date(2026, 4, 20), slots=[3])
    mark = open_board.mark()
    now.shift(dt.timedelta(minutes=16))
    assert open_board.ask(mark).status_code == 200


def test_another_day_another_room_and_another_tenant_leave_it(open_board: Desk) -> None:
    mark, room = open_board.mark(), open_board.mark(view="week", room=open_board.room.pk)
    factories.counter_booking(factories.group(BUNKA), factories.meeting_room(BUNKA), BUNKA)
    later = open_board.booking.day + dt.timedelta(days=40)
    factories.counter_booking(factories.individual(), open_board.room, day=later)
    assert open_board.ask(mark).status_code == 304
    factories.counter_booking(factories.individual(), factories.meeting_room(at=open_board.room.facility))
    assert open_board.ask(mark).status_code == 200
    assert open_board.ask(room, view="week", room=open_board.room.pk).status_code in {200, 304}


@pytest.mark.parametrize("number", [1, 3])
def test_a_board_that_did_not_change_costs_one_statement_beside_the_session(open_board: Desk, number: int) -> None:
    for _ in range(number):
        factories.counter_booking(factories.individual(), factories.meeting_room())
    mark = open_board.mark()
    with count_statements() as statements:
        assert open_board.ask(mark).content == b""
    assert statements.count == 3, statements  # the role, the session, the mark


def test_only_a_board_that_is_sent_is_recorded(open_board: Desk) -> None:
    mark = open_board.mark()
    seen = len(audited(Action.VIEW, "board"))
    open_board.ask(mark)
    assert len(audited(Action.VIEW, "board")) == seen
    open_board.ask()
    assert len(audited(Action.VIEW, "board")) == seen + 1


@pytest.mark.parametrize(
    "asked",
    [{"day": "x"}, {"room": "x"}, {"facility": "1"}, {"purpose": "' OR 1=1"}, {"view": "x"}, {"day": "0001-01-01"}],
)
def test_nonsense_shows_some_board_and_breaks_nothing(open_board: Desk, asked: dict[str, str]) -> None:
    assert open_board.client.get("/live/", asked).status_code == 200


def test_the_board_alone_has_no_frame(open_board: Desk) -> None:
    shown = text_of(open_board.ask())
    assert "<html" not in shown
    assert "架空　太郎" in shown
