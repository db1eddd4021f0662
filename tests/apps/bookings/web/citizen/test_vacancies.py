"""Search, calendar and JSON: what anybody may see, in a number of statements that does not grow."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from apps.bookings.models import Facility
from tenants import directory
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS


def busy_facility(schema: str, bookings: int) -> Facility:
    at = factories.facility(schema)
    room = factories.meeting_room(schema, at=at)
    citizen = factories.citizen_with_registration(schema)
    for number in range(bookings):
        day = factories.soon() + dt.timedelta(days=number)
        factories.booking_on_hold(citizen, room, day=day)
    return at


@pytest.mark.parametrize("schemas", [[CHUO], [CHUO, SPORTS, BUNKA]])
def test_a_search_by_day_takes_four_statements_whatever_the_number_of_tenants(
    portal_client: Client, schemas: list[str]
) -> None:
    facilities = [busy_facility(schema, 1) for schema in schemas]
    directory.current()
    with count_statements() as statements:
        page = portal_client.get(f"/search/?purpose=meeting&day={factories.soon():%Y-%m-%d}").content.decode()
    assert all(one.name in page for one in facilities)
    assert page.count("一部空き") == len(schemas) + 1  # and the legend
    # scope, the form's choices, then two for the search itself
    assert statements.count == 4, statements


@pytest.mark.parametrize("bookings", [1, 3])
def test_a_month_as_json_takes_four_statements_and_three_when_seen_before(portal_client: Client, bookings: int) -> None:
    at = busy_facility(CHUO, bookings)
    month = f"{factories.soon():%Y-%m}"
    directory.current()
    address = f"/api/places/{CHUO}/facilities/{at.pk}/availability/?month={month}"
    with count_statements() as first:
        portal_client.get(address)
    with count_statements() as again:
        answer = portal_client.get(address).json()
    assert answer["rooms"][0]["days"][f"{factories.soon():%Y-%m-%d}"] == {
        "mark": "some",
        "slots": [[1, "full"], [2, "free"], [3, "free"]],
    }
    assert (first.count, again.count) == (4, 3), again


@pytest.mark.parametrize("bookings", [1, 3])
def test_a_month_as_a_page_takes_four_statements_and_three_when_seen_before(
    portal_client: Client, bookings: int
) -> None:
    at = busy_facility(CHUO, bookings)
    with as_tenant(CHUO):
        room = at.rooms.get()
    directory.current()
    address = f"/places/{CHUO}/rooms/{room.pk}/?month={factories.soon():%Y-%m}"
    with count_statements() as first:
        portal_client.get(address)
    with count_statements() as again:
        page = portal_client.get(address).content.decode()
    assert "一部空き" in page
    assert (first.count, again.count) == (4, 3), again


def test_a_listed_facility_that_cannot_be_reserved_says_so(portal_client: Client) -> None:
    at = factories.facility(name="架空作業所")
    page = portal_client.get(f"/facilities/{at.pk}/", follow=True).content.decode()
    assert "このサービスでは予約できません" in page


def test_nothing_personal_stands_on_a_public_page(portal_client: Client) -> None:
    citizen = factories.citizen_with_registration(family_name="秘密田")
    room = factories.meeting_room()
    factories.booking_awaiting_permit(citizen, room, event_name="内緒の会")
    for address in (f"/places/{CHUO}/rooms/{room.pk}/", f"/places/{CHUO}/rooms/{room.pk}/{factories.soon():%Y-%m-%d}/"):
        page = portal_client.get(address).content.decode()
        assert "秘密田" not in page
        assert "内緒の会" not in page


def test_the_pages_speak_english_when_asked(portal_client: Client) -> None:
    room = factories.meeting_room()
    portal_client.post("/language/", {"language": "en", "next": "/"})
    page = portal_client.get(f"/places/{CHUO}/rooms/{room.pk}/").content.decode()
    assert '<html lang="en">' in page
    assert "Meeting room" in page
