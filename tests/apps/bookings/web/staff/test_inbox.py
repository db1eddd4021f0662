"""The inbox: what awaits a decision, the oldest first."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.test import Client

from shared.audit.models import Action
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.fixtures import Freeze
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA


def numbers_in(page: str) -> list[str]:
    """The receipt numbers of the list, in its order."""
    return re.findall(r'<a class="tabular" href="/bookings/[^"]+">([^<]+)</a>', page)


def test_the_oldest_application_stands_first(desk: Client, freeze: Freeze) -> None:
    room = factories.meeting_room()
    freeze("2026-04-02 09:00")
    later = factories.counter_booking(factories.individual(), room, day=dt.date(2026, 4, 10))
    freeze("2026-04-01 09:00")
    first = factories.counter_booking(factories.individual(), room, day=dt.date(2026, 4, 20))
    assert numbers_in(text_of(desk.get("/inbox/"))) == [first.number, later.number]


def test_only_what_awaits_a_decision_is_in_it(desk: Client) -> None:
    factories.permitted_booking()
    factories.refused_booking()
    factories.cancelled_booking()
    factories.booking_on_hold(factories.citizen_with_registration(), factories.meeting_room())
    waiting = factories.booking_awaiting_permit()
    assert numbers_in(text_of(desk.get("/inbox/"))) == [waiting.number]


def test_it_is_narrowed_by_room_facility_and_day(desk: Client) -> None:
    rooms = [factories.meeting_room(), factories.meeting_room()]
    days = [factories.soon(), factories.soon() + dt.timedelta(days=1)]
    made = {
        (r, d): factories.counter_booking(factories.individual(), rooms[r], day=days[d]) for r in (0, 1) for d in (0, 1)
    }
    by_room = desk.get("/inbox/", {"room": str(rooms[0].pk)})
    by_facility = desk.get("/inbox/", {"facility": str(rooms[1].facility_id)})
    by_day = desk.get("/inbox/", {"day": f"{days[0]:%Y-%m-%d}", "room": str(rooms[1].pk)})
    assert numbers_in(text_of(by_room)) == [made[0, 0].number, made[0, 1].number]
    assert numbers_in(text_of(by_facility)) == [made[1, 0].number, made[1, 1].number]
    assert numbers_in(text_of(by_day)) == [made[1, 0].number]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"room": str(uuid.uuid4())}, "一覧から選択してください。"),
        ({"room": "x" * 5000}, "一覧から選択してください。"),
        ({"day": "2026-02-30"}, "その日付はありません。"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_beside_the_field(desk: Client, asked: dict[str, str], told: str) -> None:
    answer = desk.get("/inbox/", asked)
    assert answer.status_code == 422
    assert told in text_of(answer)


@pytest.mark.parametrize("page", ["2", "99", "x", "-1"])
def test_twenty_stand_on_a_page_and_any_page_can_be_asked_for(desk: Client, page: str) -> None:
    room, registrant = factories.meeting_room(), factories.individual()
    for number in range(21):
        factories.counter_booking(registrant, room, day=factories.soon() + dt.timedelta(days=number))
    shown = numbers_in(text_of(desk.get("/inbox/", {"page": page})))
    assert len(shown) == (20 if page == "x" else 1)


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_eight_statements_whatever_waits(desk: Client, number: int) -> None:
    for _ in range(number):
        factories.booking_awaiting_permit()
    with count_statements() as statements:
        desk.get("/inbox/")
    assert statements.count == 8, statements


def test_the_view_is_audited_by_count(desk: Client) -> None:
    factories.booking_awaiting_permit()
    desk.get("/inbox/")
    assert audited(Action.VIEW, "inbox")[0].detail == {"found": 1}


def test_an_empty_inbox_says_so(desk: Client) -> None:
    factories.booking_awaiting_permit(factories.citizen_with_registration(BUNKA))
    assert "審査待ちの申請はありません" in text_of(desk.get("/inbox/"))
