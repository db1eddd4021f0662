"""Persons' data leave as a file by one way only: asked, approved by somebody else, made, fetched once, destroyed."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from apps.compliance.models.exports import ExportRequest
from apps.compliance.queries.exports import exports_of_person, waiting_tenants
from apps.compliance.tasks import make_exports, sweep_exports
from apps.registrants.models import Registrant
from shared.audit.models import Action, AuditEntry
from shared.staff.models import Role, StaffAccount
from shared.terminals import TERMINAL_COOKIE
from shared.vault.models import VaultFile
from shared.vault.tasks import destroy_files
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.apps.compliance.exporting import WISH, asked, decided, fetched, made, now_of
from tests.support.clients import client_at, signed_in
from tests.support.entrance import terminal
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual(family_name="架空", given_name="花子", address="架空市見本町2番地")


def test_a_request_is_counted_approved_made_and_fetched_once(manager: Client, city: Client, person: Registrant) -> None:
    factories.group(state="closed")
    request = made(manager, city)
    assert (now_of(request).expected, now_of(request).made_count) == (1, 1)
    answer = fetched(manager, request)
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("管理番号,MD2026-0001,作成日時,2026-05-01 10:00,人数,1,")
    assert lines[1:] == ["登録番号,氏名（姓）,氏名（名）,住所", f"{person.number},架空,花子,架空市見本町2番地"]
    assert answer["Content-Disposition"] == 'attachment; filename="MD2026-0001.csv"'
    assert answer["Cache-Control"] == "no-store"
    assert fetched(manager, request).status_code == 409
    with as_tenant(CHUO):
        assert VaultFile.objects.get().content is None


def test_a_page_that_waits_is_loaded_anew_once_the_file_is_there(
    manager: Client, city: Client, person: Registrant
) -> None:
    page = f"/office/exports/{made(manager, city)}/"
    assert manager.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "<h1" in manager.get(page).content.decode()


def test_every_step_is_audited_with_its_count_and_no_name(manager: Client, city: Client, person: Registrant) -> None:
    request = made(manager, city)
    fetched(manager, request)
    acts = [(one.detail["act"], one.detail["count"], one.object_id) for one in audited(Action.EXPORT, "export")]
    assert acts == [("fetch", 1, str(request)), ("make", 1, str(request)), ("ask", 1, str(request))]
    with as_city():
        [decision] = AuditEntry.objects.filter(action=Action.EXPORT)
    assert (decision.detail["act"], decision.detail["tenant"]) == ("approved", CHUO)


def test_who_exported_me_can_be_answered(manager: Client, city: Client, person: Registrant) -> None:
    request = made(manager, city)
    stranger = factories.group(state="closed")
    with as_tenant(CHUO):
        assert [line.request.pk for line, _held in exports_of_person(person.pk)] == [request]
        assert exports_of_person(stranger.pk) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"purpose": ""}, "持出しの目的を選択してください。"),
        ({"note": "郵送"}, "具体的な理由は5文字以上で入力してください。"),
        ({"note": "0476000123の方に送る"}, "理由は記録に残ります。電話番号や登録番号は書かないでください。"),
        ({"fields_wanted": []}, "持ち出す項目を選択してください。"),
        ({"fields_wanted": ["kana_key"]}, "持ち出す項目を選択してください。"),
        ({"sensitive": ["birth_date"]}, "生年月日と緊急連絡先は、それがないと目的を果たせない理由を入力してください。"),
        (
            {"until_from": "2026-05-01", "until_to": "2026-04-01"},
            "有効期限の終わりの日は、始めの日以後にしてください。",
        ),
        ({"states": ["expired"]}, "この条件に合う人はいません。条件を確かめてください。"),
        ({"encoding": "ebcdic"}, "文字コードを選択してください。"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_asked(
    manager: Client, person: Registrant, wrong: dict[str, object], told: str
) -> None:
    answer = manager.post("/office/exports/new/", WISH | wrong)
    assert answer.status_code == 422
    assert told in text_of(answer)
    with as_city():
        assert not ExportRequest.objects.exists()


def test_birth_date_and_contacts_leave_with_a_reason_alone(manager: Client, city: Client, person: Registrant) -> None:
    factories.emergency_contact(person)
    request = made(
        manager,
        city,
        fields_wanted=["number"],
        sensitive=["birth_date", "emergency_contacts"],
        sensitive_reason="年齢ごとに案内の文が異なるため",
    )
    lines = fetched(manager, request).content.decode("utf-8-sig").splitlines()
    assert lines[2] == f"{person.number},1950-04-01,架空　花子（）0476-00-0009"


def test_what_is_not_approved_is_never_made(manager: Client, city: Client, person: Registrant) -> None:
    request = asked(manager)
    make_exports(CHUO)
    assert now_of(request).outcome == ""
    assert decided(city, request, decision="refused", condition="目的が分からないため").status_code == 302
    make_exports(CHUO)
    assert fetched(manager, request).status_code == 409
    assert "目的が分からないため" in text_of(manager.get(f"/office/exports/{request}/"))


def test_a_refusal_needs_its_reason(manager: Client, city: Client, person: Registrant) -> None:
    answer = decided(city, asked(manager), decision="refused")
    assert answer.status_code == 422
    assert "承認しない理由を入力してください。" in text_of(answer)


def test_whoever_asked_cannot_decide(manager: Client, city: Client, officer: StaffAccount, person: Registrant) -> None:
    request = asked(manager)
    with as_owner():
        StaffAccount.objects.using("owner").filter(pk=officer.pk).update(name="架空 窓口")
    answer = decided(city, request)
    assert answer.status_code == 403
    assert "申請した本人は決定できません。" in text_of(answer)
    assert now_of(request).decision == ""


def test_a_decision_is_made_once(manager: Client, city: Client, person: Registrant) -> None:
    request = asked(manager)
    decided(city, request)
    assert decided(city, request, decision="refused", condition="やはりやめる").status_code == 409
    assert now_of(request).decision == "approved"


def test_numbers_have_no_gaps_over_facilities_and_begin_anew_in_april(
    manager: Client, city: Client, person: Registrant, freeze: Freeze
) -> None:
    numbers = []
    for _ in range(2):
        request = asked(manager)
        decided(city, request)
        numbers.append((now_of(request).fiscal_year, now_of(request).serial))
        refused = asked(manager)
        decided(city, refused, decision="refused", condition="目的が足りないため")
    freeze("2027-04-01 10:00")
    last = asked(signed_in(manager, factories.clerk(roles=[Role.FACILITY_MANAGER])))
    decided(signed_in(city, factories.city_officer()), last)
    assert [*numbers, (now_of(last).fiscal_year, now_of(last).serial)] == [(2026, 1), (2026, 2), (2027, 1)]


def test_more_or_fewer_people_than_agreed_are_not_exported(manager: Client, city: Client, person: Registrant) -> None:
    within, beyond = asked(manager), asked(manager)
    decided(city, within, margin="1")
    decided(city, beyond, margin="0")
    factories.individual()
    make_exports(CHUO)
    assert [now_of(one).outcome for one in (within, beyond)] == ["made", "differs"]
    with as_tenant(CHUO):
        assert VaultFile.objects.count() == 1


def test_what_a_code_page_lacks_is_marked_and_told(manager: Client, city: Client) -> None:
    factories.individual(family_name="𠮷田", address="=HYPERLINK(1)")
    request = made(manager, city, encoding="cp932")
    assert "〓になっています。　𠮷" in text_of(manager.get(f"/office/exports/{request}/"))
    lines = fetched(manager, request).content.decode("cp932").splitlines()
    assert lines[2].endswith(",〓田,太郎,'=HYPERLINK(1)")


def test_nobody_else_fetches_and_nobody_fetches_late(
    manager: Client, city: Client, person: Registrant, freeze: Freeze
) -> None:
    request = made(manager, city)
    other = signed_in(client_at(f"{CHUO}.localhost"), factories.clerk(roles=[Role.PRIVACY_OFFICER]))
    assert fetched(other, request).status_code == 410
    assert [one.detail["why"] for one in audited(Action.DENIED, "export")] == ["vault_file_gone"]
    freeze("2026-05-02 10:00")
    destroy_files(CHUO)
    again = signed_in(manager, factories.clerk(roles=[Role.FACILITY_MANAGER]))
    assert fetched(again, request).status_code == 410
    assert "期限切れ・廃棄済み" in text_of(again.get(f"/office/exports/{request}/"))


def test_where_a_facility_has_terminals_the_file_is_fetched_from_one(
    manager: Client, city: Client, person: Registrant
) -> None:
    request = made(manager, city)
    registered, token = terminal()
    answer = fetched(manager, request)
    assert answer.status_code == 403
    assert "登録された端末からだけ受け取れます。" in text_of(answer)
    manager.cookies[TERMINAL_COOKIE] = token
    assert fetched(manager, request).status_code == 200
    with as_tenant(CHUO):
        assert VaultFile.objects.get().fetched_terminal == registered.pk
    [entry] = [one for one in audited(Action.EXPORT, "export") if one.detail["act"] == "fetch"]
    assert (entry.terminal, entry.persons) == (registered.pk, [person.pk])


def test_giving_up_destroys_the_file(manager: Client, city: Client, person: Registrant) -> None:
    request = made(manager, city)
    assert manager.post(f"/office/exports/{request}/withdraw/").status_code == 302
    with as_tenant(CHUO):
        file = VaultFile.objects.get()
    assert (file.content, file.destroyed_why) == (None, "withdrawn")
    assert manager.post(f"/office/exports/{request}/withdraw/").status_code == 409


def test_a_worker_that_died_is_followed_by_another_and_one_file_is_made(
    manager: Client, city: Client, person: Registrant
) -> None:
    request = asked(manager)
    decided(city, request)
    with as_tenant(CHUO):
        ExportRequest.objects.filter(pk=request).update(outcome="making", rows_done=1)
    make_exports(CHUO)
    make_exports(CHUO)
    assert now_of(request).outcome == "made"
    with as_tenant(CHUO):
        assert VaultFile.objects.count() == 1


def test_the_sweep_finds_who_waits(manager: Client, city: Client, person: Registrant) -> None:
    sweep_exports()
    request = asked(manager)
    decided(city, request)
    with as_city():
        assert waiting_tenants() == [CHUO]


@pytest.mark.parametrize("page", ["", "new/", "{}/", "{}/fetch/", "{}/withdraw/"])
def test_the_counter_may_not_even_see_it(receptionist: Client, page: str) -> None:
    address = f"/office/exports/{page.format(uuid.uuid4())}"
    assert receptionist.get(address).status_code == 403
    assert receptionist.post(address).status_code == 403


def test_another_facility_sees_nothing_of_it(manager: Client, city: Client, person: Registrant) -> None:
    request = made(manager, city)
    other = signed_in(client_at(f"{BUNKA}.localhost"), factories.clerk(BUNKA, roles=[Role.FACILITY_MANAGER]))
    assert other.get(f"/office/exports/{request}/").status_code == 404
    assert fetched(other, request).status_code == 404
    assert str(request) not in text_of(other.get("/office/exports/"))


def test_an_auditor_of_the_city_does_not_decide(manager: Client, city_client: Client, person: Registrant) -> None:
    request = asked(manager)
    auditor = signed_in(city_client, factories.city_officer(roles=[Role.AUDITOR]))
    assert decided(auditor, request).status_code == 403


def test_the_lists_take_as_many_statements_for_three_as_for_one(
    manager: Client, city: Client, person: Registrant
) -> None:
    asked(manager)
    counts = []
    for _ in range(2):
        for client, address in ((manager, "/office/exports/"), (city, "/exports/")):
            with count_statements() as statements:
                assert client.get(address).status_code == 200
            counts.append(statements.count)
        asked(manager)
        asked(manager)
    assert counts[:2] == counts[2:]
