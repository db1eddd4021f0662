import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.name_keys import folded_key, phonetic_key, strict_key

from .kana_texts import KANA, rewritten

kana_texts = st.text(KANA + "ヴヰヱヮヵヶヽヾ゛゜・ -", max_size=12)

SAME_AT_ONCE = [
    ("ﾀﾞﾃ ﾏｻﾑﾈ", "ダテマサムネ"),
    ("タ゛テ", "ダテ"),
    ("だて", "ダテ"),
    ("タ ゛テ", "ダテ"),
    ("ﾊﾟｰﾙ", "パール"),
    ("ヤマダ\u3000タロウ", "ヤマダタロウ"),
    ("マリア・ルイサ", "マリアルイサ"),
    ("（カブ）ヤマダ、タロウ", "カブヤマダタロウ"),
    ("コ‐ノ", "コーノ"),
    ("コ－ノ", "コーノ"),
    ("コ−ノ", "コーノ"),
    ("コ―ノ", "コーノ"),
    ("コ-ノ", "コーノ"),
    ("コ─ノ", "コーノ"),
    ("コーーノ", "コーノ"),
    ("ナ〜ミ", "ナミ"),
    ("イスヾ", "イスズ"),
    ("いすゞ", "イスズ"),
    ("サヽキ", "ササキ"),
    ("バヽ", "ババ"),
    ("カヲル", "カオル"),
    ("ヰノウエ", "イノウエ"),
    ("キヱ", "キエ"),
    ("ヴィクトリア", "ビクトリア"),
    ("ヴァン", "バン"),
    ("ヴュー", "ビュー"),
    ("ウ゛ラド", "ブラド"),
    ("ヷン", "バン"),
    ("ワ゛ン", "バン"),
    ("ヤマダ\U000e0101タロウ", "ヤマダタロウ"),
]
SAME_WHEN_FOLDED = [
    ("キョウコ", "キヨウコ"),
    ("ハットリ", "ハツトリ"),
    ("イシヅカ", "イシズカ"),
    ("フヂタ", "フジタ"),
    ("オオノ", "オウノ"),
    ("オオノ", "オーノ"),
    ("コウノ", "コーノ"),
    ("ケイコ", "ケーコ"),
    ("レイコ", "レエコ"),
    ("ユウキ", "ユーキ"),
    ("シイナ", "シーナ"),
    ("カアサン", "カーサン"),
    ("ケイイチ", "ケーイチ"),
    ("ケイイチ", "ケエイチ"),
    ("リュウノスケ", "リユーノスケ"),
]
SAME_WITHOUT_VOICE = [
    ("ヤマサキ", "ヤマザキ"),
    ("トヨダ", "トヨタ"),
    ("ナカジマ", "ナカシマ"),
    ("ハマダ", "ハマタ"),
    ("オオワダ", "オーワタ"),
    ("ポプラ", "ホフラ"),
]
OTHER_PEOPLE = [
    ("サトウ", "サイトウ"),
    ("サトウ", "カトウ"),
    ("ワタナベ", "ワタベ"),
    ("アキコ", "アイコ"),
    ("ユミ", "ユミコ"),
    ("カズオ", "カズコ"),
    ("イトウ", "ゴトウ"),
    ("マツイ", "マスイ"),
    ("シンイチ", "シニチ"),
    ("イノウエ", "イノエエコ"),
]


@pytest.mark.parametrize(("one", "other"), SAME_AT_ONCE)
def test_another_writing_of_one_name_has_the_same_strict_key(one: str, other: str) -> None:
    assert strict_key(one) == strict_key(other) == other


@pytest.mark.parametrize(("one", "other"), SAME_WHEN_FOLDED)
def test_another_spelling_has_the_same_folded_key_and_another_strict_key(one: str, other: str) -> None:
    assert folded_key(one) == folded_key(other)
    assert strict_key(one) != strict_key(other)


@pytest.mark.parametrize(("one", "other"), SAME_WITHOUT_VOICE)
def test_voicing_alone_has_the_same_phonetic_key_and_another_folded_key(one: str, other: str) -> None:
    assert phonetic_key(one) == phonetic_key(other)
    assert folded_key(one) != folded_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER_PEOPLE)
def test_other_names_are_not_joined_even_by_the_phonetic_key(one: str, other: str) -> None:
    assert phonetic_key(one) != phonetic_key(other)


@pytest.mark.parametrize(
    ("name", "strict", "folded", "phonetic"),
    [
        ("コウノ　ヒデユキ", "コウノヒデユキ", "コノヒデユキ", "コノヒテユキ"),
        ("リュウヂ", "リュウヂ", "リユジ", "リユシ"),
        ("オーッヅ", "オーッヅ", "オツズ", "オツス"),
        ("", "", "", ""),
        ("・（）", "", "", ""),
    ],
)
def test_the_three_keys_of_a_name(name: str, strict: str, folded: str, phonetic: str) -> None:
    assert (strict_key(name), folded_key(name), phonetic_key(name)) == (strict, folded, phonetic)


def test_a_repeat_mark_that_cannot_be_voiced_repeats_the_kana() -> None:
    assert strict_key("ナヾ") == "ナナ"


def test_a_repeat_mark_with_nothing_before_it_stays() -> None:
    assert strict_key("ヽカ") == "ヽカ"


def test_a_voicing_mark_that_fits_no_kana_is_dropped() -> None:
    assert strict_key("゛アゥ゛゜") == "アゥ"


@given(rewritten())
def test_the_way_of_writing_never_changes_a_key(pair: tuple[str, str]) -> None:
    name, other = pair
    assert strict_key(other) == strict_key(name)
    assert folded_key(other) == folded_key(name)
    assert phonetic_key(other) == phonetic_key(name)


@given(kana_texts)
def test_each_key_is_its_own_key(text: str) -> None:
    for key in (strict_key, folded_key, phonetic_key):
        assert key(key(text)) == key(text)


@given(kana_texts)
def test_a_looser_key_can_be_made_from_a_stricter_one(text: str) -> None:
    assert folded_key(strict_key(text)) == folded_key(text)
    assert phonetic_key(folded_key(text)) == phonetic_key(text)
