"""Tokens: one key a kind, nothing of the name in them, and the same person met as the handbook says."""

from datetime import date

import pytest
from hypothesis import given

from kernel.name_tokens import NamelessError, TokenKey, Tokens, derived, tokens

from .kana_texts import rewritten

KEY = TokenKey("test", bytes(range(32)))
BORN = date(1948, 4, 1)
FIRST = ["d447536848aed37e", "b560e2a197611ea7", "5bd656015dcad982", "9d4ff53545722ec3"]


def of(kana: str, name: str = "山崎花子", born: date = BORN, key: TokenKey = KEY) -> Tokens:
    return tokens(key, kana=kana, name=name, born=born)


def test_hkdf_gives_the_vector_of_rfc_5869() -> None:
    """Test case 3: no salt, no info; the first block."""
    assert derived(b"\x0b" * 22, b"").hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


def test_a_token_is_what_it_was() -> None:
    """Stored tokens depend on it: when this fails, VERSION must count up and the index be made anew."""
    found = of("ヤマザキハナコ")
    assert [t.hex()[:16] for t in (found.t1, found.t2, found.t3, found.t4 or b"")] == FIRST


def test_the_four_kinds_never_meet() -> None:
    found = of("アカ", "アカ")
    assert len({found.t1, found.t2, found.t3, found.t4}) == 4
    assert {len(found.t1), len(found.t2), len(found.t3), len(found.t4 or b"")} == {32}


def test_another_birth_date_changes_all() -> None:
    one, other = of("ヤマザキ"), of("ヤマザキ", born=date(1948, 4, 2))
    assert not {one.t1, one.t2, one.t3, one.t4} & {other.t1, other.t2, other.t3, other.t4}


def test_another_key_changes_all() -> None:
    one, other = of("ヤマザキ"), of("ヤマザキ", key=TokenKey("next", bytes(range(1, 33))))
    assert not {one.t1, one.t2, one.t3, one.t4} & {other.t1, other.t2, other.t3, other.t4}


def test_another_spelling_keeps_the_looser_tokens() -> None:
    one, other = of("コウノ"), of("コーノ")
    assert (one.t1 == other.t1, one.t2 == other.t2, one.t3 == other.t3) == (False, True, True)


def test_voicing_keeps_the_loosest() -> None:
    one, other = of("ヤマザキ"), of("ヤマサキ")
    assert (one.t1 == other.t1, one.t2 == other.t2, one.t3 == other.t3) == (False, False, True)


def test_another_reading_keeps_the_kanji() -> None:
    one, other = of("トウカイリン", "東海林"), of("ショウジ", "東海林")
    assert (one.t3 == other.t3, one.t4 == other.t4) == (False, True)


@given(rewritten())
def test_the_way_of_writing_never_changes_a_token(pair: tuple[str, str]) -> None:
    name, other = (f"カ{text}" for text in pair)
    assert of(name) == of(other)


@pytest.mark.parametrize("kana", ["", "　・", "ー"])
def test_without_kana_there_is_no_token(kana: str) -> None:
    with pytest.raises(NamelessError):
        of(kana)


def test_without_a_written_name_there_is_no_kanji_token() -> None:
    assert of("ヤマザキ", "").t4 is None


def test_a_key_does_not_show_itself() -> None:
    assert "secret" not in repr(KEY)
