"""The roster on the pages: written and submitted at the facility, reviewed and granted at the city."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from apps.compliance.models.roster import RosterSubmission
from kernel import clock
from shared.staff.models import Role
from tests import factories
from tests.apps.compliance.rostering import (
    BODY,
    account_of,
    approved,
    drafted,
    entry,
    granted,
    people,
    rows_of,
    state_of,
    submitted,
)
from tests.shared.documents.pdf import page_words
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
CSV = "氏名,カナ,職名,所属法人,担当業務,使用端末,使用開始日,研修日"


@pytest.fixture
def officer(database: None) -> Client:
    """The browser of 情報政策."""
    return signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.SYSTEMS]))


@pytest.fixture
def department(database: None) -> Client:
    """The browser of 所管課."""
    return signed_in(client_at(settings.CITY_HOST), factories.department(CHUO, SPORTS))


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def typed(step: str, *persons: dict[str, object], version: int = 1) -> dict[str, object]:
    said: dict[str, object] = {"step": step, "people": str(len(persons)), "version": str(version)}
    given = {
        "name": "架空　新人",
        "kana": "カクウ　シンジン",
        "title": "事務員",
        "body": BODY,
        "roles": ["reception"],
        "starts_on": clock.today().isoformat(),
    }
    for place, person in enumerate(persons):
        said |= {f"p{place}-{name}": value for name, value in (given | person).items()}
    return said


def begun(manager: Client) -> str:
    address = manager.post("/office/roster/new/", {"kind": "first"}).headers["Location"]
    return str(address)


def test_a_roster_goes_from_the_facility_to_an_id_on_paper(
    manager: Client, department: Client, officer: Client
) -> None:
    page = begun(manager)
    assert manager.post(page, typed("submit", {})).headers["Location"] == "/office/roster/"
    with as_tenant(CHUO):
        submission = RosterSubmission.objects.get()
    city = f"/rosters/{submission.pk}/"
    assert "架空　新人" in text_of(department.get(city))
    assert department.post(city, {"step": "approve", "version": submission.version}).status_code == 302
    answer = officer.post(f"{city}grant/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    outside, inside = page_words(answer.content, 1), page_words(answer.content, 2)
    assert "架空新人様" in outside.replace("　", "")
    assert "a0001" not in outside
    assert "a0001" in inside
    assert state_of(submission.pk) == "approved"


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(manager: Client) -> None:
    page = begun(manager)
    answer = manager.post(page, typed("submit", {"kana": "漢字", "roles": []}))
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "カナで入力してください。" in shown
    assert "担当業務を1つ以上選択してください。" in shown
    assert "架空　新人" in shown
    with as_tenant(CHUO):
        assert RosterSubmission.objects.get().state == "draft"


def test_an_empty_roster_is_not_submitted(manager: Client) -> None:
    page = begun(manager)
    answer = manager.post(page, typed("submit", {"name": "", "kana": "", "title": ""}))
    assert answer.status_code == 422
    assert "使用者を1人以上入力してください。" in text_of(answer)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_file_fills_the_rows_and_tells_what_it_could_not_read(manager: Client, encoding: str) -> None:
    page = begun(manager)
    lines = [
        CSV,
        f"架空　一郎,カクウ　イチロウ,主事,{BODY},窓口・会計,1号,{clock.today():%Y/%m/%d},",
        f"架空　二郎,カクウ　ジロウ,主事,別の法人,窓口,1号,{clock.today():%Y/%m/%d},",
        "架空　三郎,カクウ",
        f"架空　四郎,カクウ　シロウ,主事,{BODY},社長,1号,令和99年1月1日x,",
    ]
    file = io.BytesIO("\r\n".join(lines).encode(encoding))
    file.name = "meibo.csv"
    answer = manager.post(page, typed("file", {"name": "手入力　花子"}) | {"file": file})
    assert answer.status_code == 422
    shown = text_of(answer)
    for told in (
        "手入力　花子",
        "架空　一郎",
        "架空　二郎",
        "架空　四郎",
        "4行目",
        "「別の法人」",
        "「社長」",
        "架空　三郎",
    ):
        assert told in shown
    assert "「令和99年1月1日x」は日付として読み取れません。" in shown


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"one column\r\nx\r\n", "氏名,年齢\r\nx,1\r\n".encode()]
)
def test_a_file_that_is_no_roster_is_refused_with_a_sentence(manager: Client, content: bytes) -> None:
    page = begun(manager)
    file = io.BytesIO(content)
    file.name = "x.csv"
    answer = manager.post(page, typed("file", {}) | {"file": file})
    assert answer.status_code == 422
    assert "error-summary" in text_of(answer)


def test_a_page_made_before_another_change_is_refused(manager: Client) -> None:
    page = begun(manager)
    assert manager.post(page, typed("save", {})).status_code == 302
    answer = manager.post(page, typed("save", {"name": "後の　人"}, version=1))
    assert answer.status_code == 409
    assert "後の　人" in text_of(answer)


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.ACCOUNTING, Role.CARD_OFFICER, Role.PRIVACY_OFFICER])
def test_only_the_facilitys_manager_writes_the_roster(desk_client: Callable[[str], Client], role: Role) -> None:
    other = signed_in(desk_client(CHUO), factories.clerk(roles=[role]))
    assert other.get("/office/roster/").status_code == 403
    assert other.post("/office/roster/new/").status_code == 403


def test_another_facility_sees_nothing_of_it(desk_client: Callable[[str], Client]) -> None:
    made = drafted(people())
    elsewhere = signed_in(desk_client(SPORTS), factories.clerk(SPORTS, roles=[Role.FACILITY_MANAGER]))
    assert elsewhere.get(f"/office/roster/{made}/").status_code == 404
    assert "架空　新人" not in text_of(elsewhere.get("/office/roster/"))


def test_a_draft_is_not_the_citys_business(department: Client) -> None:
    assert department.get(f"/rosters/{drafted(people())}/").status_code == 404


def test_who_reviews_gives_no_id_and_who_gives_ids_reviews_nothing(department: Client, officer: Client) -> None:
    made = submitted(people())
    assert officer.post(f"/rosters/{made}/", {"step": "approve", "version": "2"}).status_code == 403
    assert department.post(f"/rosters/{made}/grant/").status_code == 403
    assert state_of(made) == "submitted"


@pytest.mark.parametrize("role", [Role.AUDITOR])
def test_the_auditor_opens_no_roster(city_client: Client, role: Role) -> None:
    auditor = signed_in(city_client, factories.city_officer(roles=[role]))
    assert auditor.get("/rosters/").status_code == 403


def test_it_comes_back_with_the_reason_of_each_row(department: Client, manager: Client) -> None:
    made = submitted(people())
    [row] = rows_of(made)
    said = {"step": "return", "note": "", f"fault-{row.pk}": "所属法人を確認してください", "version": "3"}
    assert department.post(f"/rosters/{made}/", said).status_code == 302
    shown = text_of(manager.get(f"/office/roster/{made}/"))
    assert "市から差し戻されました" in shown
    assert "所属法人を確認してください" in shown


def test_a_slip_is_made_anew_for_the_chosen(officer: Client) -> None:
    made, [first, second] = granted(people(), entry(), entry("見本　次郎"))
    row = rows_of(made)[0]
    answer = officer.post(f"/rosters/{made}/slips/", {"row": str(row.pk)})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert not account_of(first.login_id).check_password(first.password)
    assert account_of(second.login_id).check_password(second.password)


def test_a_leaving_notice_stops_the_id_from_the_page(manager: Client) -> None:
    clerk = factories.clerk()
    page = f"/office/roster/people/{clerk.pk}/leaving/"
    assert manager.post(page, {"reason": ""}).status_code == 422
    assert account_of(clerk.login_id).is_active
    assert manager.post(page, {"reason": "退職のため"}).status_code == 302
    assert not account_of(clerk.login_id).is_active


def test_a_change_notice_waits_for_the_city(manager: Client, department: Client, officer: Client) -> None:
    clerk = factories.clerk()
    page = f"/office/roster/people/{clerk.pk}/change/"
    said = {"change": "role", "roles": ["accounting"], "reason": "配置換えのため", "title": "", "body": ""}
    assert manager.post(page, said).status_code == 302
    assert account_of(clerk.login_id).roles == ["reception"]
    with as_tenant(CHUO):
        made = RosterSubmission.objects.get()
    department.post(f"/rosters/{made.pk}/", {"step": "approve", "version": made.version})
    [row] = rows_of(made.pk)
    assert officer.post(f"/rosters/{made.pk}/rows/{row.pk}/carry-out/").status_code == 302
    assert account_of(clerk.login_id).roles == ["accounting"]


@pytest.mark.parametrize("number", [1, 4])
def test_the_facilitys_page_takes_the_same_statements_whatever_stands_on_it(manager: Client, number: int) -> None:
    who = people()
    for _ in range(number):
        granted(who)
    with count_statements() as statements:
        manager.get("/office/roster/")
    assert statements.count == 8


@pytest.mark.parametrize("number", [1, 4])
def test_the_citys_pages_take_the_same_statements_whatever_stands_on_them(officer: Client, number: int) -> None:
    for schema in (CHUO, SPORTS)[: min(number, 1)]:
        for _ in range(number):
            approved(people(schema), entry(), schema=schema)
    with count_statements() as statements:
        officer.get("/rosters/")
    assert statements.count == 6
    with count_statements() as statements:
        officer.get("/ids/")
    assert statements.count == 4


def test_the_city_suspends_an_id_with_a_reason(officer: Client) -> None:
    clerk = factories.clerk()
    page = f"/ids/chuo/{clerk.pk}/suspend/"
    assert officer.post(page, {"note": ""}).status_code == 422
    assert officer.post(page, {"note": "調査のため"}).status_code == 302
    assert account_of(clerk.login_id).suspended_why == "city"
