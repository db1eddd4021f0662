"""A citizen's way from the day's slots to a cancelled booking, and what stands in it."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Booking, BookingState, FeeSheet
from tests import factories
from tests.support.clients import signed_in
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

Response = Any


class Path:
    """One citizen at one room's day, with the addresses of the path."""

    def __init__(self, client: Client) -> None:
        self.citizen = factories.citizen_with_registration()
        self.room = factories.meeting_room()
        self.day = factories.soon()
        self.client = signed_in(client, self.citizen.account)
        self.day_url = f"/places/{CHUO}/rooms/{self.room.pk}/{self.day:%Y-%m-%d}/"

    def hold(self, **values: Any) -> Response:
        form = {"key": str(uuid.uuid4()), "slots": "1", "registrant": str(self.citizen.registrant.pk)}
        return self.client.post(f"{self.day_url}hold/", form | values)

    def apply(self, url: str, **values: Any) -> Response:
        form = {"purpose": "meeting", "event_name": "五月の例会", "headcount": "10", "version": "1"}
        return self.client.post(url, form | values)


@pytest.fixture
def path(portal_client: Client) -> Path:
    return Path(portal_client)


def state() -> str:
    with as_tenant(CHUO):
        return str(Booking.objects.get().state)


def test_choosing_applying_and_cancelling(path: Path) -> None:
    held = path.hold()
    assert held.status_code == 302
    assert "data-countdown" in path.client.get(held.url).content.decode()
    applied = path.apply(held.url)
    assert applied.status_code == 302
    page = path.client.get(applied.url).content.decode()
    assert "審査待ち" in page
    assert "五月の例会" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    cancelled = path.client.post(f"{applied.url}cancel/", {"version": version[1]})
    assert cancelled.headers["Location"] == applied.url
    assert state() == BookingState.CANCELLED


def test_the_day_page_offers_a_button_for_each_free_slot(path: Path) -> None:
    factories.booking_awaiting_permit(room=path.room, day=path.day, slots=[1])
    page = path.client.get(path.day_url).content.decode()
    assert "午後を予約する" in page
    assert "夜間を予約する" in page
    assert "午前を予約する" not in page
    assert "予約あり" in page


def test_a_slot_that_somebody_else_took_shows_the_day_again(path: Path) -> None:
    factories.booking_on_hold(factories.citizen_with_registration(), path.room, day=path.day)
    answer = path.hold()
    assert answer.status_code == 409
    assert "ほかの方が先に予約されました" in answer.content.decode()


def test_a_double_click_holds_once(path: Path) -> None:
    key = str(uuid.uuid4())
    assert path.hold(key=key).url == path.hold(key=key).url


def test_the_choice_takes_eight_statements(path: Path) -> None:
    path.hold(slots="3")
    with count_statements() as statements:
        assert path.hold().status_code == 302
    assert statements.count == 8, statements


def test_the_application_takes_eight_statements_with_its_fee(path: Path) -> None:
    fee_tables(path.room)
    held = path.hold()
    with count_statements() as statements:
        assert path.apply(held.url).status_code == 302
    assert statements.count == 8, statements
    with as_tenant(CHUO):
        assert FeeSheet.objects.get().total == 1000


def test_a_visitor_is_sent_to_sign_in_and_back(path: Path) -> None:
    path.client.cookies.clear()
    answer = path.client.get(f"/places/{CHUO}/bookings/{uuid.uuid4()}/apply/")
    assert answer.headers["Location"].startswith("/login/?next=%2Fplaces%2Fchuo%2Fbookings")


def test_another_citizens_booking_is_not_found(path: Path) -> None:
    other = factories.booking_awaiting_permit()
    for address in ("", "apply/"):
        assert path.client.get(f"/places/{CHUO}/bookings/{other.pk}/{address}").status_code == 404
    assert path.client.post(f"/places/{CHUO}/bookings/{other.pk}/cancel/", {"version": "2"}).status_code == 404
    with as_tenant(CHUO):
        assert Booking.objects.get(pk=other.pk).state == BookingState.UNDER_REVIEW


def test_holding_needs_a_post_and_a_token(path: Path) -> None:
    assert path.client.get(f"{path.day_url}hold/").status_code == 405
    strict = signed_in(Client(HTTP_HOST="yoyaku.localhost", enforce_csrf_checks=True), path.citizen.account)
    form = {"key": str(uuid.uuid4()), "slots": "1", "registrant": str(path.citizen.registrant.pk)}
    assert strict.post(f"{path.day_url}hold/", form).status_code == 403


def test_own_bookings_of_two_facilities_stand_in_one_list(path: Path) -> None:
    elsewhere = factories.citizen_with_registration(BUNKA, account=path.citizen.account)
    mine = [
        factories.booking_awaiting_permit(path.citizen, path.room),
        factories.booking_awaiting_permit(elsewhere, factories.meeting_room(BUNKA)),
    ]
    others = factories.booking_awaiting_permit()
    with count_statements() as statements:
        page = path.client.get("/bookings/").content.decode()
    assert all(booking.number in page for booking in mine)
    assert str(others.pk) not in page
    assert statements.count == 4, statements
