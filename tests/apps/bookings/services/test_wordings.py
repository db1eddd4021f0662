"""Versions of texts: from when they hold, whose go first, what a document keeps, and what nobody changes."""

from __future__ import annotations

import datetime as dt
import io

import psycopg
import pytest
from psycopg import errors
from pypdf import PdfReader

from apps.bookings.documents.money import RefundSheet
from apps.bookings.documents.render import refund_pdf
from apps.bookings.documents.stored import from_stored
from apps.bookings.models import Booking, Document, DocumentKind, Facility, PaymentMethod, TextVersion
from apps.bookings.paper_errors import WordingHoldsError, WordingInPastError
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.papers import Options, wording_on
from apps.bookings.rules.wording_texts import BLOCKS, DOCUMENTS
from apps.bookings.services.decide import permit, refuse
from apps.bookings.services.displacement.choosing import Choice
from apps.bookings.services.displacement.notices import print_notice, print_notices
from apps.bookings.services.fees.payment_sheet import print_payment_notice
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refund_printing import print_claim
from apps.bookings.services.fees.refunding import decide_refund
from apps.bookings.services.printing import print_document
from apps.bookings.services.samples import sample
from apps.bookings.services.wordings import enter_text, set_options, take_back_text
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.displacement.acts import carried_out, chosen, hit_of, looked_for
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")
TODAY = dt.date(2026, 4, 1)
HOSTILE = '#import "@preview/x:1.0.0": * ] $x$ *b* <l> #(1/0) \\ // \u201d' + "あ" * 300


@pytest.fixture(autouse=True)
def spring(freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_version_holds_from_its_day_on_and_the_standard_until_then() -> None:
    place = factories.facility()
    with as_tenant(CHUO):
        enter_text(actor=STAFF, key="permit.opening", text="新しい前文。", valid_from=dt.date(2026, 5, 1))
        before, after = wording_on(dt.date(2026, 4, 30), place.pk), wording_on(dt.date(2026, 5, 1), place.pk)
    assert before.chosen("permit.opening").paragraphs == BLOCKS["permit.opening"].standard
    assert (after.chosen("permit.opening").paragraphs, after.chosen("permit.opening").number) == (("新しい前文。",), 2)


def test_a_facilitys_own_goes_before_the_one_for_all_and_the_later_entry_before_the_earlier() -> None:
    mine, other = factories.facility(), factories.facility()
    with as_tenant(CHUO):
        enter_text(actor=STAFF, key="common.seal", text="（施設）", valid_from=TODAY, facility=mine.pk)
        for text in ("（全部）", "（あとから）"):
            enter_text(actor=STAFF, key="common.seal", text=text, valid_from=TODAY)
        assert wording_on(TODAY, mine.pk).chosen("common.seal").paragraphs == ("（施設）",)
        assert wording_on(TODAY, other.pk).chosen("common.seal").paragraphs == ("（あとから）",)


def test_a_version_never_begins_in_the_past_and_one_that_holds_is_not_taken_back() -> None:
    with as_tenant(CHUO):
        with pytest.raises(WordingInPastError):
            enter_text(actor=STAFF, key="common.seal", text="（印）", valid_from=dt.date(2026, 3, 31))
        row = enter_text(actor=STAFF, key="common.seal", text="（印）", valid_from=TODAY)
        with pytest.raises(WordingHoldsError):
            take_back_text(actor=STAFF, version=row.pk)
        coming = enter_text(actor=STAFF, key="common.seal", text="（印）", valid_from=dt.date(2999, 1, 1))
        take_back_text(actor=STAFF, version=coming.pk)
        assert list(TextVersion.objects.values_list("number", flat=True)) == [2]


def test_the_database_lets_nobody_change_a_version_or_delete_one_in_use(superuser: psycopg.Connection) -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        used = enter_text(actor=STAFF, key="permit.opening", text="許可します。", valid_from=TODAY)
        permit(actor=STAFF, booking=booking.pk)
        assert Document.objects.get().texts == [used.pk]
    for statement in (
        "DELETE FROM chuo.bookings_textversion",
        "UPDATE chuo.bookings_textversion SET paragraphs = '{x}'",
        "UPDATE chuo.bookings_papermark SET issuer = 'x'",
    ):
        with pytest.raises(errors.CheckViolation):
            superuser.execute(statement)
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, pytest.raises(errors.InsufficientPrivilege):
        desk.execute("UPDATE bookings_textversion SET paragraphs = '{x}'")


def test_a_document_keeps_the_words_it_was_made_with() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        permit(actor=STAFF, booking=booking.pk)
        enter_text(actor=STAFF, key="permit.opening", text="あとの言葉。", valid_from=TODAY)
        text = words(print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.PERMIT))
    assert "次のとおり許可します。" in text
    assert "あとの言葉。" not in text


