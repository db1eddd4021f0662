"""What a scan of a card is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.card_code import CardCode, CodeProblem, code_of, read_code
from apps.registrants.rules.numbering import registration_series, senior_series

NUMBER = senior_series("A").make(123)


@pytest.mark.parametrize(
    "text",
    [
        f"{NUMBER}-2",
        f" {NUMBER}-2\r\n",
        f"{NUMBER}-2".lower(),
        f"{NUMBER}-2".replace("-", ""),
        "ＲＡ－０００１２３－０－２",
    ],
)
def test_a_scan_is_read_however_the_reader_types_it(text: str) -> None:
    if "０" in text:
        text = text.replace("－０－２", f"－{chr(0xFF10 + int(NUMBER[-1]))}－２")
    assert read_code(text) == CardCode("RA", NUMBER, 2)


def test_a_number_alone_says_no_branch() -> None:
    assert read_code(NUMBER) == CardCode("RA", NUMBER, None)


def test_a_wrong_figure_is_told_as_mistyped() -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    assert read_code(wrong) is CodeProblem.MISTYPED
    assert read_code(f"{wrong}-1") is CodeProblem.MISTYPED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "　",
        "ら",
        "RA",
        "RA-12-0",
        "RA-000000-0",
        f"{NUMBER}-1000",
        "4901234567894",
        "https://card.example/RA",
        "\x00\x1f",
        "٠١٢",
        "R" * 10_000,
        "RABCDEF-000123-0",
    ],
)
def test_anything_else_is_unreadable(text: str) -> None:
    assert read_code(text) is CodeProblem.UNREADABLE


def test_whose_number_it_is_shows_in_its_letters() -> None:
    own, group, other = (
        read_code(one) for one in (NUMBER, registration_series("A").make(1), senior_series("B").make(1))
    )
    assert isinstance(own, CardCode)
    assert isinstance(group, CardCode)
    assert isinstance(other, CardCode)
    assert [one.is_senior for one in (own, group, other)] == [True, False, True]
    assert [one.is_of("A") for one in (own, group, other)] == [True, True, False]


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(read_code(text), CardCode | CodeProblem)


@given(st.from_regex("[A-QS-Z][A-Z]{0,3}", fullmatch=True), st.integers(1, 999_999), st.integers(1, 999))
def test_what_is_printed_is_read_back(prefix: str, sequence: int, branch: int) -> None:
    number = senior_series(prefix).make(sequence)
    assert read_code(code_of(number, branch)) == CardCode(f"R{prefix}", number, branch)
