"""The pages about the life of a booking under axe, on a phone and a PC: the desk's and the portal's."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from apps.bookings.models import Measure
from apps.bookings.rules.series import Pattern, Picked
from apps.bookings.services.apply import Application
from apps.bookings.services.book_series import SeriesWish, book_series
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.web.staff.life.test_pages import proposal
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.browser


def booking() -> str:
    return f"/bookings/{factories.booking_awaiting_permit(room=factories.meeting_room(reception='tentative')).pk}/"


def change() -> str:
    return f"{booking()}change/"


def revoke() -> str:
    return f"/bookings/{factories.permitted_booking().pk}/revoke/"


def terms() -> str:
    factories.terms(factories.meeting_room().facility)
    return "/settings/terms/"


def new_terms() -> str:
    return f"/settings/terms/{factories.meeting_room().facility_id}/new/"


def measures() -> str:
    proposal()
    return "/penalties/"


def measure() -> str:
    proposal()
    with as_tenant(CHUO):
        return f"/penalties/{Measure.objects.get().pk}/"


def new_series() -> str:
    factories.meeting_room()
    return f"/registrants/{factories.group().pk}/series/new/"


def series() -> str:
    room, who, first = factories.meeting_room(), factories.group(), factories.soon()
    days = [first + dt.timedelta(weeks=number) for number in range(3)]
    pattern = Pattern("weekly", first.isoweekday(), first, days[-1])
    with as_tenant(CHUO):
        made = book_series(
            actor=Actor(kind="staff"),
            wish=SeriesWish(who.pk, [Picked(day, room.pk, (1,)) for day in days], pattern, uuid.uuid4()),
            application=Application("meeting", 10, "例会"),
        )
    return f"/series/{made.pk}/"


@pytest.mark.parametrize("make", [booking, change, revoke, terms, new_terms, measures, measure, new_series, series])
def test_a_page_of_the_desk_has_no_violation_and_fits(
    visit: OpenPage, manager: Client, make: Callable[[], str]
) -> None:
    page = visit("chuo.localhost", make(), client=manager)
    assert faults(page) == {}


def own(citizen: factories.Citizen) -> str:
    return f"bookings/{factories.booking_awaiting_permit(citizen).pk}/"


def change_own(citizen: factories.Citizen) -> str:
    return f"{own(citizen)}change/"


def taken_day(_citizen: factories.Citizen) -> str:
    room = factories.meeting_room()
    factories.booking_awaiting_permit(room=room)
    return f"rooms/{room.pk}/{factories.soon():%Y-%m-%d}/"


@pytest.mark.parametrize("make", [own, change_own, taken_day, lambda _citizen: "waits/"])
def test_a_page_of_the_portal_has_no_violation_and_fits(
    visit: OpenPage,
    portal: Client,
    citizen: factories.Citizen,
    make: Callable[[factories.Citizen], str],
) -> None:
    page = visit("yoyaku.localhost", f"/places/chuo/{make(citizen)}", client=portal)
    assert faults(page) == {}
