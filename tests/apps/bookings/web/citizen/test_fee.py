"""A citizen sees the fee before applying, and on the booking's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.bookings.models import Booking, BookingState, FeeSheet, ReductionRequest, Room
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


@pytest.fixture
def room(database: None) -> Room:
    room = factories.meeting_room()
    fee_tables(room)
    return room


@pytest.fixture
def held(citizen: factories.Citizen, room: Room) -> Booking:
    return factories.booking_on_hold(citizen, room)


def url(name: str, booking: Booking) -> str:
    return reverse(f"citizen:{name}", args=[CHUO, booking.pk], urlconf="config.urls.portal")


def said(**values: Any) -> dict[str, Any]:
    return {"purpose": factories.MEETING, "headcount": "10", "event_name": "例会", "version": "1"} | values


def test_the_fee_stands_on_the_form_with_its_article(portal: Client, held: Booking) -> None:
    page = portal.get(url("apply", held)).content.decode()
    for told in ("1,000円", "別表第１", "営利・商品の販売", "減免の申請", "ピアノ", 'name="fee_seen" value="1000"'):
        assert told in page


def test_what_is_typed_is_priced_on_request_and_nothing_is_applied_for(portal: Client, held: Booking) -> None:
    answer = portal.post(url("apply", held), said(commercial="on", reduction="support", quote="1", fee_seen="1000"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="fee_seen" value="2000"' in page
    assert "減免が承認された場合は 1,000円" in page
    with as_tenant(CHUO):
        assert Booking.objects.get().state == BookingState.HOLD


def test_another_fee_than_the_one_shown_is_shown_first(portal: Client, held: Booking) -> None:
    answer = portal.post(url("apply", held), said(commercial="on", fee_seen="1000"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "料金が2,000円に変わりました" in page
    assert portal.post(url("apply", held), said(commercial="on", fee_seen="2000")).status_code == 302
    with as_tenant(CHUO):
        assert FeeSheet.objects.get().total == 2000


def test_the_booking_shows_its_fee_and_the_reduction_that_was_asked_for(portal: Client, held: Booking) -> None:
    portal.post(url("apply", held), said(reduction="support", fee_seen="1000"))
    page = portal.get(url("booking", held)).content.decode()
    for told in ("1,000円", "別表第１", "第９条第２号", "審査待ち"):
        assert told in page
    with as_tenant(CHUO):
        assert ReductionRequest.objects.get().ground == "support"


@pytest.mark.parametrize(
    "values",
    [
        {"admission": "-5"},
        {"admission": "無料"},
        {"climate": "sauna"},
        {"equipment_piano": "x"},
        {"reduction": "friend"},
    ],
)
def test_nonsense_comes_back_beside_its_field_and_writes_nothing(
    portal: Client, held: Booking, values: dict[str, str]
) -> None:
    answer = portal.post(url("apply", held), said(fee_seen="1000", **values))
    assert answer.status_code == 422
    assert 'name="fee_seen" value="1000"' in answer.content.decode()
    with as_tenant(CHUO):
        assert not FeeSheet.objects.exists()


def test_a_room_without_tables_asks_nothing_about_money(portal: Client, citizen: factories.Citizen) -> None:
    held = factories.booking_on_hold(citizen, factories.meeting_room())
    page = portal.get(url("apply", held)).content.decode()
    assert "fee_seen" not in page
    assert portal.post(url("apply", held), said()).status_code == 302