def test_what_is_typed_is_set_as_text_and_never_as_markup() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        for key in ("permit.opening", "permit.conditions", "permit.back"):
            enter_text(actor=STAFF, key=key, text=HOSTILE, valid_from=TODAY)
        enter_text(actor=STAFF, key="permit.title", text="#strong[{施設名}]$^2$", valid_from=TODAY)
        permit(actor=STAFF, booking=booking.pk)
        text = words(print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.PERMIT))
    assert text.count('#import"@preview/x:1.0.0":*]$x$*b*') == 3
    assert f"#strong[架空市{booking.room.facility.name}]$^2$" in text


def test_a_refusal_names_the_ground_and_the_court_in_the_words_that_hold() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        enter_text(actor=STAFF, key="grounds.management", text="第９条第１号\n管理に差し支えるとき。", valid_from=TODAY)
        enter_text(actor=STAFF, key="instruction.manager", text="{市長}に申し立て、{被告}を訴える。", valid_from=TODAY)
        refuse(actor=STAFF, booking=booking.pk, reason="点検のため")
        text = words(print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.REFUSAL))
    assert "条例第９条第１号（管理に差し支えるとき。）" in text
    assert "架空市長に申し立て、架空市社協・見本会共同事業体を訴える。" in text


def test_one_sheet_bears_application_and_permit_and_full_width_dates() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        options = Options(one_sheet=True, wide_numerals=True, approvals=("館長", "係長", "係"))
        set_options(actor=STAFF, facility=booking.room.facility_id, valid_from=TODAY, options=options)
        permit(actor=STAFF, booking=booking.pk)
        text = words(print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.PERMIT))
        again = words(print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.PERMIT))
    assert "使用許可申請書兼許可書" in text
    assert "令和８年４月１日" in text
    assert "館長係長係" in text
    assert text.index("申請します。") < text.index("次のとおり許可します。")
    assert "再交付（第1回）" in again


def test_a_permit_without_conditions_instructs_only_where_the_facility_says_so() -> None:
    first, second = factories.booking_awaiting_permit(), factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        enter_text(actor=STAFF, key="permit.conditions", text="", valid_from=TODAY)
        permit(actor=STAFF, booking=first.pk)
        options = Options(always_instructs=True)
        set_options(actor=STAFF, facility=second.room.facility_id, valid_from=TODAY, options=options)
        permit(actor=STAFF, booking=second.pk)
        printed = [
            words(print_document(actor=STAFF, booking=one.pk, kind=DocumentKind.PERMIT)) for one in (first, second)
        ]
    assert ["（教示）" in text for text in printed] == [False, True]


def paid_and_refused() -> Booking:
    """A booking of which 500円 came in before it was refused."""
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(), room)
    with as_tenant(CHUO):
        receive(actor=STAFF, booking=booking.pk, amount=500, method=PaymentMethod.CASH)
        refuse(actor=STAFF, booking=booking.pk, reason="点検のため")
    return booking


def test_a_claim_for_a_refund_keeps_its_words_and_is_one_page(superuser: psycopg.Connection) -> None:
    booking = paid_and_refused()
    own = {"title": "{料金名}の返還請求書", "notes": "手書きで。", "received": "{施設名}で受領した。"}
    with as_tenant(CHUO):
        used = [enter_text(actor=STAFF, key=f"refund.{part}", text=own[part], valid_from=TODAY) for part in own]
        refund = decide_refund(actor=STAFF, booking=booking.pk)
        enter_text(actor=STAFF, key="refund.title", text="あとの表題", valid_from=TODAY)
        pdf = print_claim(actor=STAFF, refund=refund.pk)
    text = words(pdf)
    assert set(refund.texts) == {one.pk for one in used}
    assert "利用料金の返還請求書" in text
    assert f"手書きで。※受領（窓口）架空市{booking.room.facility.name}で受領した。" in text
    assert refund.content["check"]["code"] in text
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    with pytest.raises(errors.CheckViolation):
        superuser.execute("DELETE FROM chuo.bookings_textversion WHERE id = %s", [used[0].pk])


def test_a_version_that_a_claim_was_made_with_stays_whatever_its_day(superuser: psycopg.Connection) -> None:
    booking = paid_and_refused()
    with as_tenant(CHUO):
        decide_refund(actor=STAFF, booking=booking.pk)
        used, free = (
            enter_text(actor=STAFF, key="refund.title", text="請求書", valid_from=dt.date(2999, 1, 1)) for _ in range(2)
        )
    superuser.execute("UPDATE chuo.bookings_refund SET texts = ARRAY[%s]", [used.pk])
    with pytest.raises(errors.CheckViolation):
        superuser.execute("DELETE FROM chuo.bookings_textversion WHERE id = %s", [used.pk])
    superuser.execute("DELETE FROM chuo.bookings_textversion WHERE id = %s", [free.pk])


