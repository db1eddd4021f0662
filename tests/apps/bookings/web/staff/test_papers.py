"""The desk's pages of documents: their words, print jobs, looking up a code."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.bookings.documents.data import PermitSheet
from apps.bookings.documents.stored import from_stored
from apps.bookings.models import Document, Facility, PaperOptions, PrintJob, TextVersion
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.wording_texts import BLOCKS, DOCUMENTS
from apps.bookings.services.print_jobs import make_waiting
from apps.bookings.web.staff.papers.words import DOCUMENTS as TITLES
from apps.bookings.web.staff.papers.words import PARTS, block_title
from kernel import clock
from kernel.wareki import format_date
from shared.audit.models import Action
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import audited
from tests.support.clients import signed_in
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
OPENING = "/settings/documents/permit/opening/"


@pytest.fixture
def manager(desk_client: Callable[[str], Client], freeze: Freeze) -> Client:
    freeze("2026-04-01 09:00")
    return signed_in(desk_client(CHUO), factories.clerk(CHUO, roles=[Role.FACILITY_MANAGER]))


@pytest.fixture
def place() -> Facility:
    return factories.facility()


def typed(text: str, **more: str) -> dict[str, str]:
    return {"text": text, "valid_from": "2026-05-01", "facility": "", "note": "", **more}


def words(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_every_document_and_part_has_its_word() -> None:
    assert set(TITLES) == set(DOCUMENTS)
    assert {block.part for block in BLOCKS.values()} == set(PARTS)
    assert all(block_title(block) for block in BLOCKS.values())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_has_its_page_and_its_sample(manager: Client, place: Facility, document: str) -> None:
    page = manager.get(f"/settings/documents/{document}/")
    assert page.status_code == 200
    assert "標準の文言" in page.content.decode()
    pdf = manager.post(f"/settings/documents/{document}/preview/", {"facility": str(place.pk)})
    assert (pdf.status_code, pdf.headers["Content-Type"], pdf.headers["Cache-Control"]) == (
        200,
        "application/pdf",
        "no-store",
    )


def test_new_words_are_shown_beside_the_old_ones_and_then_hold(manager: Client, place: Facility) -> None:
    shown = manager.post(OPENING, typed("{申請日}の申請を{根拠規定}により許可する。"))
    assert shown.status_code == 200
    assert "<del>" in shown.content.decode()
    with as_tenant(CHUO):
        assert not TextVersion.objects.exists()
    saved = manager.post(OPENING, typed("{申請日}の申請を{根拠規定}により許可する。", confirmed="1", note="規則改正"))
    assert saved.status_code == 302
    with as_tenant(CHUO):
        row = TextVersion.objects.get()
    assert (row.number, row.valid_from, row.note) == (2, dt.date(2026, 5, 1), "規則改正")
    assert "から第2版" in manager.get("/settings/documents/permit/").content.decode()
    assert len(audited(Action.CREATE, "text_version")) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "文言を入力してください。"),
        ("{氏名}様", "差込み「氏名」は、この文言では使えません。"),
        ("{施設名", "差込みの { と } の対応が正しくありません。"),
        ("あ" * 601, "1つの段落は600文字以内で入力してください。"),
        ("a\x00b", "目に見えない文字"),
        ("一\n二", "段落の数が合いません。"),
        ("あ" * 30_000, "全部で20000文字以内"),
    ],
)
@pytest.mark.parametrize("button", ["", "confirmed", "pdf"])
def test_words_that_do_not_fit_are_refused_beside_the_field(
    manager: Client, place: Facility, text: str, sentence: str, button: str
) -> None:
    answer = manager.post(OPENING, typed(text, **({button: "1"} if button else {})))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "2026-05-01" in page
    with as_tenant(CHUO):
        assert not TextVersion.objects.exists()


def test_a_day_that_is_over_is_refused(manager: Client, place: Facility) -> None:
    answer = manager.post(OPENING, typed("許可します。", valid_from="2026-03-31", confirmed="1"))
    assert (answer.status_code, "今日以後の日" in answer.content.decode()) == (422, True)


def test_what_is_typed_is_shown_as_pdf_with_invented_data_and_kept_nowhere(manager: Client, place: Facility) -> None:
    pdf = manager.post(OPENING, typed("#import とそのまま載る。", pdf="1"))
    text = words(pdf.content)
    assert "#importとそのまま載る。" in text
    assert "見本の会（架空）" in text
    with as_tenant(CHUO):
        assert not TextVersion.objects.exists()


def test_while_it_is_typed_it_is_shown_with_its_fields_filled_in(manager: Client, place: Facility) -> None:
    filled = manager.post(f"{OPENING}check/", typed("{施設名}を許可<b>します。")).content.decode()
    assert "架空市見本センターを許可&lt;b&gt;します。" in filled
    wrong = manager.post(f"{OPENING}check/", typed("{氏名}")).content.decode()
    assert "この文言では使えません" in wrong


def test_an_old_version_and_the_standard_can_be_gone_back_to(manager: Client, place: Facility) -> None:
    manager.post(OPENING, typed("はじめの言葉。", valid_from="2026-04-01", confirmed="1"))
    manager.post(OPENING, typed("つぎの言葉。", valid_from="2026-04-01", confirmed="1"))
    assert "つぎの言葉。</textarea>" in manager.get(OPENING).content.decode()
    assert "はじめの言葉。</textarea>" in manager.get(f"{OPENING}?from=2").content.decode()
    assert "次のとおり許可します。</textarea>" in manager.get(f"{OPENING}?from=1").content.decode()
    assert manager.get(f"{OPENING}?from=nonsense").status_code == 200


def test_what_has_not_begun_is_taken_back_and_nothing_else(manager: Client, place: Facility) -> None:
    manager.post(OPENING, typed("あとの言葉。", valid_from="2029-03-01", confirmed="1"))
    with as_tenant(CHUO):
        row = TextVersion.objects.get()
    assert manager.post(f"{OPENING}back/", {"version": str(row.pk)}).status_code == 302
    assert manager.post(f"{OPENING}back/", {"version": "nonsense"}).status_code == 302
    with as_tenant(CHUO):
        assert not TextVersion.objects.exists()


@pytest.mark.parametrize("path", ["nothing/", "permit/nothing/", "permit/nothing/check/"])
def test_what_no_document_has_is_not_found(manager: Client, path: str) -> None:
    answer = (
        manager.post(f"/settings/documents/{path}")
        if path.endswith("check/")
        else manager.get(f"/settings/documents/{path}")
    )
    assert answer.status_code == 404


def test_options_hold_from_their_day_and_are_told(manager: Client, place: Facility) -> None:
    path = f"/settings/documents/options/{place.pk}/"
    said = {"valid_from": "2026-05-01", "one_sheet": "on", "approvals": "館長・係長 ・係"}
    assert manager.post(path, said).status_code == 302
    with as_tenant(CHUO):
        row = PaperOptions.objects.get()
    assert (row.one_sheet, row.with_reduction, row.approvals) == (True, False, ["館長", "係長", "係"])
    assert "決裁欄：館長・係長・係" in manager.get(path).content.decode()
    for wrong in ({"approvals": "・".join("あ" * 7)}, {"approvals": "あ" * 11}, {"valid_from": "2026-03-01"}):
        assert manager.post(path, {**said, **wrong}).status_code == 422


def test_a_clerk_words_nothing_and_nobody_words_for_another_tenant(
    manager: Client, desk_client: Callable[[str], Client], place: Facility
) -> None:
    clerk = signed_in(desk_client(CHUO), factories.clerk(CHUO))
    assert clerk.post(OPENING, typed("許可します。", confirmed="1")).status_code == 403
    other = factories.facility(SPORTS)
    assert manager.post(OPENING, typed("x", facility=str(other.pk), confirmed="1")).status_code == 422
    assert manager.get(f"/settings/documents/options/{other.pk}/").status_code == 404


def test_a_clerk_orders_many_sees_how_far_it_is_and_opens_the_file_once(desk: Client) -> None:
    bookings = [factories.permitted_booking() for _ in range(3)]
    page = desk.get("/prints/").content.decode()
    assert all(one.number in page for one in bookings)
    answer = desk.post("/prints/", {"booking": [str(one.pk) for one in bookings[:2]], "shown": []})
    path = answer.headers["Location"]
    assert "2件のうち0件" in desk.get(path).content.decode()
    part = desk.get(path, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="progress"')
    with as_tenant(CHUO):
        make_waiting()
    assert desk.get(path, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "ファイルは1度だけ開けます。" in desk.get(path).content.decode()
    file = desk.post(f"{path}file/")
    assert (file.headers["Content-Type"], file.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert len(PdfReader(io.BytesIO(file.content)).pages) == 2
    assert desk.post(f"{path}file/").status_code == 409
    left = desk.get("/prints/").content.decode()
    assert [one.number in left for one in bookings] == [False, False, True]


def test_all_that_is_shown_is_ordered_by_one_button(desk: Client) -> None:
    bookings = [factories.permitted_booking() for _ in range(2)]
    said = {"shown": [str(one.pk) for one in bookings], "all": "1"}
    assert desk.post("/prints/", said).status_code == 302
    with as_tenant(CHUO):
        assert PrintJob.objects.get().items.count() == 2


def test_only_what_was_permitted_today_where_that_is_asked_for(desk: Client, freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    before = factories.permitted_booking()
    freeze("2026-04-02 09:00")
    today = factories.permitted_booking()
    page = desk.get("/prints/?permitted=today").content.decode()
    assert (before.number in page, today.number in page) == (False, True)


@pytest.mark.parametrize("said", [{}, {"booking": "nonsense"}, {"booking": str(UUID(int=7))}, {"all": "1"}])
def test_nothing_chosen_is_told(desk: Client, said: dict[str, str]) -> None:
    factories.permitted_booking()
    answer = desk.post("/prints/", said)
    assert (answer.status_code, "印刷する許可書を選択してください。" in answer.content.decode()) == (422, True)


def test_a_job_is_called_off_and_anothers_is_not_found(desk: Client, desk_client: Callable[[str], Client]) -> None:
    booking = factories.permitted_booking()
    path = desk.post("/prints/", {"booking": str(booking.pk)}).headers["Location"]
    other = signed_in(desk_client(CHUO), factories.clerk(CHUO))
    assert other.get(path).status_code == 404
    assert other.post(f"{path}file/").status_code == 404
    assert other.post(f"{path}call-off/").status_code == 404
    assert desk.post(f"{path}call-off/").status_code == 302
    assert desk.post(f"{path}call-off/").status_code == 409


def test_the_list_costs_the_same_for_one_and_for_three(desk: Client) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            factories.permitted_booking()
        with count_statements() as made:
            desk.get("/prints/")
        counts.append(made.count)
    assert counts[0] == counts[1]


def code_of_permit() -> str:
    factories.permitted_booking()
    with as_tenant(CHUO):
        check = from_stored(PermitSheet, Document.objects.latest("serial").content).check
    assert check is not None
    return check.code


def test_the_portal_and_the_desk_tell_of_a_document_and_of_no_person(portal_client: Client, desk: Client) -> None:
    code = code_of_permit()
    for client in (portal_client, desk):
        page = client.get("/verify/", {"code": code.lower().replace("-", " ")}).content.decode()
        assert "架総福セ指令第1号" in page
        assert "この文書は、現在も有効です。" in page
        for private in ("朗読", "会議", "様", "0476"):
            assert private not in page.split("<main")[1].split("</main>")[0].replace("様式", "").replace("会議室", "")


@pytest.mark.parametrize("code", ["0" * 24, "x", "あ" * 24, "'; DROP TABLE--", "{{7*7}}"])
def test_a_wrong_code_is_told_beside_its_field_and_kept_there(portal_client: Client, code: str) -> None:
    answer = portal_client.get("/verify/", {"code": code})
    assert answer.status_code == 404
    assert "この確認番号は正しくありません。" in answer.content.decode()


def test_without_a_code_there_is_only_the_form(portal_client: Client) -> None:
    assert portal_client.get("/verify/").status_code == 200
    assert portal_client.get("/verify/", {"code": ""}).status_code == 422
    assert portal_client.get("/verify/", {"code": "0" * 5000}).status_code == 422


def test_anybody_gets_the_blank_application(portal_client: Client, desk: Client, place: Facility) -> None:
    for client, path in (
        (portal_client, f"/places/{CHUO}/forms/{place.pk}/application/"),
        (desk, f"/forms/{place.pk}/application/"),
    ):
        pdf = client.get(path)
        assert pdf.status_code == 200
        assert f"架空市{place.name}使用許可申請書" in words(pdf.content)
    assert portal_client.get(f"/places/{SPORTS}/forms/{place.pk}/application/").status_code == 404


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("confirmation", "予約内容確認票"),
        ("change_application", "使用変更許可申請書"),
        ("giving_up", "使用取消届"),
        ("reduction_application", "減免申請書"),
    ],
)
def test_a_citizen_and_the_desk_print_the_forms_of_a_booking(
    portal_client: Client, desk: Client, form: str, text: str
) -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.permitted_booking(citizen)
    mine = signed_in(portal_client, citizen.account)
    assert text in mine.get(f"/places/{CHUO}/bookings/{booking.pk}/").content.decode() or form == "confirmation"
    pdf = mine.post(f"/places/{CHUO}/bookings/{booking.pk}/forms/{form}/")
    assert (pdf.status_code, "no-store" in pdf.headers["Cache-Control"]) == (200, True)
    for content in (pdf.content, desk.post(f"/bookings/{booking.pk}/documents/{form}/").content):
        assert text in words(content)
        assert booking.number in words(content)
    assert {entry.detail["form"] for entry in audited(Action.PRINT, "booking")} == {form}
    other = signed_in(portal_client, factories.citizen_with_registration().account)
    assert other.post(f"/places/{CHUO}/bookings/{booking.pk}/forms/{form}/").status_code == 404


def test_the_confirmation_says_by_when_the_fee_is_paid(desk: Client) -> None:
    room = factories.meeting_room()
    factories.terms(room.facility, payment=DueTerms("before_use", days=7))
    fee_tables(room)
    booking = factories.permitted_booking(room=room, day=clock.today() + dt.timedelta(days=20))
    printed = words(desk.post(f"/bookings/{booking.pk}/documents/confirmation/").content)
    due = booking.day - dt.timedelta(days=7)
    assert f"支払期限{format_date(due)}" in printed.replace(" ", "").replace("\n", "")


def test_a_use_that_was_given_up_has_its_approval_and_no_confirmation(desk: Client) -> None:
    booking = factories.permitted_booking()
    desk.post(f"/bookings/{booking.pk}/cancel/", {"reason": "申出による", "cause": "own", "version": booking.version})
    text = words(desk.post(f"/bookings/{booking.pk}/documents/given_up/").content)
    assert "使用取消承認通知書" in text
    assert "許可書の番号架総福セ指令第1号" in text
    assert "架総福セ指令第2号" in text
    assert desk.post(f"/bookings/{booking.pk}/documents/confirmation/").status_code == 404
    waiting = factories.booking_awaiting_permit()
    desk.post(f"/bookings/{waiting.pk}/cancel/", {"reason": "申出による", "cause": "own", "version": waiting.version})
    assert desk.post(f"/bookings/{waiting.pk}/documents/given_up/").status_code == 404
