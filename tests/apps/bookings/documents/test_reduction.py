"""減免決定通知書, and the fee on the other forms, as they are printed."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.bookings.documents.data import ReductionSheet
from apps.bookings.documents.render import reduction_pdf
from apps.bookings.documents.stored import as_stored, from_stored
from apps.bookings.models import Booking
from apps.bookings.rules.fees.use import ClimateUse, Facts
from apps.bookings.services.fees.charging import FeeWish
from tests import factories
from tests.apps.bookings.documents.reading import assert_reads_in_order
from tests.apps.bookings.documents.sheets import FEE, refusal_sheet
from tests.support.fees import fee_tables

PROVISION = "架空センターの設置及び管理に関する条例第９条第２号（市の後援）"


def sheet(*, granted: bool, reason: str = "") -> ReductionSheet:
    like = refusal_sheet()
    names = ("form", "number", "issued_on", "applied_on", "authority", "applicant", "use")
    common = {name: getattr(like, name) for name in names}
    return ReductionSheet(**common, granted=granted, provision=PROVISION, fee=FEE, reason=reason)


def test_a_notice_of_what_was_granted_tells_the_ground_and_what_is_to_be_paid() -> None:
    pdf = reduction_pdf(sheet(granted=True))
    assert_reads_in_order(pdf, "使用料減免決定通知書", "承認することに決定した", "決定承認", PROVISION, FEE.total)


def test_a_notice_of_what_was_refused_tells_the_reason() -> None:
    pdf = reduction_pdf(sheet(granted=False, reason="後援の決定がないため"))
    assert_reads_in_order(pdf, "承認しないことに決定した", "決定不承認", PROVISION, "理由後援の決定がないため")


def test_a_refusal_without_its_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="reason"):
        sheet(granted=False, reason=" ")


def test_a_notice_comes_back_as_it_was_issued() -> None:
    issued = replace(sheet(granted=True), reason="")
    assert from_stored(ReductionSheet, json.loads(json.dumps(as_stored(issued)))) == issued


def words(client: Client, booking: Booking, address: str) -> str:
    answer = client.post(f"/bookings/{booking.pk}/{address}/")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.fixture
def booking(database: None) -> Booking:
    room = factories.meeting_room()
    fee_tables(room)
    wish = FeeWish(Facts(climate=(ClimateUse("heating"),)), reduction="support")
    outsider = factories.citizen_with_registration(address="別の市架空町1番地")
    return factories.booking_awaiting_permit(outsider, room, slots=[1, 2], fee=wish)


def test_the_application_prints_the_columns_of_the_fee_and_the_reduction_asked_for(
    manager: Client, booking: Booking
) -> None:
    text = words(manager, booking, "documents/application")
    for told in ("2,500円", "2倍", "5,000円", "1,500円", "6,500円", "第９条第２号", "市の後援"):
        assert told in text


def test_the_permit_prints_the_fee_after_the_reduction_with_its_clause(manager: Client, booking: Booking) -> None:
    manager.post(f"/bookings/{booking.pk}/reduction/evidence/")
    manager.post(f"/bookings/{booking.pk}/reduction/grant/")
    manager.post(f"/bookings/{booking.pk}/permit/", {"version": booking.version})
    text = words(manager, booking, "documents/permit")
    for told in ("4,000円", "△2,500円", "5割", "第９条第２号（市の後援）"):
        assert told in text


def test_the_notice_is_printed_and_the_second_time_marked(manager: Client, booking: Booking) -> None:
    assert manager.post(f"/bookings/{booking.pk}/reduction/notice/").status_code == 404
    manager.post(f"/bookings/{booking.pk}/reduction/evidence/")
    manager.post(f"/bookings/{booking.pk}/reduction/grant/")
    assert "再交付" not in words(manager, booking, "reduction/notice")
    assert "再交付" in words(manager, booking, "reduction/notice")