def test_a_version_that_a_notice_was_made_with_stays_whatever_its_day(superuser: psycopg.Connection) -> None:
    room = factories.meeting_room()
    factories.permitted_booking(room=room)
    with as_tenant(CHUO):
        looked_for(room)
        used = enter_text(actor=STAFF, key="moved.title", text="変更", valid_from=dt.date(2999, 1, 1))
    superuser.execute("UPDATE chuo.bookings_displacementhit SET texts = ARRAY[%s]", [used.pk])
    with pytest.raises(errors.CheckViolation):
        superuser.execute("DELETE FROM chuo.bookings_textversion WHERE id = %s", [used.pk])


def test_a_claim_from_before_it_had_words_is_printed_as_it_was() -> None:
    booking = paid_and_refused()
    with as_tenant(CHUO):
        refund = decide_refund(actor=STAFF, booking=booking.pk)
    for later in ("notes", "received", "words", "check"):
        del refund.content[later]
    text = words(refund_pdf(from_stored(RefundSheet, refund.content)))
    assert refund.content["title"] in text
    assert "振込先は、請求する方が手書きで記入してください。" in text
    assert "上記の金額を受け取りました。" in text


def test_the_notice_to_pay_is_in_the_words_of_the_day() -> None:
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(), room)
    own = {"title": "お支払いのご案内", "place": "{施設名}１階", "slip": "払込票", "notes": "現金でお願いします。"}
    with as_tenant(CHUO):
        before = words(print_payment_notice(actor=STAFF, booking=desk_booking(booking.pk)))
        for part, text in own.items():
            enter_text(actor=STAFF, key=f"payment.{part}", text=text, valid_from=TODAY)
        pdf = print_payment_notice(actor=STAFF, booking=desk_booking(booking.pk))
    place = f"架空市{room.facility.name}"
    standard = (
        f"{place}利用料金納入通知書兼納付書",
        f"{place}の窓口",
        "納付書（窓口へお出しください。）",
        "（公印省略）",
    )
    assert [one for one in standard if one not in before] == []
    told = ("お支払いのご案内", f"{place}１階", "払込票", "現金でお願いします。")
    assert [one for one in told if one not in words(pdf)] == []
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_a_notice_of_a_public_use_keeps_its_words_alone_and_among_others() -> None:
    room = factories.meeting_room()
    other = factories.meeting_room(at=room.facility, reception="tentative")
    permitted, reserved = factories.permitted_booking(room=room), factories.booking_awaiting_permit(room=other)
    own = {"taken_back.title": "取消しのお知らせ", "taken_back.reserved_title": "仮の予約の取消し"}
    with as_tenant(CHUO):
        used = {key: enter_text(actor=STAFF, key=key, text=own[key], valid_from=TODAY) for key in own}
        found = looked_for(room, other)
        chosen(found, a=(permitted, Choice("cancel")), b=(reserved, Choice("cancel")))
        carried_out(found)
        enter_text(actor=STAFF, key="taken_back.title", text="あとの表題", valid_from=TODAY)
        one = words(print_notice(actor=STAFF, displacement=found.pk, hit=hit_of(found, permitted).pk))
        both = words(print_notices(actor=STAFF, displacement=found.pk))
        assert set(hit_of(found, permitted).texts) == {row.pk for row in used.values()}
    assert "取消しのお知らせ" in one
    assert "次の使用の許可を、下記の公用のため取り消したので通知します。" in one
    assert [text in both for text in ("取消しのお知らせ", "仮の予約の取消し", "あとの表題")] == [True, True, False]
    assert both.count("確認番号") >= 2


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("change.fee_opening", "の額を次のとおり変更します。"),
        ("moved.applied_title", "使用申請変更通知書"),
        ("taken_back.reserved_opening", "仮予約取消通知書"),
    ],
)
def test_the_variant_that_is_reworded_is_the_one_that_is_shown(key: str, shown: str) -> None:
    place = factories.facility()
    with as_tenant(CHUO):
        found = Facility.objects.get(pk=place.pk)
        pdf = sample(document=BLOCKS[key].document, facility=found, changed={key: BLOCKS[key].standard}, on=TODAY)
    assert shown in words(pdf)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_is_shown_with_invented_data(document: str) -> None:
    place = factories.facility()
    with as_tenant(CHUO):
        found = Facility.objects.get(pk=place.pk)
        pdf = sample(document=document, facility=found, changed={}, on=TODAY)
    text = words(pdf)
    assert "見本" in text
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 3
