"""Finding a registrant at the desk: by POST, masked, audited without the text."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from apps.registrants.models import GroupMember, Registrant
from kernel import clock
from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


def search(desk: Client, text: str, **values: str) -> str:
    return desk.post("/registrants/", {"q": text} | values).content.decode()


def found(desk: Client, text: str) -> list[str]:
    """The registration numbers of the list, in its order."""
    return re.findall(r'href="/registrants/[^"]+/">([^<]+)</a>', search(desk, text))


@pytest.fixture
def reader(database: None) -> Registrant:
    return factories.group(group_name="架空朗読の会", group_kana="カクウロウドクノカイ", phone="0476-00-4321")


@pytest.mark.parametrize(
    "typed",
    [
        "かくうろうどく",
        "カクウロウ",
        "ｶｸｳ ﾛｳﾄﾞｸ",
        "0476-00-4321",
        "０４７６００４３２１",
        "0476 00",
        "朗読",
        "架空朗読の会",
    ],
)
def test_a_group_is_found_by(desk: Client, reader: Registrant, typed: str) -> None:
    factories.group(group_name="見本コーラス", group_kana="ミホンコーラス", phone="0475-00-0001")
    assert found(desk, typed) == [reader.number]


def test_a_number_is_found_as_printed_without_hyphens_or_by_its_figures(desk: Client, reader: Registrant) -> None:
    figures = reader.number[2:8]
    for typed in (reader.number, reader.number.replace("-", ""), reader.number.lower(), figures, figures.lstrip("0")):
        assert found(desk, typed) == [reader.number]


def test_a_person_is_found_by_kanji_with_or_without_a_space(desk: Client) -> None:
    person = factories.individual(family_name="見本", given_name="花子")
    for typed in ("見本", "見本花子", "見本　花子"):
        assert found(desk, typed) == [person.number]


def test_kana_are_found_from_their_beginning_only(desk: Client, reader: Registrant) -> None:
    assert found(desk, "ろうどく") == []


@pytest.mark.parametrize(
    "typed", ["%", "_", "架空%会", "' OR 1=1 --", "\\", "%%%%", "架空\u202e会", "😀", "ー", "%s", "{0}", "a" * 100]
)
def test_signs_of_the_database_mean_nothing(desk: Client, reader: Registrant, typed: str) -> None:
    assert found(desk, typed) == []


def test_phone_and_address_are_masked_in_the_list(desk: Client) -> None:
    factories.individual(phone="0476-00-4321", address="架空市架空町12番地")
    shown = search(desk, "かくう")
    assert "0476-••-••21" in shown
    assert "架空市架空町•••" in shown
    assert "0476-00-4321" not in shown
    assert "12番地" not in shown


def test_the_search_is_audited_by_kind_and_count_and_never_by_its_text(desk: Client, reader: Registrant) -> None:
    search(desk, "かくうろうどく")
    with as_tenant(CHUO):
        [entry] = AuditEntry.objects.filter(action=Action.SEARCH)
        everything = str(list(AuditEntry.objects.values()))
    assert entry.detail == {"by": "kana", "found": 1, "shown": 1}
    assert "かくう" not in everything


def test_what_was_searched_stands_in_no_log(
    desk: Client, reader: Registrant, capfd: pytest.CaptureFixture[str]
) -> None:
    search(desk, "かくうろうどく")
    search(desk, "か" * 101)
    assert "かくう" not in "".join(capfd.readouterr())


def test_a_query_in_the_address_searches_nothing(desk: Client, reader: Registrant) -> None:
    assert reader.number not in desk.get("/registrants/", {"q": "かくう"}).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "いずれかを入力してください。"),
        ("　 ", "いずれかを入力してください。"),
        ("あ" * 100_000, "100文字以内で入力してください（現在100000文字）。"),
        ("か\x00く", "文字"),
    ],
)
def test_what_cannot_be_searched_is_told_beside_the_box(desk: Client, typed: str, told: str) -> None:
    answer = desk.post("/registrants/", {"q": typed})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_the_second_page_is_asked_for_by_post(desk: Client) -> None:
    for _ in range(21):
        factories.individual()
    first, second = search(desk, "かくう"), search(desk, "かくう", page="2")
    assert first.count('data-label="電話番号"') == 20
    assert second.count('data-label="電話番号"') == 1
    assert '<button type="submit" name="page" value="2">' in first
    assert 'href="?page' not in first


def test_nobody_found_says_so(desk: Client) -> None:
    assert "該当する利用者はありません" in search(desk, "ぬるぬる")


def test_another_tenants_registrants_are_not_found(desk: Client) -> None:
    elsewhere = factories.individual(BUNKA, phone="0476-00-9876")
    assert found(desk, "0476-00-9876") == []
    assert found(desk, elsewhere.number) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_four_statements_and_the_role_whoever_is_found(desk: Client, number: int) -> None:
    for _ in range(number):
        factories.individual()
    with count_statements() as statements:
        search(desk, "かくう")
    assert statements.count == 5, statements


def test_a_person_is_found_by_birth_date_card_or_the_number_of_the_system_before(desk: Client) -> None:
    person = factories.individual(birth_date=dt.date(1948, 4, 1), source_key="kyuu:00123-B")
    factories.individual(birth_date=dt.date(1948, 4, 2))
    card = factories.senior_card(registrant=person)
    wide = "".join(
        chr(ord(one) + 0xFEE0) if one != "-" and place < 6 else one for place, one in enumerate(str(card.number))
    )
    for typed in (
        "S23.4.1",
        "昭和23年4月1日",
        "1948/4/1",
        "00123-B",
        card.number,
        f"{card.number}-1",
        wide.lower().replace("-", "", 1),
    ):
        assert found(desk, str(typed)) == [person.number], typed


def test_a_contacts_phone_finds_the_group(desk: Client, reader: Registrant) -> None:
    with as_tenant(CHUO):
        GroupMember.objects.create(
            group=reader,
            position=1,
            name="見本　次郎",
            name_key="x",
            residence="resident",
            is_contact=True,
            phone="090-0000-0077",
            phone_key="09000000077",
        )
    assert found(desk, "090-0000-0077") == [reader.number]


def test_an_emergency_contacts_phone_finds_nobody(desk: Client) -> None:
    """Third persons gave it to be called in need; the desk does not look up by it whose family they are."""
    contact = factories.emergency_contact(factories.individual())
    assert found(desk, contact.phone) == []


def test_part_of_a_groups_name_in_kana_finds_it(desk: Client) -> None:
    club = factories.group(group_name="見本コーラス", group_kana="ミホンコーラス")
    assert found(desk, "コーラス") == [club.number]


@pytest.mark.parametrize("typed", ["A-000012-6", "ａ０００01２６", "RA-000012-6"])
def test_a_mistyped_number_is_told_as_mistyped(desk: Client, typed: str) -> None:
    answer = desk.post("/registrants/", {"q": typed})
    assert answer.status_code == 422
    assert "登録番号の最後の数字が合いません。" in answer.content.decode()


def test_a_number_of_the_system_before_that_looks_mistyped_is_found(desk: Client) -> None:
    person = factories.individual(source_key="kyuu:A0000126")
    assert found(desk, "A0000126") == [person.number]


def test_the_list_tells_the_state_of_today(desk: Client) -> None:
    factories.individual(valid_until=clock.today() - dt.timedelta(1))
    assert "期限切れ" in search(desk, "かくう")


@pytest.mark.parametrize("page", ["0", "-1", "9", "99999", "x", ""])
def test_a_page_that_is_not_there_is_the_first(desk: Client, page: str) -> None:
    person = factories.individual()
    assert person.number in search(desk, "かくう", page=page)


def test_more_than_can_be_shown_is_said(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("apps.registrants.queries.search", "apps.registrants.web.staff.search"):
        monkeypatch.setattr(f"{module}.MOST", 2)
    for _ in range(3):
        factories.individual()
    shown = search(desk, "かくう")
    assert "2件を超えました。" in shown
