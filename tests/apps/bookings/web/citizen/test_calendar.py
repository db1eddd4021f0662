"""A citizen's bookings in a calendar program: by an address that is told once and can be made void."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from icalendar import Calendar

from apps.bookings.rules.states import DEFERRED, EXPIRED, HOLD, NO_SHOW, REVOKED, STATES, TENTATIVE, USED
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.web.citizen.calendar import STATUS
from shared.accounts.models import CalendarLink
from tests import factories
from tests.support.clients import client_at
from tests.support.scopes import as_portal
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


def new_address(portal: Client) -> str:
    """The path that the page tells once."""
    page = portal.post("/bookings/calendar/").content.decode()
    found = re.search(r"http://[^/]+(/calendar/[\w-]+\.ics)", page)
    assert found is not None
    return found[1]


def events_at(address: str) -> list[dict[str, str]]:
    """What a calendar program without any cookie is told."""
    answer = client_at("yoyaku.localhost").get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    return [
        {key: str(value) for key, value in one.items()} for one in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def test_bookings_of_all_facilities_stand_in_it_and_no_name(portal: Client, citizen: factories.Citizen) -> None:
    here = factories.permitted_booking(citizen, factories.meeting_room())
    other = factories.citizen_with_registration(BUNKA, account=citizen.account)
    held = factories.booking_on_hold(other, factories.meeting_room(BUNKA))
    stranger = factories.permitted_booking()
    events = events_at(new_address(portal))
    assert [one["STATUS"] for one in events] == ["CONFIRMED"]
    told = str(events)
    assert here.number in told
    assert "会議室（架空センター" in told
    assert not any(word in told for word in (str(held.pk), stranger.number, "カクウ", "太郎"))


def test_a_cancelled_booking_is_told_as_cancelled(portal: Client, citizen: factories.Citizen) -> None:
    booking = factories.permitted_booking(citizen, factories.meeting_room())
    address = new_address(portal)
    uid = events_at(address)[0]["UID"]
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=booking.pk)
    [event] = events_at(address)
    assert (event["UID"], event["STATUS"]) == (uid, "CANCELLED")


def test_every_state_but_a_hold_has_its_word_in_the_calendar() -> None:
    assert set(STATUS) == STATES - {HOLD}
    assert {STATUS[state].value for state in (TENTATIVE, DEFERRED)} == {"TENTATIVE"}
    assert {STATUS[state].value for state in (USED, NO_SHOW)} == {"CONFIRMED"}
    assert {STATUS[state].value for state in (REVOKED, EXPIRED)} == {"CANCELLED"}


def test_a_new_address_makes_the_one_before_void_and_none_is_left_after_switching_off(portal: Client) -> None:
    first = new_address(portal)
    second = new_address(portal)
    stranger = client_at("yoyaku.localhost")
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    portal.post("/bookings/calendar/", {"drop": "1"})
    assert stranger.get(second).status_code == 404


def test_the_address_of_an_account_that_has_ended_is_void(portal: Client, citizen: factories.Citizen) -> None:
    address = new_address(portal)
    with as_portal():
        type(citizen.account).objects.filter(pk=citizen.account.pk).update(is_active=False)
    assert client_at("yoyaku.localhost").get(address).status_code == 404


def test_the_secret_is_shown_once_and_kept_nowhere(portal: Client) -> None:
    address = new_address(portal)
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in portal.get("/bookings/calendar/").content.decode()
    with as_portal():
        assert secret not in str(CalendarLink.objects.values_list("secret_hash", flat=True).get())


@pytest.mark.parametrize("secret", ["x", "架空", "a" * 400, "..%2F..%2Fetc"])
def test_an_address_that_never_was_is_not_there(database: None, secret: str) -> None:
    assert client_at("yoyaku.localhost").get(f"/calendar/{secret}.ics").status_code == 404


def test_it_costs_the_same_statements_for_more_bookings(portal: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    factories.permitted_booking(citizen, room)
    address = new_address(portal)
    with count_statements() as few:
        events_at(address)
    for slot in (factories.AFTERNOON, factories.EVENING):
        factories.permitted_booking(citizen, room, slots=[slot])
    with count_statements() as more:
        events_at(address)
    assert more.count == few.count <= 10, more
