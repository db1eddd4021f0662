"""The desk decides on reductions, and settles fees."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from apps.bookings.models import Booking, ReductionRequest, Room
from apps.bookings.queries.fees import fee_of
from apps.bookings.rules.fees.tables import Climate
from apps.bookings.rules.fees.use import ClimateUse, Facts
from apps.bookings.services.fees.charging import FeeWish
from shared.staff.models import Role
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def room(database: None) -> Room:
    room = factories.meeting_room()
    fee_tables(room)
    return room


@pytest.fixture
def asked(room: Room) -> Booking:
    return factories.booking_awaiting_permit(room=room, fee=FeeWish(reduction="support"))


def url(name: str, booking: Booking) -> str:
    return reverse(f"desk:{name}", args=[booking.pk], urlconf="config.urls.desk")


def at(name: str) -> str:
    return reverse(f"desk:{name}", urlconf="config.urls.desk")


def total(booking: Booking) -> int:
    with as_tenant(CHUO):
        fee = fee_of(booking.pk)
    assert fee is not None
    return fee.sheet.total


def test_the_page_of_a_booking_shows_its_fee_with_the_articles(manager: Client, asked: Booking) -> None:
    page = manager.get(url("booking", asked)).content.decode()
    for told in ("1,000円", "別表第１", "第９条第２号", "市の後援", "審査待ち", "消費税10％ 90円を含む"):
        assert told in page


def test_evidence_is_seen_then_the_reduction_granted_and_its_notice_printed(manager: Client, asked: Booking) -> None:
    manager.post(url("reduction_seen", asked))
    manager.post(url("reduction_grant", asked))
    assert total(asked) == 500
    printed = manager.post(url("reduction_notice", asked))
    assert printed["Content-Type"] == "application/pdf"
    assert "減免" in manager.get(url("booking", asked)).content.decode()


def test_without_evidence_the_page_says_what_is_missing(manager: Client, asked: Booking) -> None:
    answer = manager.post(url("reduction_grant", asked))
    assert answer.status_code == 422
    assert "証明書類を確認してから" in answer.content.decode()


def test_a_refusal_asks_for_its_reason_and_keeps_what_was_typed(manager: Client, asked: Booking) -> None:
    answer = manager.post(url("reduction_refuse", asked), {"reason": "あ" * 501})
    assert answer.status_code == 422
    assert "あ" * 501 in answer.content.decode()
    manager.post(url("reduction_refuse", asked), {"reason": "後援の決定がないため"})
    with as_tenant(CHUO):
        assert ReductionRequest.objects.get().state == "refused"
    assert total(asked) == 1000


@pytest.mark.parametrize("name", ["reduction_grant", "reduction_refuse"])
def test_the_counter_takes_in_but_does_not_decide(receptionist: Client, asked: Booking, name: str) -> None:
    assert receptionist.post(url(name, asked), {"reason": "理由"}).status_code == 403
    assert receptionist.post(url("reduction_seen", asked)).status_code == 302


def test_a_reduction_is_taken_in_at_the_counter(receptionist: Client, room: Room) -> None:
    booking = factories.booking_awaiting_permit(room=room)
    assert "市の主催" in receptionist.get(url("reduction_ask", booking)).content.decode()
    assert receptionist.post(url("reduction_ask", booking), {"ground": "friend"}).status_code == 422
    assert receptionist.post(url("reduction_ask", booking), {"ground": "city"}).status_code == 302
    assert receptionist.post(url("reduction_ask", booking), {"ground": "city"}).status_code == 409


def test_a_fee_is_settled_by_what_was_used_and_the_older_one_stays(receptionist: Client, asked: Booking) -> None:
    values = {"version": asked.version, "climate": "heating"}
    assert receptionist.post(url("fee", asked), values).status_code == 302
    assert total(asked) == 1300
    page = receptionist.get(url("fee", asked)).content.decode()
    assert "前の計算" in page


def test_what_costs_by_the_hour_begins_with_the_hours_booked_and_is_settled_by_the_real_ones(
    receptionist: Client,
) -> None:
    room = factories.meeting_room()
    fee_tables(room, climate=(Climate("cooling", "冷房", "別表備考３", hourly=200),))
    booking = factories.booking_awaiting_permit(room=room, fee=FeeWish(Facts(climate=(ClimateUse("cooling"),))))
    assert total(booking) == 1600
    page = receptionist.get(url("fee", booking)).content.decode()
    assert "冷房を使った時間（分）" in page
    assert 'value="180"' in page
    receptionist.post(url("fee", booking), {"version": booking.version, "minutes_cooling": "61"})
    assert total(booking) == 1400


def test_a_settlement_with_nonsense_or_from_an_old_page_changes_nothing(receptionist: Client, asked: Booking) -> None:
    assert receptionist.post(url("fee", asked), {"version": asked.version, "admission": "x"}).status_code == 422
    assert receptionist.post(url("fee", asked), {"version": 0}).status_code == 409
    assert total(asked) == 1000


def test_who_only_looks_settles_nothing(accountant: Client, asked: Booking) -> None:
    assert accountant.get(url("fee", asked)).status_code == 200
    assert accountant.post(url("fee", asked), {"version": asked.version}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_reductions_takes_as_many_statements_whatever_waits(
    manager: Client, room: Room, number: int
) -> None:
    for slot in range(number):
        factories.booking_awaiting_permit(room=room, slots=[slot + 1], fee=FeeWish(reduction="support"))
    with count_statements() as statements:
        page = manager.get(at("reductions")).content.decode()
    assert page.count("市の後援") == number
    assert statements.count == 6, statements


def test_the_year_is_told_by_ground_without_persons(manager: Client, asked: Booking) -> None:
    manager.post(url("reduction_seen", asked))
    manager.post(url("reduction_grant", asked))
    page = manager.get(at("reduction_year")).content.decode()
    assert "500円" in page
    book = load_workbook(BytesIO(manager.get(at("reduction_year_sheet")).content))
    rows = [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]
    assert rows[1:] == [("第９条第２号", "市の後援", 1, 0, 500), (None, "合計", 1, 0, 500)]


def test_an_impossible_year_is_this_one(manager: Client) -> None:
    assert manager.get(at("reduction_year"), {"year": "９９９９"}).status_code == 200


def test_nobody_of_another_facility_reaches_a_fee(asked: Booking) -> None:
    other = signed_in(client_at("sports.localhost"), factories.clerk("sports", roles=[Role.FACILITY_MANAGER]))
    assert other.get(url("fee", asked)).status_code == 404
