"""Reading typed fields of a registration: kept as given, or refused by a stable code."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules import entry
from apps.registrants.rules.entry import EntryError, Fault
from apps.registrants.rules.items import ITEMS
from apps.registrants.texts import ENTRY_TEXTS, entry_text
from kernel.kana import to_katakana
from shared.postal.lookup import is_assigned

TODAY = dt.date(2026, 11, 26)


def born(text: str) -> dt.date:
    return entry.read_birth_date(text, TODAY)


def postal(text: str) -> str:
    return entry.read_postal(text, is_assigned)


def item(code: str, text: str) -> str | bool | None:
    return entry.read_item(ITEMS[code], text, TODAY)


READERS: list[Callable[[str], object]] = [
    entry.read_name,
    entry.read_kana,
    entry.read_group_kana,
    born,
    postal,
    entry.read_address,
    entry.read_phone,
    entry.read_email,
]


@pytest.mark.parametrize("name", ["𠮷野", "渡邊\U000e0101", "髙﨑", "神\ufa19", "オブライエン", "𩸽"])
def test_a_name_is_kept_as_it_is_given(name: str) -> None:
    assert entry.read_name(f" {name}　") == name


def test_a_name_is_kept_in_nfc() -> None:
    assert entry.read_name("か\u3099") == "が"


@pytest.mark.parametrize("typed", ["インザイ", "いんざい", "ｲﾝｻﾞｲ", "ｲﾝｻ゛ｲ", " いんザイ "])
def test_kana_of_any_kind_and_width_is_kept_as_katakana(typed: str) -> None:
    assert entry.read_kana(typed) == "インザイ"


@pytest.mark.parametrize("typed", ["か−と", "ｶ-ﾄ", "カ―ト"])
def test_any_dash_in_kana_is_the_long_vowel(typed: str) -> None:
    assert entry.read_kana(typed).replace("か", "カ") == "カート"


@pytest.mark.parametrize("typed", ["ABCクラブ", "ＡＢＣくらぶ", "ABCｸﾗﾌﾞ"])
def test_a_groups_kana_may_hold_latin_letters(typed: str) -> None:
    assert entry.read_group_kana(typed) == "ABCクラブ"


@pytest.mark.parametrize(
    ("read", "typed", "fault"),
    [
        (entry.read_name, "", Fault.MISSING),
        (entry.read_name, " 　", Fault.MISSING),
        (entry.read_name, "長" * 41, Fault.TOO_LONG),
        (entry.read_name, "太郎😀", Fault.EMOJI),
        (entry.read_name, "太\x07郎", Fault.CONTROL_CHARACTER),
        (entry.read_name, "太\ud800郎", Fault.CONTROL_CHARACTER),
        (entry.read_name, "太\ue000郎", Fault.PRIVATE_USE),
        (entry.read_kana, "印西", Fault.NOT_KANA),
        (entry.read_kana, "いんざい市", Fault.NOT_KANA),
        (entry.read_kana, "INZAI", Fault.NOT_KANA),
        (entry.read_kana, "", Fault.MISSING),
        (entry.read_kana, "ア" * 61, Fault.TOO_LONG),
        (entry.read_group_kana, "架空クラブ", Fault.NOT_KANA),
        (postal, "0000000", Fault.POSTAL_UNASSIGNED),
        (postal, "270-139", Fault.POSTAL_UNREADABLE),
        (postal, "", Fault.MISSING),
        (entry.read_address, "架空市😀", Fault.EMOJI),
        (entry.read_address, "市" * 201, Fault.TOO_LONG),
        (entry.read_phone, "0476-42", Fault.NO_SUCH_PHONE),
        (entry.read_phone, "電話なし", Fault.PHONE_UNREADABLE),
        (entry.read_phone, " ", Fault.MISSING),
        (born, "2026-11-27", Fault.IN_FUTURE),
        (born, "1896-11-26", Fault.TOO_LONG_AGO),
        (born, "昭和65年1月1日", Fault.OUTSIDE_ERA),
        (born, "1950-02-30", Fault.NO_SUCH_DATE),
        (born, "むかし", Fault.DATE_UNREADABLE),
        (born, "", Fault.MISSING),
        (entry.read_email, "taro@example", Fault.EMAIL_UNREADABLE),
        (entry.read_email, "a@b@citizens.example", Fault.EMAIL_UNREADABLE),
    ],
)
def test_what_cannot_be_kept_is_refused(read: Callable[[str], object], typed: str, fault: Fault) -> None:
    with pytest.raises(EntryError) as refused:
        read(typed)
    assert refused.value.fault is fault
    assert "{" not in entry_text(refused.value)


@pytest.mark.parametrize("typed", ["270-1396", "２７０−１３９６", "〒2701396", " 270 1396 "])
def test_a_postal_code_is_kept_as_seven_digits(typed: str) -> None:
    assert postal(typed) == "2701396"


def test_a_record_from_before_may_have_a_code_no_longer_in_use() -> None:
    assert entry.read_postal("000-0000") == "0000000"


@pytest.mark.parametrize("typed", ["0476425111", "０４７６（４２）５１１１", "+81 476 42 5111"])
def test_a_phone_is_kept_as_it_is_shown(typed: str) -> None:
    kept = entry.read_phone(typed)
    assert (kept, entry.phone_key(kept)) == ("0476-42-5111", "0476425111")


def test_the_key_of_a_name_joins_its_parts() -> None:
    assert entry.kana_key("ショウジ", "キョウコ") == "しようじきようこ"


@pytest.mark.parametrize(
    ("code", "typed", "kept"),
    [
        ("gender", "female", "female"),
        ("former_kana", "ふるい", "フルイ"),
        ("email", "taro@citizens.example", "taro@citizens.example"),
        ("representative_birth_date", "S23.4.1", "1948-04-01"),
        ("guardian_consent", "on", True),
        ("note", "  ", None),
    ],
)
def test_a_further_item_is_read_by_its_kind(code: str, typed: str, kept: object) -> None:
    assert item(code, typed) == kept


def test_a_choice_that_is_not_offered_is_refused() -> None:
    with pytest.raises(EntryError, match="no_such_choice"):
        item("gender", "robot")


def test_a_fault_never_tells_what_was_typed() -> None:
    with pytest.raises(EntryError) as refused:
        entry.read_kana("架空太郎")
    assert "架空" not in f"{refused.value!r}{refused.value.__cause__!r}{entry_text(refused.value)}"


def test_every_fault_has_a_sentence() -> None:
    assert set(ENTRY_TEXTS) == set(Fault)


@given(st.text(max_size=80), st.sampled_from(READERS))
def test_whatever_is_typed_is_kept_or_refused(typed: str, read: Callable[[str], object]) -> None:
    with suppress(EntryError):
        read(typed)


@given(st.text(max_size=60))
def test_what_is_kept_is_read_again_as_itself(typed: str) -> None:
    for read in (entry.read_name, entry.read_kana, entry.read_group_kana, entry.read_address, entry.read_phone):
        try:
            kept = read(typed)
        except EntryError:
            continue
        assert read(kept) == kept


@given(st.text(st.characters(categories=["Lo"]), min_size=1, max_size=40))
def test_a_name_never_loses_a_letter(typed: str) -> None:
    try:
        kept = entry.read_name(typed)
    except EntryError:
        return
    assert unicodedata.normalize("NFC", kept) == unicodedata.normalize("NFC", typed).strip()


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x3096), min_size=1, max_size=20))
def test_the_kind_of_kana_changes_nothing(hiragana: str) -> None:
    assert entry.read_kana(hiragana) == entry.read_kana(to_katakana(hiragana)) == to_katakana(hiragana)


@pytest.mark.parametrize(
    ("typed", "kept"), [("令和9年3月31日", "2027-03-31"), ("2027-03-31", "2027-03-31"), ("", None)]
)
def test_a_day_to_come_is_an_answer_to_an_item_of_days(typed: str, kept: str | None) -> None:
    assert entry.read_item(ITEMS["reduction_until"], typed, dt.date(2026, 4, 1)) == kept


def test_a_day_that_there_is_not_is_none() -> None:
    with pytest.raises(EntryError) as refused:
        entry.read_item(ITEMS["reduction_until"], "令和9年2月30日", dt.date(2026, 4, 1))
    assert refused.value.fault is Fault.NO_SUCH_DATE
