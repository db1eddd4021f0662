import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.kana import is_kana, search_key, to_katakana

from .kana_texts import KANA, names, rewritten


@pytest.mark.parametrize(
    "text", ["だいこ", "ﾀﾞｲｺ", "ダイコ", "タ゛イコ", "た゛いこ", "タ\u3099イコ", "タﾞイコ", "ダ\ufe00イ\u200bコ"]
)
def test_kana_of_any_kind_and_width_become_full_width_katakana(text: str) -> None:
    assert to_katakana(text) == "ダイコ"


def test_iteration_marks_and_rare_kana_become_katakana_too() -> None:
    assert to_katakana("いすゞ ゐゑゔゕゖゝ ﾊﾟ") == "イスヾ ヰヱヴヵヶヽ パ"


@given(names)
def test_katakana_come_back_from_hiragana_and_half_width(name: str) -> None:
    assert to_katakana(jaconv.kata2hira(name)) == to_katakana(jaconv.z2h(name)) == name


@pytest.mark.parametrize(
    "text", ["タナカ タロウ", "たなか　たろう", "ﾀﾅｶ ﾀﾛｳ", "コーノ", "ジョン・スミス", "イスヾ", "タ゛イ", "ヴィ"]
)
def test_kana_with_long_marks_middle_dots_and_spaces_are_kana(text: str) -> None:
    assert is_kana(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "ー", "・", "田中", "タナカ太郎", "Tanaka", "タナカ1", "タナカ-", "タナカ\n", "ア゛", "タナカ。", "😀"],
)
def test_kanji_letters_figures_or_nothing_are_not_kana(text: str) -> None:
    assert not is_kana(text)


def test_a_very_long_text_is_judged_at_once() -> None:
    assert not is_kana("ア" * 100_000 + "1")


@pytest.mark.parametrize(
    "text",
    [
        "キョウコ",
        "きょうこ",
        "ｷｮｳｺ",
        "キヨウコ",
        "キョ ウコ",
        "キョ・ウコ",
        "ｷﾖｳｺ",
        "き\u3000ょうこ",
        "キョウ\u200bコ",
    ],
)
def test_the_desk_finds_a_name_in_any_spelling_of_its_kana(text: str) -> None:
    assert search_key(text) == "きようこ"


def test_letters_and_figures_of_a_search_are_half_width_capitals() -> None:
    assert search_key("ＡＢＣ くらぶ２") == search_key("abcクラブ2") == "ABCくらぶ2"


@pytest.mark.parametrize("dash", "ー-‐−―－ｰ")
def test_every_dash_is_a_long_mark_in_a_search(dash: str) -> None:
    assert search_key(f"コ{dash}ノ") == "こーの"


def test_a_voicing_mark_matters_in_a_search() -> None:
    assert search_key("ヤマザキ") != search_key("ヤマサキ")


def test_a_voicing_mark_that_fits_no_kana_is_dropped_from_a_search() -> None:
    assert search_key("゛アゥ゛") == "あう"


@given(rewritten())
def test_the_way_of_writing_never_changes_a_search_key(pair: tuple[str, str]) -> None:
    name, other = pair
    assert search_key(other) == search_key(name)


@given(names, st.integers(0, 12))
def test_the_beginning_of_a_name_finds_the_name(name: str, length: int) -> None:
    assert search_key(name).startswith(search_key(name[:length]))


@given(st.text(KANA + "abcＡＢＣ １・ゝ゛", max_size=12))
def test_a_search_key_is_its_own_search_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)
