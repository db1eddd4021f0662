"""Every pair that the domain handbook names (5.2, 5.3), the key at which it meets and those at which it does not."""

from datetime import date

import pytest

from kernel.kanji_key import kanji_key
from kernel.name_keys import folded_key, phonetic_key, strict_key
from kernel.name_tokens import TokenKey, Tokens, proof, tokens

KEY = TokenKey("test", bytes(range(32)))
K1, K2, K3, NEVER = 1, 2, 3, 4
KANA = [
    ("ﾔﾏﾀﾞ ﾊﾅｺ", "ヤマダ　ハナコ", K1),
    ("やまだはなこ", "ヤマダハナコ", K1),
    ("ﾔﾏﾀﾞ", "やまだ", K1),
    ("タ゛テ", "ダテ", K1),
    ("ﾀﾞﾃ", "タ゛テ", K1),
    ("は゜んた゛", "パンダ", K1),
    ("カヲル", "カオル", K1),
    ("ヰトウ", "イトウ", K1),
    ("ヱツコ", "エツコ", K1),
    ("ヴァン", "バン", K1),
    ("ヴ", "ブ", K1),
    ("コ‐ノ", "コーノ", K1),
    ("コ－ノ", "コ−ノ", K1),
    ("コ―ノ", "コ-ノ", K1),
    ("ヤマダ・ハナコ", "ヤマダハナコ", K1),
    ("オウノ", "オオノ", K2),
    ("オオノ", "オーノ", K2),
    ("オウノ", "オーノ", K2),
    ("ケイコ", "ケーコ", K2),
    ("ケイコ", "ケエコ", K2),
    ("ユウウジ", "ユウジ", K2),
    ("カアサン", "カサン", K2),
    ("シイナ", "シナ", K2),
    ("キョウコ", "キヨウコ", K2),
    ("ハットリ", "ハツトリ", K2),
    ("シュンャ", "シユンヤ", K2),
    ("フジタ", "フヂタ", K2),
    ("イシズカ", "イシヅカ", K2),
    ("ヤマサキ", "ヤマザキ", K3),
    ("トヨダ", "トヨタ", K3),
    ("ナカジマ", "ナカシマ", K3),
    ("サトウ", "サイトウ", NEVER),
    ("サトウ", "カトウ", NEVER),
    ("ワタナベ", "ワタベ", NEVER),
    ("イトウ", "ゴトウ", NEVER),
    ("カズオ", "カズコ", NEVER),
    ("ヤマダハナコ", "ハナコヤマダ", NEVER),
]
KANJI_GROUPS = (
    "斉斎齊齋", "崎埼碕﨑嵜", "島嶋嶌", "辺邊邉", "高髙", "浜濱濵", "沢澤", "吉𠮷", "館舘", "富冨", "渕淵", "曽曾",
    "竜龍", "滝瀧", "蔵藏", "桜櫻", "恵惠", "邊\U000e0101邊", "神\ufa19",
)  # fmt: skip
SLIPS = [
    (date(1923, 5, 3), date(1937, 5, 3), True),  # 大正12年, 昭和12年
    (date(1926, 12, 24), date(1926, 12, 25), True),  # 大正の終わりと昭和の初め
    (date(1948, 4, 1), date(1949, 4, 1), True),
    (date(1948, 4, 1), date(1947, 4, 1), True),
    (date(1948, 4, 1), date(1948, 4, 7), True),
    (date(1948, 4, 1), date(1948, 7, 1), True),
    (date(1948, 2, 29), date(1948, 2, 28), True),  # 閏年
    (date(1948, 2, 29), date(1952, 2, 29), True),
    (date(1948, 4, 1), date(1949, 4, 2), False),
    (date(1948, 2, 29), date(1948, 3, 1), False),
    (date(1948, 1, 2), date(1948, 2, 1), False),
]


@pytest.mark.parametrize(("one", "other", "meets"), KANA)
def test_two_kana_names_meet_at_their_key_and_not_before(one: str, other: str, meets: int) -> None:
    same = [key(one) == key(other) for key in (strict_key, folded_key, phonetic_key)]
    assert same == [meets <= level for level in (K1, K2, K3)]


@pytest.mark.parametrize("group", KANJI_GROUPS)
def test_the_kanji_of_a_group_meet_at_kj(group: str) -> None:
    chars = [char for char in group if char < "\U000e0100" or char > "\U000e01ef"]
    assert len({kanji_key(f"{char}田") for char in chars}) == 1
    assert kanji_key(group[0]) == kanji_key(group)[:1]


def test_no_two_groups_meet() -> None:
    groups = KANJI_GROUPS[:17]
    assert len({kanji_key(group[0]) for group in groups}) == len(groups)


def of(kana: str, name: str = "架空花子", born: date = date(1948, 4, 1), given: str = "ハナコ") -> Tokens:
    return tokens(KEY, kana=kana, name=name, born=born, given_kana=given)


def test_a_misread_name_meets_by_its_kanji_alone() -> None:
    one, other = of("トウカイリンハナコ", "東海林花子"), of("ショウジハナコ", "東海林花子")
    assert (one.t1 == other.t1, one.t2 == other.t2, one.t3 == other.t3, one.t4 == other.t4) == (0, 0, 0, 1)


def test_another_family_name_meets_by_the_given_name_alone() -> None:
    """改姓, 旧姓: T5, which the city may want."""
    one, other = of("ヤマダハナコ", "山田花子"), of("スズキハナコ", "鈴木花子")
    assert not {one.t1, one.t2, one.t3, one.t4} & {other.t1, other.t2, other.t3, other.t4}
    assert one.t5 == other.t5 != of("ヤマダハルコ", given="ハルコ").t5


def test_the_given_name_is_folded_too() -> None:
    assert of("ヤマダヨウコ", given="ヨウコ").t5 == of("スズキヨーコ", given="ヨーコ").t5


@pytest.mark.parametrize(("one", "other", "meets"), SLIPS)
def test_a_birth_date_that_differs_in_one_part_meets_by_a_slip_alone(one: date, other: date, meets: bool) -> None:
    """元号の取り違え, ±1年, 閏年: T6, which the city may want."""
    left, right = of("ヤマダハナコ", born=one), of("ヤマダハナコ", born=other)
    assert not {left.t1, left.t2, left.t3, left.t4, left.t5} & {right.t1, right.t2, right.t3, right.t4, right.t5}
    assert bool(set(left.t6 or ()) & set(right.t6 or ())) is meets


def test_the_parts_of_two_dates_are_never_taken_for_one_another() -> None:
    """Year and day, and year and month, of the same figures."""
    one, other = of("ヤマダ", born=date(1948, 4, 5)), of("ヤマダ", born=date(1948, 5, 4))
    assert not set(one.t6 or ()) & set(other.t6 or ())


def test_no_kind_of_token_is_taken_for_another() -> None:
    found = tokens(KEY, kana="アカ", name="アカ", born=date(1948, 4, 1), given_kana="アカ")
    assert len({found.t1, found.t2, found.t3, found.t4, found.t5, *(found.t6 or ())}) == 8


def test_a_proof_tells_keys_apart_and_is_no_token() -> None:
    assert proof(KEY) != proof(TokenKey("test", bytes(range(1, 33))))
    assert proof(KEY) != KEY.secret
