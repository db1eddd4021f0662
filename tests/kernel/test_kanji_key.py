"""KJ: the pairs of the domain handbook (5.2, 5.3) meet, others do not, and the way of writing never counts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kernel.kanji_key
from config import kanji_table
from kernel.kanji_key import SURNAMES, TABLE, kanji_key

SAME = [
    ("齋藤", "斉藤"),
    ("齊藤", "斎藤"),
    ("渡邊", "渡辺"),
    ("渡邉", "渡辺"),
    ("渡邊\U000e0101", "渡邊"),
    ("長澤", "長沢"),
    ("濵田", "浜田"),
    ("濱田", "浜田"),
    ("山﨑", "山崎"),
    ("山嵜", "山崎"),
    ("髙橋", "高橋"),
    ("𠮷田", "吉田"),
    ("神谷", "神谷"),
    ("大嶋", "大島"),
    ("嶌田", "島田"),
    ("舘野", "館野"),
    ("冨田", "富田"),
    ("馬淵", "馬渕"),
    ("曾我", "曽我"),
    ("龍崎", "竜崎"),
    ("瀧川", "滝川"),
    ("武藏", "武蔵"),
    ("櫻井", "桜井"),
    ("惠子", "恵子"),
    ("國分", "国分"),
    ("佐々木", "佐佐木"),
    ("〆木", "締木"),
    ("関ヶ原", "関ケ原"),
    ("東海林　太郎", "東海林太郎"),
    ("ﾏﾘｱ・Luisa", "マリアＬＵＩＳＡ"),
    ("さくら", "サクラ"),
]
OTHER_PEOPLE = [
    ("玉木", "王木"),
    ("佐藤", "佐東"),
    ("伊藤", "伊東"),
    ("阿部", "安部"),
    ("河合", "川合"),
    ("太田", "大田"),
    ("土田", "士田"),
    ("未来", "末来"),
    ("田中一郎", "田中二郎"),
    ("和子", "知子"),
    ("切田", "功田"),
    ("東海林", "庄司"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_of_one_name_have_one_key(one: str, other: str) -> None:
    assert kanji_key(one) == kanji_key(other)


@pytest.mark.parametrize("group", SURNAMES)
def test_a_group_of_surnames_has_one_key(group: str) -> None:
    assert {kanji_key(char) for char in group} == {group[0]}


@pytest.mark.parametrize(("one", "other"), OTHER_PEOPLE)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert kanji_key(one) != kanji_key(other)


@pytest.mark.parametrize("text", ["", "　", "・", "\U000e0101"])
def test_without_a_letter_there_is_no_key(text: str) -> None:
    assert kanji_key(text) == ""


def test_no_class_of_variants_holds_strangers_by_the_dozen() -> None:
    groups: dict[str, int] = {}
    for char in filter(str.isalpha, map(chr, range(0x3400, 0xA000))):
        groups[kanji_key(char)] = groups.get(kanji_key(char), 0) + 1
    assert max(groups.values()) <= 16


def test_every_form_stands_for_itself() -> None:
    chars = "".join(map(chr, range(0x4E00, 0xA000)))
    once = [kanji_key(char) for char in chars]
    assert once == [kanji_key(char) for char in once]


@given(st.text("山崎﨑髙𠮷邊辺齋サクラあい々A1", min_size=1, max_size=8), st.data())
def test_spaces_selectors_width_and_kana_kind_never_change_the_key(name: str, data: st.DataObject) -> None:
    other = list(name.replace("サクラ", "ｻｸﾗ").replace("あ", "ア").replace("A", "Ａ").replace("1", "１"))
    for place in data.draw(st.lists(st.integers(0, len(other)), max_size=3)):
        other.insert(place, data.draw(st.sampled_from([" ", "　", "\u200b", "\ufe00", "\U000e0101", "・", "ー"])))
    assert kanji_key("".join(other)) == kanji_key(name)


def test_the_table_is_what_its_script_makes_of_the_map() -> None:
    shipped = Path(kernel.kanji_key.__file__).with_name(TABLE).read_text(encoding="utf-8")
    assert shipped == kanji_table.text(kanji_table.variants())
    assert "CC BY-SA 2.1 JP" in shipped
