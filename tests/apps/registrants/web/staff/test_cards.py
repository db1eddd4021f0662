"""Cards at the desk: apply, check, issue, print, hand over, replace, end; the register; and who may not."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.registrants.models import Card, CardIssue, CardState, IdentityCheck
from apps.registrants.services.cards.print_jobs import make_waiting_sheets
from kernel import clock
from kernel.wareki import fiscal_year
from shared.audit.models import Action
from shared.staff.models import Role, StaffAccount
from tenants.scope import OWNER
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.apps.registrants.services.cards.making import (
    fresh,
    group_issued,
    listed,
    prints_of,
    senior_applied,
    senior_checked,
    senior_held,
    senior_issued,
    somebody,
)
from tests.shared.documents.pdf import reader, words
from tests.support.clients import signed_in
from tests.support.scopes import as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture
def officer(desk_client: Callable[[str], Client]) -> Client:
    return signed_in(desk_client(CHUO), factories.card_officer())


@pytest.fixture
def receptionist(desk_client: Callable[[str], Client]) -> Client:
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))


def do(client: Client, card: Card, act: str, **values: Any) -> Any:
    return client.post(f"/cards/{card.pk}/acts/{act}/", {"version": fresh(card).branch, **values})


def test_a_senior_card_from_the_application_to_its_holders_hand(officer: Client) -> None:
    listed()
    person = somebody()
    answer = officer.post(f"/registrants/{person.pk}/senior-card/", {"qualification": "age", "has_consented": "on"})
    assert answer.status_code == 302
    with as_tenant(CHUO):
        card = Card.objects.get()
    shown = text_of(do(officer, card, "issue"))
    assert "交付の前に、重複確認を行ってください。" in shown
    factories.checked_for_duplicates(card)
    assert do(officer, card, "issue").status_code == 302
    printed = officer.post(f"/cards/{card.pk}/print/")
    assert (printed["Content-Type"], printed["Cache-Control"]) == ("application/pdf", "no-store")
    assert len(reader(printed.content).pages) == 2
    assert do(officer, card, "hand_over").status_code == 422
    assert do(officer, card, "hand_over", document="passport").status_code == 302
    [line] = prints_of(card)
    assert (line.handed_over_on, line.printed) == (clock.today(), 1)
    with as_tenant(CHUO):
        assert IdentityCheck.objects.count() == 1
    again = officer.post(f"/cards/{card.pk}/print/")
    assert again.status_code == 409
    assert "すでに本人に渡しています" in text_of(again)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "資格区分を選んでください。"),
        ({"qualification": "king"}, "資格区分を一覧から選んでください。"),
        ({"qualification": "age"}, "60歳の誕生日の30日前から申請できます。"),
        ({"qualification": "special", "special_reason": "　"}, "年齢以外の資格で交付する理由を入力してください。"),
        ({"qualification": "special", "special_reason": "あ" * 301}, "300文字以内で入力してください"),
        (
            {"qualification": "special", "special_reason": "市長決裁", "former_name": "見本太郎"},
            "旧氏名・通称とそのフリガナは、両方を入力してください。",
        ),
        (
            {"qualification": "special", "special_reason": "市長決裁", "former_name": "見本", "former_kana": "見本"},
            "かな（ひらがな・カタカナ）で入力してください。",
        ),
        (
            {
                "qualification": "special",
                "special_reason": "市長決裁",
                "former_name": "見本😀",
                "former_kana": "ミホン",
            },
            "絵文字は使用できません。",
        ),
    ],
)
def test_an_application_that_is_not_granted_is_told_and_keeps_what_was_typed(
    officer: Client, values: dict[str, str], said: str
) -> None:
    listed()
    young = factories.individual(birth_date=dt.date(1990, 1, 1))
    answer = officer.post(f"/registrants/{young.pk}/senior-card/", {"has_consented": "on"} | values)
    assert answer.status_code == 422
    shown = text_of(answer)
    assert said in shown
    assert values.get("former_name", "") in shown
    with as_tenant(CHUO):
        assert not Card.objects.exists()


def test_an_application_is_withdrawn_with_its_reason_and_can_be_made_again(officer: Client) -> None:
    card = senior_applied()
    assert do(officer, card, "withdraw", reason=" ").status_code == 422
    assert fresh(card).state == CardState.APPLIED
    assert do(officer, card, "withdraw", reason="ほかの施設の登録証を使うため").status_code == 302
    shown = text_of(officer.get(f"/cards/{card.pk}/"))
    assert "申請の取下げ" in shown
    assert "交付していません" in shown
    assert "失効" not in shown.partition("<main")[2]
    assert "ほかの施設の登録証を使うため" in shown
    assert do(officer, card, "withdraw", reason="もう一度").status_code == 409
    assert "登録証の交付申請を受け付ける" in text_of(officer.get(f"/registrants/{card.registrant_id}/"))


def test_a_groups_card_is_made_with_a_button_on_the_groups_page(receptionist: Client) -> None:
    listed()
    group = factories.group()
    assert "利用者カードを作成する" in text_of(receptionist.get(f"/registrants/{group.pk}/"))
    made = receptionist.post(f"/registrants/{group.pk}/group-card/")
    with as_tenant(CHUO):
        card = Card.objects.get()
    assert made["Location"] == f"/cards/{card.pk}/"
    shown = text_of(receptionist.get(f"/registrants/{group.pk}/"))
    assert group.number in shown
    assert "利用者カードを作成する" not in shown
    again = receptionist.post(f"/registrants/{group.pk}/group-card/", follow=True)
    assert "このカードは、すでに申請または交付されています。" in text_of(again)
    assert do(receptionist, card, "hand_over").status_code == 302


def test_a_page_offers_what_the_card_allows(officer: Client) -> None:
    def offered(card: Card) -> list[str]:
        return re.findall(r"/acts/(\w+)/", text_of(officer.get(f"/cards/{card.pk}/")))

    applied, issued, held = senior_applied(), senior_issued(), senior_held()
    assert offered(applied) == ["issue", "withdraw"]
    assert offered(issued) == ["hand_over", "reissue", "review", "suspend", "return", "lapse"]
    assert offered(held) == ["reissue", "review", "suspend", "return", "lapse"]
    do(officer, held, "suspend", reason="照会中")
    assert offered(held) == ["review", "resume", "return", "lapse"]
    do(officer, held, "lapse", cause="moved")
    assert offered(held) == ["return"]
    do(officer, held, "return")
    assert offered(held) == []


def test_a_lost_card_is_replaced_once_whoever_presses_twice(officer: Client) -> None:
    card = senior_held()
    sent = {"cause": "lost", "reason": "紛失届", "version": 1}
    first = officer.post(f"/cards/{card.pk}/acts/reissue/", sent)
    second = officer.post(f"/cards/{card.pk}/acts/reissue/", sent)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "ほかの人が先に作り直しました" in text_of(second)
    assert "紛失届" in text_of(second)
    assert fresh(card).branch == 2


def test_an_act_without_its_reason_changes_nothing(officer: Client) -> None:
    card = senior_held()
    assert do(officer, card, "suspend", reason=" ").status_code == 422
    assert do(officer, card, "reissue", cause="whim", reason="紛失").status_code == 422
    assert do(officer, card, "lapse").status_code == 422
    assert fresh(card).state == CardState.ACTIVE
    assert fresh(card).branch == 1


def test_an_act_that_the_state_forbids_is_told(officer: Client) -> None:
    card = senior_held()
    assert do(officer, card, "resume", reason="解除").status_code == 409
    shown = text_of(officer.get(f"/cards/{card.pk}/acts/resume/"))
    assert "このカードの状態では、その処理はできません。" in shown


def test_a_sheet_is_printed_from_the_place_that_was_chosen(officer: Client) -> None:
    cards = [senior_issued(), group_issued()]
    shown = text_of(officer.get("/cards/"))
    assert all(str(card.number) in shown for card in cards)
    printed = officer.post("/cards/sheet/", {"cards": [card.pk for card in cards], "start": "10"})
    assert printed["Content-Type"] == "application/pdf"
    assert printed["Cache-Control"] == "no-store"
    assert len(reader(printed.content).pages) == 4


def test_the_counter_prints_cards_of_groups_alone(receptionist: Client) -> None:
    senior, group = senior_issued(), group_issued()
    shown = text_of(receptionist.get("/cards/"))
    assert str(group.number) in shown
    assert str(senior.number) not in shown
    refused = receptionist.post("/cards/sheet/", {"cards": [senior.pk, group.pk], "start": "1"})
    assert refused.status_code == 403
    assert audited(Action.DENIED, "page")[0].detail["kind"] == "senior"
    assert [one.printed for card in (senior, group) for one in prints_of(card)] == [0, 0]
    assert receptionist.post("/cards/sheet/", {"cards": [group.pk], "start": "1"})["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    "sent",
    [{"start": "1"}, {"cards": ["x"], "start": "1"}, {"cards": [str(uuid.uuid4())], "start": "1"}, {"start": "11"}],
)
def test_a_sheet_of_nothing_is_told(officer: Client, sent: dict[str, Any]) -> None:
    senior_issued()
    answer = officer.post("/cards/sheet/", sent)
    assert answer.status_code == 422
    assert "エラー：" in text_of(answer)


def test_the_register_of_senior_cards_is_closed_to_the_counter(receptionist: Client) -> None:
    senior, group = senior_held(), group_issued()
    shown = text_of(receptionist.get("/cards/register/"))
    assert str(group.number) in shown
    assert "登録証" not in shown.partition("<form")[2].partition("</form>")[0]
    for refused in (
        receptionist.get("/cards/register/?kind=senior"),
        receptionist.post("/cards/register/", {"kind": "senior", "year": str(fiscal_year(clock.today()))}),
    ):
        assert refused.status_code == 403
        assert str(senior.number) not in text_of(refused)
    assert [one.detail["kind"] for one in audited(Action.DENIED, "page")] == ["senior", "senior"]
    assert not audited(Action.PRINT, "card_register")


def test_the_register_shows_and_prints_a_fiscal_year_and_is_audited(officer: Client) -> None:
    card = senior_held()
    year = fiscal_year(clock.today())
    shown = text_of(officer.get(f"/cards/register/?kind=senior&year={year}"))
    assert str(card.number) in shown
    assert card.registrant.display_name in shown
    assert str(card.number) not in text_of(officer.get("/cards/register/?kind=group"))
    printed = officer.post("/cards/register/", {"kind": "senior", "year": str(year)})
    assert printed["Content-Type"] == "application/pdf"
    assert len(audited(Action.VIEW, "card_register")) == 2
    assert len(audited(Action.PRINT, "card_register")) == 1
    assert officer.get("/cards/register/?kind=x&year=1").status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_statements_whatever_their_length(officer: Client, count: int) -> None:
    for _ in range(count):
        senior_issued()
    taken = {}
    for page in ("/cards/", "/cards/register/"):
        with count_statements() as statements:
            officer.get(page)
        taken[page] = statements.count
    assert taken == {"/cards/": 6, "/cards/register/": 7}


@pytest.mark.parametrize("count", [1, 3])
def test_a_cards_page_takes_the_same_statements_whatever_its_history(officer: Client, count: int) -> None:
    card = senior_held()
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(issued_on=clock.today() - dt.timedelta(days=9))
    for days in range(count, 0, -1):
        on = clock.today() - dt.timedelta(days=days)
        assert do(officer, card, "review", on=on.isoformat(), way="visit").status_code == 302
    with count_statements() as statements:
        officer.get(f"/cards/{card.pk}/")
    assert statements.count == 9, statements


def test_a_holder_who_has_left_the_city_by_their_registration_is_told_of(officer: Client) -> None:
    card = senior_held()
    assert "資格を失ったときは" not in text_of(officer.get(f"/cards/{card.pk}/"))
    with as_tenant(CHUO):
        type(card.registrant).objects.filter(pk=card.registrant_id).update(address="東京都例示区見本1-1")
    assert "登録の住所が架空市ではありません。" in text_of(officer.get(f"/cards/{card.pk}/"))


def test_the_application_form_is_there_for_a_pen_and_filled_with_its_contacts_audited(officer: Client) -> None:
    person = somebody()
    listed()
    blank = officer.get("/cards/form/")
    assert blank["Content-Type"] == "application/pdf"
    assert person.display_name not in words(blank.content)
    assert "登録申請書（様式第５号）を印刷する" in text_of(officer.get(f"/registrants/{person.pk}/"))
    gone = factories.individual(state="closed")
    assert "登録申請書（様式第５号）を印刷する" not in text_of(officer.get(f"/registrants/{gone.pk}/"))
    filled = officer.post(f"/registrants/{person.pk}/senior-form/", {"act": "new"})
    assert "■新規" in words(filled.content)
    assert person.given_name in words(filled.content)
    assert [entry.detail for entry in audited(Action.PRINT, "senior_form")] == [{"act": "new", "contacts": True}]
    told = officer.post(f"/registrants/{person.pk}/senior-form/", {"act": "x"}, follow=True)
    assert "申請書の区分を一覧から選んでください。" in text_of(told)


def test_without_the_consent_to_the_duplicate_check_nothing_is_applied_for(officer: Client) -> None:
    listed()
    person = somebody()
    answer = officer.post(f"/registrants/{person.pk}/senior-card/", {"qualification": "age"})
    assert answer.status_code == 422
    assert "同意がないと交付できません。" in text_of(answer)
    with as_tenant(CHUO):
        assert not Card.objects.exists()


def test_an_old_print_is_noted_as_returned_by_a_button_once(officer: Client) -> None:
    card = senior_held()
    do(officer, card, "reissue", cause="lost", reason="紛失届による")
    assert "返還を記録する" in text_of(officer.get(f"/cards/{card.pk}/"))
    for said in ("古いカード（枝番1）の返還を記録しました。", "このカードの状態では、その処理はできません。"):
        assert said in text_of(officer.post(f"/cards/{card.pk}/prints/1/return/", follow=True))
    assert [made.returned_on is not None for made in prints_of(card)] == [True, False]


def test_a_card_whose_text_is_out_of_date_says_so_and_leads_to_the_check(officer: Client) -> None:
    card = senior_held()
    assert "書換交付をしてください" not in text_of(officer.get(f"/cards/{card.pk}/"))
    with as_tenant(CHUO):
        type(card.registrant).objects.filter(pk=card.registrant_id).update(family_name="改姓")
    page = officer.get(f"/cards/{card.pk}/")
    assert "登録の内容が、このカードの記載と違います（氏名・団体名）。" in text_of(page)
    assert f"/cards/{card.pk}/duplicates/" in page.content.decode()


def test_a_name_that_no_font_has_asks_for_a_substitute_and_keeps_what_was_typed(officer: Client) -> None:
    card = senior_checked(factories.individual(family_name="\U00030edd島", birth_date=dt.date(1943, 3, 3)))
    assert "印刷できる書体がありません" in text_of(officer.get(f"/cards/{card.pk}/"))
    refused = do(officer, card, "issue", substitute="")
    assert refused.status_code == 422
    assert "代わりの文字（代替文字）を入力してください。" in text_of(refused)
    assert do(officer, card, "issue", substitute="見島　太郎").status_code == 302
    plain = senior_checked()
    assert "代替文字" not in text_of(officer.get(f"/cards/{plain.pk}/acts/issue/"))


def test_looking_at_a_card_is_audited(receptionist: Client) -> None:
    card = senior_held()
    receptionist.get(f"/cards/{card.pk}/")
    assert [entry.object_id for entry in audited(Action.VIEW, "card")] == [str(card.pk)]


def test_the_counter_sees_a_senior_card_and_touches_it_not(receptionist: Client) -> None:
    card, person = senior_checked(), somebody()
    assert receptionist.get(f"/cards/{card.pk}/").status_code == 200
    assert "/acts/" not in text_of(receptionist.get(f"/cards/{card.pk}/"))
    for answer in (
        do(receptionist, card, "issue"),
        receptionist.post(f"/cards/{card.pk}/print/"),
        receptionist.get(f"/registrants/{person.pk}/senior-card/"),
        receptionist.post(f"/registrants/{person.pk}/senior-card/", {"qualification": "age", "has_consented": "on"}),
    ):
        assert answer.status_code == 403
    assert fresh(card).state == CardState.APPLIED
    assert len(audited(Action.DENIED, "page")) == 4


@pytest.mark.parametrize("page", ["/cards/", "/cards/register/", "/scan/", "/visits/"])
def test_an_account_without_a_role_at_the_counter_sees_no_cards(accountant: Client, page: str) -> None:
    assert accountant.get(page).status_code == 403


def test_another_tenants_card_is_not_found(officer: Client) -> None:
    card = senior_held(schema=BUNKA)
    assert officer.get(f"/cards/{card.pk}/").status_code == 404
    assert officer.post(f"/cards/{card.pk}/acts/review/").status_code == 404
    assert officer.get(f"/cards/{uuid.uuid4()}/acts/destroy/").status_code == 404


def test_a_registrants_page_shows_the_cards(officer: Client) -> None:
    card = senior_held()
    shown = text_of(officer.get(f"/registrants/{card.registrant_id}/"))
    assert str(card.number) in shown
    assert "登録証の交付申請を受け付ける" not in shown
    assert "登録証の交付申請を受け付ける" in text_of(officer.get(f"/registrants/{somebody().pk}/"))


def test_nothing_of_a_page_stands_in_an_address(officer: Client) -> None:
    card = senior_issued()
    assert str(card.number) not in "".join(re.findall(r'href="[^"]*"', text_of(officer.get("/cards/"))))
    with as_tenant(CHUO):
        assert CardIssue.objects.count() == 1


def test_more_than_a_sheet_becomes_a_file_that_is_opened_once(officer: Client) -> None:
    cards = [group_issued() for _ in range(11)]
    answer = officer.post("/cards/sheet/", {"cards": [str(card.pk) for card in cards], "start": "1"})
    assert answer.status_code == 302
    path = answer.headers["Location"]
    assert "作成の順番を待っています。" in text_of(officer.get(path))
    part = officer.get(path, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="progress"')
    listed_again = officer.get("/cards/").content.decode()
    assert "一括印刷に指定済み" in listed_again
    assert " checked" not in listed_again
    with as_tenant(CHUO):
        assert make_waiting_sheets() == 1
    assert officer.get(path, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "ファイルは1度だけ開けます。" in text_of(officer.get(path))
    file = officer.post(f"{path}file/")
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/pdf", "no-store")
    assert len(reader(file.content).pages) == 4
    assert officer.post(f"{path}file/").status_code == 409
    assert [prints_of(card)[0].printed for card in cards] == [1] * 11


def test_whoever_is_no_card_officer_any_more_gets_no_file_with_senior_cards(officer: Client) -> None:
    listed()
    cards = [senior_issued(), *(group_issued() for _ in range(10))]
    chosen = {"cards": [str(card.pk) for card in cards], "start": "1"}
    path = officer.post("/cards/sheet/", chosen).headers["Location"]
    with as_tenant(CHUO):
        assert make_waiting_sheets() == 1
    with as_owner(CHUO):
        StaffAccount.objects.using(OWNER).update(roles=[Role.RECEPTION])
    assert officer.post(f"{path}file/").status_code == 403
    [denied] = audited(Action.DENIED, "page")
    assert (denied.object_id, denied.detail["kind"]) == ("card", "senior")
    assert officer.post(f"{path}call-off/").status_code == 302


def test_a_file_of_cards_is_called_off_and_anothers_is_not_found(officer: Client, receptionist: Client) -> None:
    cards = [group_issued() for _ in range(11)]
    chosen = {"cards": [str(card.pk) for card in cards], "start": "10"}
    path = officer.post("/cards/sheet/", chosen).headers["Location"]
    assert [receptionist.get(path).status_code] == [404]
    assert [receptionist.post(f"{path}{act}/").status_code for act in ("file", "call-off")] == [404, 404]
    assert officer.post(f"{path}call-off/").status_code == 302
    assert officer.post(f"{path}call-off/").status_code == 409
    with as_tenant(CHUO):
        assert make_waiting_sheets() == 0
