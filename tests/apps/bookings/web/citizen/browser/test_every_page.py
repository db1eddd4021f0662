"""Every page of the portal under axe, on a PC and a phone, and no wider than its screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.bookings.models import Booking, Room
from apps.bookings.services.decide import permit
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.factories import Citizen, soon
from tests.support.accessibility import faults
from tests.support.browsing import CAME_BACK, OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.browser
Make = Callable[[Citizen], str]


def room_address(room: Room, rest: str = "") -> str:
    return f"/places/{CHUO}/rooms/{room.pk}/{rest}"


def booking_address(booking: Booking, rest: str = "") -> str:
    return f"/places/{CHUO}/bookings/{booking.pk}/{rest}"


def facility(_citizen: Citizen) -> str:
    at = factories.facility(slug="fureai")
    factories.meeting_room(at=at)
    return "/facilities/fureai/"


def facility_without_rooms(_citizen: Citizen) -> str:
    factories.facility(slug="mukashi")
    return "/facilities/mukashi/"


def found(citizen: Citizen) -> str:
    facility(citizen)
    facility_without_rooms(citizen)
    return f"/search/?purpose=meeting&day={soon():%Y-%m-%d}"


def found_nothing(_citizen: Citizen) -> str:
    return "/search/?word=どこにもない"


def month(citizen: Citizen) -> str:
    hall = factories.hall_with_halves()
    factories.booking_awaiting_permit(citizen, hall.half_a, slots=[1, 2, 3])
    factories.booking_on_hold(citizen, hall.half_b, slots=[2])
    return room_address(hall.whole, f"?month={soon():%Y-%m}")


def day(citizen: Citizen) -> str:
    room = factories.meeting_room()
    factories.booking_awaiting_permit(citizen, room, slots=[2])
    return room_address(room, f"{soon():%Y-%m-%d}/")


def day_of_a_person_with_two_registrations(citizen: Citizen) -> str:
    factories.citizen_with_registration(account=citizen.account, family_name="見本")
    return day(citizen)


def day_at_another_facility(_citizen: Citizen) -> str:
    return f"/places/{BUNKA}/rooms/{factories.meeting_room(BUNKA).pk}/{soon():%Y-%m-%d}/"


def day_too_far_away(_citizen: Citizen) -> str:
    return room_address(factories.meeting_room(), f"{clock.today() + dt.timedelta(days=400):%Y-%m-%d}/")


def application(citizen: Citizen) -> str:
    return booking_address(factories.booking_on_hold(citizen, factories.meeting_room()), "apply/")


def under_review(citizen: Citizen) -> str:
    return booking_address(factories.booking_awaiting_permit(citizen))


def permitted(citizen: Citizen) -> str:
    return booking_address(factories.permitted_booking(citizen))


def refused(citizen: Citizen) -> str:
    return booking_address(factories.refused_booking(citizen))


def cancelled(citizen: Citizen) -> str:
    return booking_address(factories.cancelled_booking(citizen))


def own(citizen: Citizen) -> str:
    factories.permitted_booking(citizen)
    factories.cancelled_booking(citizen)
    application(citizen)
    return "/bookings/"


def home(_citizen: Citizen) -> str:
    return "/"


def nowhere(_citizen: Citizen) -> str:
    return "/facilities/nowhere/"


def day_that_does_not_exist(_citizen: Citizen) -> str:
    return room_address(factories.meeting_room(), "2027-02-30/")


PUBLIC: list[Make] = [home, found, found_nothing, facility, facility_without_rooms, month, day, nowhere]
PERSONAL: list[Make] = [
    day_of_a_person_with_two_registrations,
    day_at_another_facility,
    day_too_far_away,
    application,
    under_review,
    permitted,
    refused,
    cancelled,
    own,
]


@pytest.mark.parametrize("make", [*PUBLIC, day_that_does_not_exist])
def test_a_page_for_anybody_is_free_of_faults(open_page: OpenPage, citizen: Citizen, make: Make) -> None:
    assert faults(open_page(make(citizen), signed_in=False)) == {}


@pytest.mark.parametrize("make", PERSONAL)
def test_a_citizens_page_is_free_of_faults(open_page: OpenPage, citizen: Citizen, make: Make) -> None:
    assert faults(open_page(make(citizen))) == {}


@pytest.mark.parametrize("make", [found, month, day, application, under_review, own])
def test_the_same_in_english_is_free_of_faults(open_page: OpenPage, citizen: Citizen, make: Make) -> None:
    page = open_page(make(citizen), language="en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert faults(page) == {}


def test_an_empty_list_of_bookings_is_free_of_faults(open_page: OpenPage) -> None:
    page = open_page("/bookings/")
    expect(page.get_by_text("これからの予約はありません。")).to_be_visible()
    assert faults(page) == {}


def with_errors(page: Page) -> Page:
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title(CAME_BACK)
    return page


def test_an_application_that_came_back_tells_its_errors_first(open_page: OpenPage, citizen: Citizen) -> None:
    page = open_page(application(citizen))
    page.get_by_label("利用人数").fill("31")
    page.get_by_role("button", name="申し込む").click()
    assert faults(with_errors(page)) == {}


def test_a_search_that_came_back_tells_its_errors_first(open_page: OpenPage) -> None:
    assert faults(with_errors(open_page("/search/?day=2027-02-30", signed_in=False))) == {}


def test_a_sign_in_that_failed_tells_its_error_first(open_page: OpenPage, citizen: Citizen) -> None:
    page = open_page("/bookings/", signed_in=False)
    assert faults(page) == {}
    page.get_by_label("ID、メールアドレス、登録番号のどれか").fill(citizen.account.login_id)
    page.get_by_label("パスワード").fill("wrong")
    page.get_by_role("button", name="ログインする").click()
    assert faults(with_errors(page)) == {}


def test_a_slot_that_went_meanwhile_is_told_at_the_top(open_page: OpenPage, citizen: Citizen) -> None:
    room = factories.meeting_room()
    page = open_page(room_address(room, f"{soon():%Y-%m-%d}/"))
    factories.booking_on_hold(factories.citizen_with_registration(), room)
    page.get_by_role("button", name="午前を予約する").click()
    expect(page.get_by_text("ほかの方が先に予約されました")).to_be_visible()
    assert faults(page) == {}


def test_a_booking_that_changed_meanwhile_is_told_at_the_top(open_page: OpenPage, citizen: Citizen) -> None:
    room = factories.meeting_room()
    booking = factories.booking_awaiting_permit(citizen, room)
    page = open_page(booking_address(booking))
    with as_tenant(CHUO):
        permit(actor=Actor(kind="staff"), booking=booking.pk)
    page.get_by_role("button", name="この予約を取り消す").click()
    expect(page.get_by_text("ほかの操作により")).to_be_visible()
    assert faults(page) == {}
