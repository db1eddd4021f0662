"""The official forms as PDF in the browser."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.bookings.models import Booking, Document
from shared.audit.models import Action
from shared.staff.models import StaffAccount
from tenants.models import Operator, OperatorAssignment
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, audited
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_owner, as_tenant
from tests.support.tenants import BUNKA, CHUO


def printed(desk: Client, booking: Booking, form: str) -> Response:
    return desk.post(f"/bookings/{booking.pk}/documents/{form}/")


def words(answer: Response) -> str:
    """The PDF's text without spaces and line ends."""
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_permit_is_shown_in_the_browser_and_never_stored(desk: Client) -> None:
    answer = printed(desk, factories.permitted_booking(), "permit")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_permit_has_its_number_its_era_its_signature_and_its_instruction(desk: Client, freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    text = words(printed(desk, factories.permitted_booking(), "permit"))
    assert "架総福セ指令第1号" in text
    assert "令和8年4月1日" in text
    assert "令和8年4月15日（水）午前午前9時から正午まで" in text
    assert "架空市社協・見本会共同事業体理事長架空代表（公印省略）" in text
    assert "架空市社協・見本会共同事業体を被告として" in text
    assert "利用料金" in text


def test_a_facility_of_the_city_signs_as_the_mayor_for_its_fee(desk_client: Callable[[str], Client]) -> None:
    client = signed_in(desk_client(BUNKA), factories.clerk(BUNKA))
    booking = factories.permitted_booking(factories.citizen_with_registration(BUNKA))
    text = words(printed(client, booking, "permit"))
    assert "架空市長架空市長（公印省略）" in text
    assert "架空市を被告として" in text
    assert "使用料" in text


def test_no_amount_is_invented(desk: Client) -> None:
    booking = factories.permitted_booking()
    for form in ("application", "permit"):
        assert "円" not in words(printed(desk, booking, form)).replace("円滑", "")


def test_the_second_print_is_marked_and_the_rest_stays_as_it_was(desk: Client) -> None:
    booking = factories.permitted_booking()
    first, second, third = (words(printed(desk, booking, "permit")) for _ in range(3))
    assert "再交付" not in first
    assert "再交付（第1回）" in second
    assert "再交付（第2回）" in third


def test_a_reprint_never_changes_with_what_happens_later(desk: Client) -> None:
    booking = factories.permitted_booking()
    printed(desk, booking, "permit")
    with as_tenant(CHUO):
        booking.registrant.family_name = "改姓"
        booking.registrant.save(update_fields=["family_name"])
    with as_owner():
        Operator.objects.using("owner").update(representative_name="後任　次郎")
    text = words(printed(desk, booking, "permit"))
    assert "改姓" not in text
    assert "後任" not in text


def test_a_refusal_notice_states_provision_reason_and_instruction(desk: Client) -> None:
    text = words(printed(desk, factories.refused_booking(), "refusal"))
    assert "第６条第４号" in text
    assert "設備の点検と重なるため" in text
    assert "審査請求をすることができます" in text


def test_an_application_is_addressed_to_who_is_in_charge(desk: Client) -> None:
    booking = factories.booking_awaiting_permit()
    text = words(printed(desk, booking, "application"))
    assert booking.number in text
    assert f"（宛先）架空市{booking.room.facility.name}指定管理者架空市社協・見本会共同事業体理事長" in text


def test_prints_are_counted_and_audited(desk: Client, clerk: StaffAccount) -> None:
    booking = factories.permitted_booking()
    printed(desk, booking, "permit")
    printed(desk, booking, "permit")
    with as_tenant(CHUO):
        assert Document.objects.get().printed == 2
    entries = audited(Action.PRINT, "booking")
    assert [entry.detail for entry in entries] == [{"form": "permit", "reprint": 1}, {"form": "permit", "reprint": 0}]
    assert {entry.actor_id for entry in entries} == {clerk.pk}


def test_a_permit_given_at_once_gets_its_number_with_the_first_print(desk: Client) -> None:
    booking = factories.booking_awaiting_permit(room=factories.meeting_room(reception="immediate"))
    with as_tenant(CHUO):
        assert Document.objects.count() == 0
    assert "指令第1号" in words(printed(desk, booking, "permit"))
    assert "再交付（第1回）" in words(printed(desk, booking, "permit"))


@pytest.mark.parametrize(
    ("make", "form"),
    [
        (factories.booking_awaiting_permit, "permit"),
        (factories.booking_awaiting_permit, "refusal"),
        (factories.permitted_booking, "refusal"),
        (factories.cancelled_booking, "permit"),
        (factories.permitted_booking, "receipt"),
        (factories.permitted_booking, "x" * 5000),
    ],
)
def test_a_form_that_the_booking_does_not_have_is_not_found(desk: Client, make: object, form: str) -> None:
    assert callable(make)
    assert printed(desk, make(), form).status_code == 404


def test_a_hold_has_no_application_yet(desk: Client) -> None:
    held = factories.booking_on_hold(factories.citizen_with_registration(), factories.meeting_room())
    assert printed(desk, held, "application").status_code == 404


def test_nobody_signs_where_nobody_is_in_charge(desk: Client) -> None:
    booking = factories.booking_awaiting_permit()
    with as_owner():
        OperatorAssignment.objects.using("owner").filter(tenant__schema_name=CHUO).delete()
    answer = desk.post(f"/bookings/{booking.pk}/permit/", {"version": booking.version})
    assert answer.status_code == 409
    assert "運営者が登録されていないため" in answer.content.decode()
    with as_tenant(CHUO):
        assert Booking.objects.get().state == "under_review"
        assert Document.objects.count() == 0


def test_another_tenants_document_is_not_found(desk: Client) -> None:
    booking = factories.permitted_booking(factories.citizen_with_registration(BUNKA))
    assert printed(desk, booking, "permit").status_code == 404
