"""The desk gives money back: preview, decision, form, payment, 充当; the lists, 督促 and 納付書; a permit anew."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from apps.bookings.models import Booking, Document, FeeNotice, PaperMark, PaymentMethod, Refund, RefundPayout, Room
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.decide import permit
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction
from apps.bookings.services.fees.payment_sheet import print_payment_notice
from apps.bookings.services.fees.receiving import receive
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff", id=UUID(int=7))


@pytest.fixture
def room(database: None) -> Room:
    found = factories.meeting_room()
    steps = (RefundStep(10, 90, article="第１０条"),)
    factories.terms(found.facility, refunds=steps, payment=DueTerms("before_use", days=7))
    fee_tables(found)
    return found


@pytest.fixture
def citizen(database: None) -> factories.Citizen:
    return factories.citizen_with_registration()


def booked(citizen: factories.Citizen, room: Room, *, left: int = 14) -> Booking:
    day = clock.today() + dt.timedelta(days=left)
    return factories.booking_awaiting_permit(citizen, room, day=day, slots=[1, 2])


def cancelled(citizen: factories.Citizen, room: Room, *, left: int = 14) -> Booking:
    booking = booked(citizen, room, left=left)
    with as_tenant(CHUO):
        receive(actor=CLERK, booking=booking.pk, amount=2500, method=PaymentMethod.CASH)
        return cancel_by_staff(actor=CLERK, booking=booking.pk, reason="電話による申出")


def url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args, urlconf="config.urls.desk")


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def only_refund() -> Refund:
    with as_tenant(CHUO):
        return Refund.objects.get()


def test_the_computation_is_shown_before_somebody_decides(
    manager: Client, receptionist: Client, citizen: factories.Citizen, room: Room
) -> None:
    booking = cancelled(citizen, room)
    assert "90％" in manager.get(url("payments", booking.pk)).content.decode()
    page = manager.get(url("refund_decide", booking.pk)).content.decode()
    for told in ("2,250円", "利用日の14日前の取消し", "第１０条", "90％", 'name="seen" value="2250"'):
        assert told in page
    assert receptionist.get(url("refund_decide", booking.pk)).status_code == 200
    assert receptionist.post(url("refund_decide", booking.pk), {"percent": "90"}).status_code == 403


@pytest.mark.parametrize(
    "said",
    [{"percent": ""}, {"percent": "101"}, {"percent": "たくさん"}, {"percent": "100", "reason": " "}],
)
def test_a_share_that_cannot_be_comes_back_and_decides_nothing(
    manager: Client, citizen: factories.Citizen, room: Room, said: dict[str, str]
) -> None:
    booking = cancelled(citizen, room)
    assert manager.post(url("refund_decide", booking.pk), said).status_code == 422
    with as_tenant(CHUO):
        assert not Refund.objects.exists()


def test_an_amount_that_changed_meanwhile_is_shown_first(
    manager: Client, citizen: factories.Citizen, room: Room
) -> None:
    booking = cancelled(citizen, room)
    answer = manager.post(url("refund_decide", booking.pk), {"percent": "90", "seen": "2500"})
    assert answer.status_code == 409
    assert "2,250円に変わりました" in answer.content.decode()


def test_decided_printed_paid_in_parts_and_told_on_the_sheet_of_the_day(
    manager: Client, receptionist: Client, citizen: factories.Citizen, room: Room
) -> None:
    booking = cancelled(citizen, room)
    said = {"percent": "90", "seen": "2250", "reason": ""}
    assert manager.post(url("refund_decide", booking.pk), said).status_code == 302
    refund = only_refund()
    text = text_of(receptionist.post(url("refund_claim", refund.pk)).content)
    for told in ("還付請求書", "2,250円", booking.number, "領収第", "口座番号", "90％", "第１０条"):
        assert told in text
    assert "再交付" in text_of(receptionist.post(url("refund_claim", refund.pk)).content)
    wrong = receptionist.post(url("refund_pay", refund.pk), {"pay-amount": "9999", "pay-method": "cash"})
    assert wrong.status_code == 422
    assert 'value="9999"' in wrong.content.decode()
    for amount, method in (("250", "cash"), ("2000", "transfer")):
        paid = receptionist.post(url("refund_pay", refund.pk), {"pay-amount": amount, "pay-method": method})
        assert paid.status_code == 302
    assert "還付済" in receptionist.get(url("payments", booking.pk)).content.decode()
    sheet = receptionist.get(url("cash")).content.decode()
    assert "△250円" in sheet
    assert "△2,000円" in sheet
    with as_tenant(CHUO):
        assert RefundPayout.objects.count() == 2


def test_a_payout_by_a_way_that_there_is_not_is_refused(
    manager: Client, citizen: factories.Citizen, room: Room
) -> None:
    booking = cancelled(citizen, room)
    manager.post(url("refund_decide", booking.pk), {"percent": "90"})
    for method in ("offset", "online", ""):
        answer = manager.post(url("refund_pay", only_refund().pk), {"pay-amount": "10", "pay-method": method})
        assert answer.status_code == 422


def test_money_is_put_to_another_fee_that_the_page_offers(
    manager: Client, receptionist: Client, citizen: factories.Citizen, room: Room
) -> None:
    source, target = cancelled(citizen, room), booked(citizen, room, left=15)
    stranger = booked(factories.citizen_with_registration(), room, left=16)
    manager.post(url("refund_decide", source.pk), {"percent": "90"})
    refund = only_refund()
    page = manager.get(url("refund", refund.pk)).content.decode()
    assert target.number in page
    assert stranger.number not in page
    address = url("refund_offset", refund.pk)
    said = {"offset-to": str(target.pk), "offset-amount": "2250"}
    assert receptionist.post(address, said).status_code == 403
    assert manager.post(address, said | {"offset-to": str(stranger.pk)}).status_code == 422
    assert manager.post(address, said).status_code == 302
    assert "充当" in manager.get(url("payments", target.pk)).content.decode()


def test_a_decision_is_withdrawn_with_a_reason(manager: Client, citizen: factories.Citizen, room: Room) -> None:
    booking = cancelled(citizen, room)
    manager.post(url("refund_decide", booking.pk), {"percent": "90"})
    code = {"code": str(only_refund().content["check"]["code"])}
    assert "還付請求書" in manager.get("/verify/", code).content.decode()
    address = url("refund_withdraw", only_refund().pk)
    assert manager.post(address, {"withdraw-reason": ""}).status_code == 422
    assert manager.post(address, {"withdraw-reason": "率の誤り"}).status_code == 302
    assert "率の誤り" in manager.get(url("payments", booking.pk)).content.decode()
    assert manager.post(url("refund_claim", only_refund().pk)).status_code == 404
    assert "この還付の決定は、取り下げられています。" in manager.get("/verify/", code).content.decode()


def test_the_notice_to_pay_tells_amount_day_and_lines_and_nothing_of_contesting_a_private_claim(
    receptionist: Client, citizen: factories.Citizen, room: Room
) -> None:
    booking = booked(citizen, room)
    text = text_of(receptionist.post(url("payment_notice", booking.pk)).content)
    for told in ("利用料金納入通知書兼納付書", "2,500円", "別表第１", "納付期限", booking.number):
        assert told in text
    assert "審査請求" not in text
    with as_tenant(CHUO):
        receive(actor=CLERK, booking=booking.pk, amount=2500, method=PaymentMethod.CASH)
    assert receptionist.post(url("payment_notice", booking.pk)).status_code == 302


def test_the_notice_of_the_citys_fee_tells_how_to_contest_it() -> None:
    room = factories.meeting_room(BUNKA)
    fee_tables(room, schema=BUNKA)
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(BUNKA), room)
    with as_tenant(BUNKA):
        text = text_of(print_payment_notice(actor=CLERK, booking=desk_booking(booking.pk)))
    for told in ("使用料納入通知書兼納付書", "1,000円", "審査請求", "市長"):
        assert told in text
    assert "利用料金" not in text


def test_the_accounts_of_a_period_as_page_and_file(
    receptionist: Client, citizen: factories.Citizen, room: Room
) -> None:
    owed, gone = booked(citizen, room), cancelled(citizen, room, left=15)
    span = f"?first={clock.today():%Y-%m-%d}&last={clock.today() + dt.timedelta(days=40):%Y-%m-%d}"
    page = receptionist.get(url("accounts") + span).content.decode()
    for told in (owed.number, gone.number, "未収納", "2,750円", citizen.registrant.number):
        assert (told in page) == (told != citizen.registrant.number)
    answer = receptionist.get(url("account_sheet") + span)
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content)).active.rows]  # type: ignore[union-attr]
    assert rows[-1][:9] == ["計", None, None, None, 2750, 2500, 0, 2500, 2250]
    text = receptionist.get(url("account_sheet") + span + "&form=csv").content.decode("utf-8-sig")
    assert owed.number in text
    for personal in (citizen.registrant.display_name, citizen.registrant.number, citizen.registrant.phone):
        assert personal not in text
    assert receptionist.get(url("accounts") + "?first=2026-02-01&last=2026-01-01").status_code == 422
    assert receptionist.get(url("accounts") + "?facility=nonsense").status_code in {200, 422}
    assert receptionist.get(url("account_sheet") + "?first=nonsense").status_code == 400


def test_what_is_overdue_is_dunned_from_the_list(receptionist: Client, citizen: factories.Citizen, room: Room) -> None:
    late, early = booked(citizen, room, left=14), booked(citizen, room, left=30)
    with as_tenant(CHUO):
        late.fee_sheets.get()
    page = receptionist.get(url("unpaid")).content.decode()
    assert late.number in page
    assert early.number in page
    for chosen in ([], ["nonsense"], [str(late.pk)]):
        assert receptionist.post(url("unpaid"), {"bookings": chosen}).status_code == 422
    with as_tenant(CHUO):
        assert not FeeNotice.objects.exists()


def test_what_goes_back_is_listed_until_it_is_handed_out(
    manager: Client, citizen: factories.Citizen, room: Room
) -> None:
    booking = cancelled(citizen, room)
    assert booking.number in manager.get(url("refunds")).content.decode()
    manager.post(url("refund_decide", booking.pk), {"percent": "90"})
    assert "2,250円" in manager.get(url("refunds")).content.decode()
    manager.post(url("refund_pay", only_refund().pk), {"pay-amount": "2250", "pay-method": "cash"})
    assert booking.number not in manager.get(url("refunds")).content.decode()


def test_a_permit_of_before_a_reduction_is_told_of_and_issued_anew_with_the_new_fee(
    manager: Client, receptionist: Client, citizen: factories.Citizen, room: Room
) -> None:
    booking = booked(citizen, room)
    with as_tenant(CHUO):
        permit(actor=CLERK, booking=booking.pk)
    assert "使用変更許可書を発行する" not in manager.get(url("booking", booking.pk)).content.decode()
    with as_tenant(CHUO):
        ask_for_reduction(actor=CLERK, booking=booking.pk, ground="support")
        confirm_evidence(actor=CLERK, booking=booking.pk)
        grant_reduction(actor=CLERK, booking=booking.pk)
    page = manager.get(url("booking", booking.pk)).content.decode()
    assert "発行した許可書の額（2,500円）と、今の額（1,250円）が違います" in page
    assert manager.post(url("permit_anew", booking.pk)).status_code == 302
    assert manager.post(url("permit_anew", booking.pk)).status_code == 409
    text = text_of(receptionist.post(url("document", booking.pk, "change")).content)
    for told in ("使用変更許可書", "変更前の利用料金", "2,500円", "変更後の利用料金", "1,250円", "減免の決定"):
        assert told in text
    assert "違います" not in manager.get(url("booking", booking.pk)).content.decode()
    with as_tenant(CHUO):
        change = Document.objects.get(kind="change")
        assert PaperMark.objects.filter(document=change, number=change.content["number"]).exists()
    assert change.content["opening"] == "使用の許可について、利用料金の額を次のとおり変更します。"
    assert change.content["check"]["code"] in text


@pytest.mark.parametrize("name", ["accounts", "unpaid", "refunds"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_as_many_statements_whatever_is_on_it(
    receptionist: Client, citizen: factories.Citizen, room: Room, name: str, number: int
) -> None:
    for left in range(15, 15 + number):
        (cancelled if name == "refunds" else booked)(citizen, room, left=left)
    span = f"?first={clock.today():%Y-%m-%d}&last={clock.today() + dt.timedelta(days=40):%Y-%m-%d}"
    with count_statements() as statements:
        assert receptionist.get(url(name) + (span if name == "accounts" else "")).status_code == 200
    assert statements.count <= 7, statements
