"""Names of groups that a clerk would take for one, and names that nobody would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.group_names import LONGEST, NameForms, are_alike, forms_of, keys_of

ALIKE = [
    (("架空体操クラブ", "カクウタイソウクラブ"), ("架空体操会", "カクウタイソウカイ")),
    (("架空体操クラブ", "カクウタイソウクラブ"), ("架空体操ｸﾗﾌﾞ", "ｶｸｳﾀｲｿｳｸﾗﾌﾞ")),
    (("架空 体操　クラブ", ""), ("架空体操クラブ", "")),
    (("さくら会", "サクラカイ"), ("サクラの会", "サクラノカイ")),
    (("さくら会", "サクラカイ"), ("サクラ倶楽部", "サクラクラブ")),
    (("桜会", "サクラカイ"), ("さくら会", "サクラカイ")),
    (("コーラス♪あおぞら", "コーラスアオゾラ"), ("コーラス「あおぞら」", "コーラスアオゾラ")),
    (("ＮＰＯ法人みほんの森", "ミホンノモリ"), ("みほんの森", "ミホンノモリ")),
    (("架空老人クラブ", "カクウロウジンクラブ"), ("架空老人会", "カクウロウジンカイ")),
    (("見本コ－ラス", "ミホンコーラス"), ("見本コーラス", "ミホンコオラス")),
    (("架空卓球同好会", "カクウタッキュウドウコウカイ"), ("架空卓球愛好会", "カクウタツキユウアイコウカイ")),
    (("朝霧囲碁の会", "アサギリイゴノカイ"), ("朝霧囲碁会", "アサギリイゴカイ")),
    (("見本フォークダンス", "ミホンフォークダンス"), ("見本フォクダンス", "ミホンフォクダンス")),
    (("水辺ハイキング", "ミズベハイキング"), ("水辺ハイキグン", "ミズベハイキグン")),
    (("架空写真研究会", "カクウシャシンケンキュウカイ"), ("架空写直研究会", "カクウシャシンケンキュウカイ")),
    (("架空盆栽愛好者会", ""), ("架空盆栽愛好会", "")),
    (("Rainbow Club", ""), ("ＲＡＩＮＢＯＷ", "")),
    (("♪♪", ""), ("♪♪", "")),
    (("齋藤会", ""), ("斎藤会", "")),
    (("髙橋合唱団", ""), ("高橋合唱団", "")),
    (("渡邊囲碁同好会", ""), ("渡辺囲碁会", "")),
    (("櫻の会", ""), ("桜の会", "")),
    (("サークルさくら", ""), ("さくらの会", "")),
    (("㈱架空工芸", ""), ("株式会社架空工芸", "")),
    (("みどりの森（NPO法人）", ""), ("特定非営利活動法人みどりの森", "")),
    (("架空コーラス\ufe00", ""), ("架空コ―ラス", "")),
]
DIFFERENT = [
    (("さくら会", "サクラカイ"), ("さつき会", "サツキカイ")),
    (("木下体操クラブ", "キオロシタイソウクラブ"), ("木刈体操クラブ", "キカリタイソウクラブ")),
    (("木下囲碁クラブ", "キオロシイゴクラブ"), ("大森囲碁クラブ", "オオモリイゴクラブ")),
    (("木下囲碁クラブ", "キオロシイゴクラブ"), ("木下将棋クラブ", "キオロシショウギクラブ")),
    (("架空第一老人クラブ", "カクウダイイチロウジンクラブ"), ("架空第二老人クラブ", "カクウダイニロウジンクラブ")),
    (("架空第1老人クラブ", ""), ("架空第2老人クラブ", "")),
    (("架空東町内会女性部", ""), ("架空西町内会女性部", "")),
    (("架空男声合唱団", ""), ("架空女声合唱団", "")),
    (("英会話教室初級A", ""), ("英会話教室初級B", "")),
    (("架空町内会", "カクウチョウナイカイ"), ("架空子ども会", "カクウコドモカイ")),
    (("クラブ", ""), ("サークル", "")),
    (("♪♪", ""), ("☆☆", "")),
    (("サークル", ""), ("グループ", "")),
    (("架空上町自治会", ""), ("架空下町自治会", "")),
]
SYLLABLES = "かくうみほんさらコーラス体操囲碁会クラブ一二東A1　♪"
NAMES = st.text(SYLLABLES, min_size=1, max_size=14)
KANAS = st.just("") | st.text("カクウミホンサラコーガギ", max_size=12)
FORMS = st.builds(forms_of, NAMES, KANAS)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_they_are_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert are_alike(forms_of(*one), forms_of(*other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_they_are_different(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not are_alike(forms_of(*one), forms_of(*other))


@given(FORMS, FORMS)
def test_likeness_holds_both_ways_and_for_oneself(one: NameForms, other: NameForms) -> None:
    assert are_alike(one, other) == are_alike(other, one)
    assert are_alike(one, one)


@given(FORMS, FORMS)
def test_the_index_finds_whoever_is_alike(one: NameForms, other: NameForms) -> None:
    assert not are_alike(one, other) or keys_of(one) & keys_of(other)


@given(NAMES, KANAS, st.integers(0, 13))
def test_the_index_finds_a_name_with_a_slip(name: str, kana: str, place: int) -> None:
    one, other = forms_of(name, kana), forms_of(name[:place] + name[place + 1 :], kana)
    assert not are_alike(one, other) or keys_of(one) & keys_of(other)


@given(NAMES, KANAS)
def test_width_and_spaces_change_nothing(name: str, kana: str) -> None:
    wide = name.translate({ord("A"): "Ａ", ord("1"): "１"})
    assert forms_of(" ".join(wide), " ".join(kana)) == forms_of(name, kana)


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_text_has_few_keys(name: str, kana: str) -> None:
    assert 1 <= len(keys_of(forms_of(name, kana))) <= 2 * (LONGEST + 1)
