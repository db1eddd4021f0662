"""One box for numbers, phones, kana and written names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.search import SearchKind, check_typed, printed_beginning, printed_numbers, read_search
from apps.registrants.search_errors import MistypedNumberError
from kernel.numbers import Series


@pytest.mark.parametrize(
    ("typed", "kind", "key"),
    [
        ("A-000012-5", SearchKind.NUMBER, "A0000125"),
        ("ａ０００１２", SearchKind.NUMBER, "A00012"),
        ("０４７６－００－０１２３", SearchKind.DIGITS, "0476000123"),
        ("(0476) 00 0123", SearchKind.DIGITS, "0476000123"),
        ("+81 476-00-0123", SearchKind.DIGITS, "0476000123"),
        ("12", SearchKind.DIGITS, "12"),
        ("いんざい", SearchKind.KANA, "いんざい"),
        ("ｲﾝｻﾞｲ", SearchKind.KANA, "いんざい"),
        ("イン ザイ", SearchKind.KANA, "いんざい"),
        ("きゃっと", SearchKind.KANA, "きやつと"),
        ("朗読の会", SearchKind.NAME, "朗読の会"),
        ("ABC ダンス", SearchKind.NAME, "ABC ダンス"),
        ("FC2024", SearchKind.NAME, "FC2024"),
        ("100%_", SearchKind.NAME, "100%_"),
        ("S23.4.1", SearchKind.BIRTH, ""),
        ("19480401", SearchKind.BIRTH, "19480401"),
        ("RA-000012-5", SearchKind.CARD, "RA0000125"),
        ("A-000012-5-1", SearchKind.NUMBER, "A00001251"),
    ],
)
def test_what_was_typed_is_understood(typed: str, kind: SearchKind, key: str) -> None:
    found = read_search(typed, prefix="A")
    assert found is not None
    assert (found.kind, found.key) == (kind, key)


@pytest.mark.parametrize("typed", ["", "　 ", "\u200b"])
def test_nothing_is_nothing(typed: str) -> None:
    assert read_search(typed, prefix="A") is None


@given(st.text())
def test_whatever_was_typed_is_read_or_told_to_be_nothing(typed: str) -> None:
    found = read_search(typed, prefix="A")
    assert found is None or found.key != ""


@pytest.mark.parametrize("code", ["A000012", "000012", "12", "A12", "0000125", "A0000125"])
def test_a_number_is_found_with_or_without_prefix_zeros_and_check_digit(code: str) -> None:
    assert Series("A", 6).make(12) == "A-000012-5"
    assert "A-000012-5" in printed_numbers("A", code)


def test_a_wrong_check_digit_means_no_number() -> None:
    assert printed_numbers("A", "0000124") == []


@pytest.mark.parametrize("code", ["B000012", "0", "000000", "12345678", ""])
def test_what_is_no_number_of_the_series_means_none(code: str) -> None:
    assert printed_numbers("A", code) == []


def test_a_date_that_is_not_there_is_no_birth_date() -> None:
    found = read_search("S23.2.30", prefix="A")
    assert found is not None
    assert found.born is None


@pytest.mark.parametrize("typed", ["A-000012-6", "ra0000126"])
def test_a_wrong_check_digit_of_our_own_series_is_mistyped(typed: str) -> None:
    with pytest.raises(MistypedNumberError):
        check_typed(typed, prefix="A")


@pytest.mark.parametrize("typed", ["A-000012-5", "A12", "B-000012-6", "0000126", "あ", ""])
def test_anything_else_is_not(typed: str) -> None:
    check_typed(typed, prefix="A")


@pytest.mark.parametrize(("code", "beginning"), [("A0001", "A-0001"), ("0001", "A-0001"), ("A0000125", "A-000012-5")])
def test_a_numbers_beginning_is_as_it_is_printed(code: str, beginning: str) -> None:
    assert printed_beginning("A", code) == beginning
