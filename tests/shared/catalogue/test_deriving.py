"""Category, area and web address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.catalogue.models import Category
from shared.catalogue.rules.deriving import WORDS, area_of, category_of, slugs_for
from shared.catalogue.rules.romaji import romaji
from tests.shared.catalogue.files import CITY


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("松山下公園総合体育館", "sports"),
        ("温水プール", "sports"),
        ("文化ホール", "culture"),
        ("中央公民館", "community"),
        ("中央駅前地域交流館", "community"),
        ("中央老人福祉センター", "welfare"),
        ("地域福祉センターホール", "welfare"),
        ("福祉作業所コスモス", "welfare"),
        ("クリーンセンター", "other"),
    ],
)
def test_the_category_follows_from_words_of_the_name(name: str, category: str) -> None:
    assert category_of(name) == category


def test_every_derived_category_is_one_of_the_catalogue() -> None:
    assert {category for category, _words in WORDS} | {"other"} == set(Category.values)


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("千葉県印西市大森2364-2", "大森"),
        ("印西市大森２３６４番地２", "大森"),
        ("千葉県印西市大字木下1000", "木下"),
        ("千葉県印西市中央南一丁目4番地1", "中央南"),
        ("千葉県印西市木下東4-2", "木下東"),
        ("鎌苅2369", "鎌苅"),
        ("千葉県印西市", ""),
    ],
)
def test_the_area_is_the_town_of_the_address(address: str, area: str) -> None:
    assert area_of(address, prefecture="千葉県", municipality="印西市") == area


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("マツヤマシタコウエン", "matsuyamashitakoen"),
        ("ブンカホール", "bunkahoru"),
        ("チュウオウコウミンカン", "chuokominkan"),
        ("ショッピングッズ", "shoppinguzzu"),
        ("マッチャ", "matcha"),
        ("フォーラム", "foramu"),
        ("キャンプ・ジョウ", "kyanpu-jo"),
        ("リンバス２", "rinbasu"),
    ],
)
def test_kana_are_written_as_in_a_passport(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


@given(kana=st.text(max_size=150), number=st.text(min_size=1, max_size=20))
def test_a_web_address_is_always_short_and_plain(kana: str, number: str) -> None:
    for slug in slugs_for(kana, municipality_code=CITY, number=number):
        assert re.fullmatch("[a-z0-9-]{1,60}", slug)


@given(one=st.text(min_size=1, max_size=20), other=st.text(min_size=1, max_size=20))
def test_the_last_web_address_is_that_facilitys_alone(one: str, other: str) -> None:
    last = [slugs_for("カン", municipality_code=CITY, number=number)[-1] for number in (one, other)]
    assert (last[0] == last[1]) == (one == other)
