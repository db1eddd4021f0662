"""Looking at registrants: with a purpose, by POST, masked in lists."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from apps.registrants.models import Registrant
from shared.audit.models import Action
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.compliance.web.city.asking import PURPOSE, audited, officer_at_work, person, searching, text_of
from tests.support.fixtures import Freeze
from tests.support.statements import Statements, count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS, TENANTS

SEARCH = "/registrants/"


@pytest.fixture
def somebody(database: None) -> Registrant:
    """A registrant of ``chuo``."""
    names = {"family_name": "松本", "given_name": "花子", "family_kana": "マツモト", "given_kana": "ハナコ"}
    return factories.individual(phone="0476-00-1234", address="架空市木下東一丁目2番地", **names)


def reads_people(statements: Statements) -> bool:
    return "registrant" in str(statements).replace("/registrants/", "")


def test_the_page_itself_reads_nobody(city: Client, somebody: Registrant) -> None:
    with count_statements() as statements:
        answer = city.get(SEARCH)
    assert answer.status_code == 200
    assert not reads_people(statements)
    assert audited() == []


def test_whoever_is_found_is_shown_masked(city: Client, somebody: Registrant) -> None:
    shown = text_of(city.post(SEARCH, searching("kana", "ﾏﾂ")))
    for told in (somebody.number, "松本　••", "0476-••-••34", "1950年", "有効", "照会の結果 1件"):
        assert told in shown
    for hidden in ("花子", somebody.phone, "木下東", str(somebody.birth_date)):
        assert hidden not in shown


def test_what_was_found_is_audited_with_the_purpose(city: Client, officer: StaffAccount, somebody: Registrant) -> None:
    city.post(SEARCH, searching("phone", "0476-00-1234"))
    [entry] = audited()
    assert (entry.action, entry.actor_id, entry.detail["found"]) == (Action.SEARCH, officer.pk, 1)
    assert entry.purpose == "市民からの問い合わせへの対応：窓口での申出を確認するため"


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"purpose": ""}, "照会の目的を選択してください。"),
        ({"purpose": "curiosity"}, "照会の目的を選択してください。"),
        ({"note": ""}, "具体的な理由を入力してください。"),
        ({"note": "確認"}, "具体的な理由は5文字以上で入力してください。"),
        ({"note": "　" * 10}, "具体的な理由を入力してください。"),
        ({"note": "電話0476-00-1234の方"}, "電話番号や登録番号は書かないでください。"),
        ({"note": "理" * 100_000}, "140"),
        ({"word": ""}, "いずれかを入力してください。"),
        ({"word": "松本"}, "名前は、かな（ひらがな・カタカナ）で入力してください。"),
        ({"word": "ま"}, "名前のかなは2文字以上入力してください。"),
        ({"word": "ま\x00つ"}, "入力内容を確認してください"),
        ({"by": "number", "word": "A-000012-4"}, "登録番号の最後の数字が合いません。"),
        ({"by": "number", "word": "12"}, "登録番号は A-000123-0 の形で入力してください。"),
        ({"by": "phone", "word": "1234"}, "市外局番からすべての数字を入力してください。"),
        ({"by": "address"}, "探し方を選択してください。"),
    ],
)
def test_without_purpose_or_a_readable_word_nothing_is_read(
    city: Client, somebody: Registrant, missing: dict[str, str], told: str
) -> None:
    with count_statements() as statements:
        answer = city.post(SEARCH, {**searching("kana", "まつもと"), **missing})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert not reads_people(statements)
    assert audited() == []


def test_broken_utf8_is_told_and_reads_nothing(city: Client) -> None:
    body = b"purpose=inquiry&note=" + "窓口での申出".encode() + b"&by=kana&word=%ff%fe%e3%81"
    with count_statements() as statements:
        answer = city.post(SEARCH, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert not reads_people(statements)


def test_nobody_found_is_told(city: Client) -> None:
    assert "該当する利用者はいません" in text_of(city.post(SEARCH, searching("kana", "まつもと")))


def test_nothing_that_was_typed_stands_in_an_address(city: Client, somebody: Registrant) -> None:
    answer = city.post(SEARCH, searching("kana", "まつもと"))
    assert answer.status_code == 200
    addresses = [part.split('"', 1)[0] for part in text_of(answer).split('action="')[1:]]
    assert set(addresses) == {f"{SEARCH}#found", person(CHUO, somebody.pk), "/printed/"}


def test_further_pages_are_buttons_that_state_the_purpose_again(city: Client) -> None:
    for _ in range(21):
        factories.individual(family_kana="マツモト")
    first = text_of(city.post(SEARCH, searching("kana", "まつもと")))
    assert 'name="page" value="2"' in first
    assert f'type="hidden" name="note" value="{PURPOSE["note"]}"' in first
    second = text_of(city.post(SEARCH, searching("kana", "まつもと", page="2")))
    assert "全21件のうち21〜21件目" in second
    assert [entry.detail["page"] for entry in audited()] == [1, 2]


def test_a_person_is_opened_with_the_purpose_of_the_search(city: Client, somebody: Registrant) -> None:
    city.post(SEARCH, searching("kana", "まつもと"))
    answer = city.post(person(CHUO, somebody.pk))
    for told in (
        "松本　花子",
        "マツモト　ハナコ",
        "昭和25年4月1日",
        somebody.address,
        somebody.phone,
        "架空総合福祉センター",
    ):
        assert told in text_of(answer)
    assert PURPOSE["note"] in text_of(answer)
    assert "松本" not in answer.content.decode().split("<main")[0]
    entry = audited()[-1]
    assert (entry.action, entry.object_id, entry.detail) == (Action.VIEW, str(somebody.pk), {"tenant": CHUO})


def test_a_group_is_shown_with_its_representative(city: Client) -> None:
    group = factories.group(group_name="架空朗読の会")
    city.post(SEARCH, searching("number", group.number))
    shown = text_of(city.post(person(CHUO, group.pk)))
    assert "架空朗読の会" in shown
    assert "代表者の氏名" in shown
    assert "生年月日" not in shown


def test_emergency_contacts_are_not_on_the_page(city: Client, somebody: Registrant) -> None:
    contact = factories.emergency_contact(somebody)
    city.post(SEARCH, searching("kana", "まつもと"))
    shown = text_of(city.post(person(CHUO, somebody.pk)))
    assert contact.name not in shown
    assert contact.phone not in shown


def test_without_a_search_before_a_person_is_not_read(city: Client, somebody: Registrant) -> None:
    with count_statements() as statements:
        answer = city.post(person(CHUO, somebody.pk), {**PURPOSE})
    assert answer.status_code == 422
    assert "照会の目的をもう一度入力してください" in text_of(answer)
    assert not reads_people(statements)
    assert audited() == []


@pytest.mark.parametrize(("at", "status"), [("09:14", 200), ("09:15", 422)])
def test_a_purpose_holds_for_fifteen_minutes(
    city_client: Client, freeze: Freeze, somebody: Registrant, at: str, status: int
) -> None:
    freeze("2026-05-01 09:00")
    client = officer_at_work(city_client)
    client.post(SEARCH, searching("kana", "まつもと"))
    freeze(f"2026-05-01 {at}")
    assert client.post(person(CHUO, somebody.pk)).status_code == status


def test_a_purpose_that_is_stated_again_opens_the_person(city: Client, somebody: Registrant) -> None:
    again = {"again-purpose": "incident", "again-note": "届出のあった事故の調査のため"}
    assert city.post(person(CHUO, somebody.pk), again).status_code == 200
    assert audited()[-1].purpose == "漏えい等の事故の調査：届出のあった事故の調査のため"


def test_a_purpose_that_is_stated_badly_opens_nobody_even_while_another_holds(
    city: Client, somebody: Registrant
) -> None:
    city.post(SEARCH, searching("kana", "まつもと"))
    answer = city.post(person(CHUO, somebody.pk), {"again-purpose": "incident", "again-note": "事故"})
    assert answer.status_code == 422
    assert [entry.action for entry in audited()] == [Action.SEARCH]


def test_the_way_back_repeats_the_search(city: Client, somebody: Registrant) -> None:
    search = searching("kana", "まつもと")
    city.post(SEARCH, search)
    shown = text_of(city.post(person(CHUO, somebody.pk), search))
    for name, value in search.items():
        assert f'type="hidden" name="{name}" value="{value}"' in shown


def test_the_purpose_stays_in_the_form_while_it_holds(city: Client) -> None:
    city.post(SEARCH, searching("kana", "まつもと"))
    shown = text_of(city.get(SEARCH))
    assert PURPOSE["note"] in shown
    assert "まつもと" not in shown


def test_another_officer_has_to_state_a_purpose_of_their_own(city: Client, somebody: Registrant) -> None:
    city.post(SEARCH, searching("kana", "まつもと"))
    city.post("/logout/")
    officer_at_work(city)
    assert city.post(person(CHUO, somebody.pk)).status_code == 422


@pytest.mark.parametrize("tenant", [SPORTS, BUNKA, "nobody", "shared"])
def test_a_person_of_another_tenant_is_not_found_there(city: Client, somebody: Registrant, tenant: str) -> None:
    city.post(SEARCH, searching("kana", "まつもと"))
    answer = city.post(person(tenant, somebody.pk))
    assert answer.status_code == 404
    assert "お探しの利用者登録はありません。" in answer.content.decode()
    assert city.post(person(CHUO, uuid.uuid4())).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_takes_seven_statements_whatever_there_is(city: Client, number: int) -> None:
    for schema in TENANTS[:number]:
        for _ in range(number):
            factories.individual(schema, family_kana="マツモト")
    with count_statements() as statements:
        city.post(SEARCH, searching("kana", "まつもと"))
    assert statements.count == 7, statements


@pytest.mark.parametrize("number", [1, 3])
def test_a_person_takes_five_statements_whatever_there_is(city: Client, number: int) -> None:
    people = [factories.individual(schema, family_kana="マツモト") for schema in TENANTS[:number]]
    city.post(SEARCH, searching("kana", "まつもと"))
    with count_statements() as statements:
        city.post(person(TENANTS[number - 1], people[-1].pk))
    assert statements.count == 5, statements
