"""Registering an individual at the counter: what is wrong is told beside its field, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from apps.registrants.models import EmergencyContact, ItemPolicy
from kernel import clock
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.registrants.web.staff.registering import Counter, shown
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO


@pytest.fixture
def counter(receptionist: Client) -> Counter:
    return Counter(receptionist)


def test_the_form_asks_for_the_items_of_the_document_and_nothing_else(counter: Counter) -> None:
    page = shown(counter.client.get("/registrants/new/"))
    assert all(
        label in page for label in ("姓のフリガナ", "生年月日", "郵便番号", "緊急連絡先（1人目）", "確認した書類")
    )
    assert "性別" not in page


def test_an_item_that_is_collected_is_asked_with_its_purpose(counter: Counter) -> None:
    with as_tenant(CHUO):
        ItemPolicy.objects.create(item="gender", since=clock.today(), purpose_of_use="利用者数の統計のため")
    page = shown(counter.client.get("/registrants/new/"))
    assert "利用目的：利用者数の統計のため" in page
    counter.send(item_gender="female")
    assert counter.registrants()[0].extras == {"gender": "female"}


def test_what_is_typed_is_registered_as_it_is_kept(counter: Counter) -> None:
    answer = counter.send()
    [made] = counter.registrants()
    assert answer.url == f"/registrants/{made.pk}/"
    assert (made.family_kana, made.given_kana, made.birth_date) == ("ミホン", "キョウコ", dt.date(1948, 4, 1))
    assert (made.postal_code, made.phone) == ("2701327", "0476-00-5111")
    with as_tenant(CHUO):
        assert EmergencyContact.objects.get().phone == "090-0000-0001"
    assert made.number in shown(counter.client.get(answer.url))


@pytest.mark.parametrize("name", ["𠮷野", "渡邊\U000e0101", "髙﨑", "神\ufa19"])
def test_a_rare_spelling_is_kept_as_it_is_given(counter: Counter, name: str) -> None:
    counter.send(family_name=name)
    assert counter.registrants()[0].family_name == name


def test_a_name_that_was_copied_with_what_nobody_sees_is_kept_as_it_reads(counter: Counter) -> None:
    counter.send(family_name="\u202a渡邊\U000e0101\u202c", given_name="京\u200b子")
    [made] = counter.registrants()
    assert (made.family_name, made.given_name) == ("渡邊\U000e0101", "京子")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"postal_code": "000-0000"}, "この郵便番号は使われていません。"),
        ({"postal_code": "270"}, "郵便番号は7桁の数字で入力してください。"),
        ({"birth_date_era": "令和", "birth_date_year": "99"}, "生年月日が今日より後です。"),
        ({"birth_date_era": "western", "birth_date_year": "1896"}, "生年月日が130年以上前です。"),
        ({"birth_date_era": "昭和", "birth_date_year": "65"}, "昭和は昭和元年12月25日から昭和64年1月7日までです。"),
        ({"birth_date_year": "", "birth_date_month": "", "birth_date_day": ""}, "生年月日を入力してください。"),
        ({"family_kana": "見本"}, "カタカナ（ひらがなも可）で入力してください。漢字は使えません。"),
        ({"given_name": "京子😀"}, "絵文字は使えません。"),
        ({"contact1_name": "花子👵"}, "絵文字は使えません。"),
        ({"given_name": "京\x07子"}, "画面に表示できない文字が含まれています。"),
        ({"given_name": "京\x00子"}, "画面に表示できない文字が含まれています。"),
        ({"family_name": "長" * 5000}, "40文字以内で入力してください。"),
        ({"phone": "0476"}, "電話番号の桁数が合いません。"),
        ({"contact1_phone": ""}, "入力してください。"),
        ({"contact2_phone": "090-0000-0002"}, "入力してください。"),
        ({"document": ""}, "確認した書類を選択してください。"),
        ({"document": "robot"}, "確認した書類を選択してください。"),
        ({"purpose_told": None}, "利用目的を説明してから"),
        ({"key": "x"}, "入力内容を確認してください"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written_or_lost(counter: Counter, typed: dict[str, str], told: str) -> None:
    answer = counter.send(**typed)
    page = shown(answer)
    assert answer.status_code == 422
    assert told in page
    assert counter.registrants() == []
    assert 'value="千葉県印西市大森2364-2"' in page
    kept = [text for name, text in typed.items() if name not in {"document", "key"} and text and text.isprintable()]
    assert all(text in page for text in kept)


def test_the_errors_are_listed_in_the_order_of_the_page_and_say_whose_they_are(counter: Counter) -> None:
    page = shown(counter.send(family_name="", contact1_name="", document=""))
    places = [page.index(f"{label}：") for label in ("姓", "連絡先の氏名", "確認した書類")]
    assert places == sorted(places)


def test_the_address_is_filled_by_the_button(counter: Counter) -> None:
    answer = counter.send(fill_address="1", address="", phone="まだ")
    assert answer.status_code == 200
    assert 'value="千葉県印西市大森"' in shown(answer)
    assert 'value="まだ"' in shown(answer)
    assert counter.registrants() == []


def test_a_likeness_is_shown_masked_and_asked_about(counter: Counter) -> None:
    known = factories.individual(phone="0476-00-5111", address="千葉県印西市見本台1-2-3")
    answer = counter.send()
    page = shown(answer)
    assert answer.status_code == 409
    assert known.number in page
    assert "電話番号が同じ" in page
    assert "見本台1-2-3" not in page
    assert 'value="0476005111"' in page
    assert len(counter.registrants()) == 1
    assert counter.send(others=str(known.pk)).status_code == 302
    assert len(counter.registrants()) == 2


def test_looking_for_likenesses_is_audited_by_count(counter: Counter) -> None:
    factories.individual(phone="0476-00-5111")
    counter.send()
    with as_tenant(CHUO):
        assert AuditEntry.objects.get(action="search").detail == {"by": "likeness", "found": 1}


def test_a_form_sent_twice_registers_once(counter: Counter) -> None:
    assert counter.send().url == counter.send().url
    assert len(counter.registrants()) == 1


def test_without_the_role_nobody_registers(accountant: Client) -> None:
    assert accountant.get("/registrants/new/").status_code == 403
    assert Counter(accountant).send().status_code == 403


def test_registering_takes_as_many_statements_whatever_is_registered(counter: Counter) -> None:
    with count_statements() as few:
        counter.send()
    for number in range(20):
        factories.individual(phone=f"0476-01-{number:04}")
    counter.key = "6f1e8f1e-0000-4000-8000-000000000001"
    with count_statements() as many:
        counter.send(phone="0476-02-0000", given_kana="べつ", birth_date_day="2")
    assert (few.count, many.count) == (14, 14)
