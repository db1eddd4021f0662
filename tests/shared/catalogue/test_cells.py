"""Rules of single cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from shared.catalogue.rules import cells
from shared.catalogue.rules.problems import UnfitError


def code_of(parse: object, cell: str, **options: int) -> str:
    with pytest.raises(UnfitError) as unfit:
        parse(cell, **options)  # type: ignore[operator]  # one of the functions under test
    return unfit.value.code


def test_text_is_trimmed_and_kana_of_two_parts_are_joined() -> None:
    assert cells.text("　カ\u3099ッコウ ", 10) == "ガッコウ"


def test_text_keeps_kanji_that_normalisation_would_exchange() -> None:
    assert cells.text("神\ufa19社", 10) == "神\ufa19社"


def test_text_keeps_full_width_letters_and_line_breaks() -> None:
    assert cells.text("Ａ館\n２階", 10) == "Ａ館\n２階"


@pytest.mark.parametrize("char", ["\x07", "\x85", "\ufffd", "\x00"])
def test_text_with_a_character_that_cannot_be_shown_is_refused(char: str) -> None:
    assert code_of(cells.text, f"公民{char}館", longest=10) == "broken_character"


def test_text_with_a_private_character_is_refused() -> None:
    assert code_of(cells.text, "公民\ue000館", longest=10) == "private_character"


def test_text_may_have_exactly_the_longest_length() -> None:
    assert cells.text("公民館", 3) == "公民館"
    assert code_of(cells.text, "公民館別", longest=3) == "too_long"


def test_a_code_is_kept_in_half_width() -> None:
    assert cells.code("００１２", 10) == "0012"


@pytest.mark.parametrize("cell", ["122319", "１２２３１９", " 011002 ", "131016", "473821"])
def test_a_municipality_code_with_its_check_digit_is_taken(cell: str) -> None:
    assert len(cells.municipality_code(cell)) == 6


@pytest.mark.parametrize(
    ("cell", "code"),
    [("122318", "code_mistyped"), ("11002", "code_not_six_digits"), ("12231A", "code_not_six_digits"), (" ", "empty")],
)
def test_a_municipality_code_that_is_wrong_is_refused(cell: str, code: str) -> None:
    assert code_of(cells.municipality_code, cell) == code


def test_a_corporate_number_with_its_check_digit_is_taken() -> None:
    assert cells.corporate_number("６０００020121002") == "6000020121002"  # 千葉市, as published
    assert cells.corporate_number("") == ""


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("5000020121002", "corporate_number_mistyped"),
        ("6000020121020", "corporate_number_mistyped"),
        ("600002012100", "corporate_number_not_thirteen_digits"),
        ("6.00002E+12", "corporate_number_not_thirteen_digits"),
    ],
)
def test_a_corporate_number_that_is_wrong_is_refused(cell: str, code: str) -> None:
    assert code_of(cells.corporate_number, cell) == code


def test_a_corporate_check_digit_is_nine_when_nothing_remains() -> None:
    assert cells.check_digit_of_corporation("000000000000") == "9"


def test_degrees_are_kept_to_six_places() -> None:
    assert cells.latitude("３５.83234567") == Decimal("35.832346")
    assert cells.longitude("140.1") == Decimal("140.100000")
    assert cells.latitude("") is None


@pytest.mark.parametrize("cell", ["20", "46"])
def test_the_northern_and_southern_ends_of_japan_are_within(cell: str) -> None:
    assert cells.latitude(cell) == Decimal(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("140.1", "degrees_swapped"),
        ("19.999999", "degrees_outside"),
        ("0", "degrees_outside"),
        ("35°49′", "no_degrees"),
        ("NaN", "no_degrees"),
        ("inf", "no_degrees"),
        ("1e400", "degrees_outside"),
    ],
)
def test_a_latitude_that_is_none_is_refused(cell: str, code: str) -> None:
    assert code_of(cells.latitude, cell) == code


@pytest.mark.parametrize(
    "cell", ["0476-00-0001", "(0476)00-0001", "０４７６－００－０００１", "0476000001 / 090-0000-0001", ""]
)
def test_a_phone_number_is_taken_as_it_is_usually_written(cell: str) -> None:
    cells.phone(cell, 40)


@pytest.mark.parametrize("cell", ["0476-00", "476-00-0001", "0476-00-0001(内線12)", "市役所", "0476-00-0001/"])
def test_a_phone_number_that_nobody_could_dial_is_refused(cell: str) -> None:
    assert code_of(cells.phone, cell, longest=40) == "no_phone"


@pytest.mark.parametrize(
    ("cell", "time"),
    [("9:00", dt.time(9)), ("09:00", dt.time(9)), ("０９：３０", dt.time(9, 30)), ("9:00:00", dt.time(9)), ("", None)],
)
def test_a_time_is_read_as_it_is_usually_written(cell: str, time: dt.time | None) -> None:
    assert cells.opening(cell) == time


def test_only_a_closing_time_may_be_midnight_after_the_day() -> None:
    assert cells.closing("24:00") == dt.time(0)
    assert code_of(cells.opening, "24:00") == "no_time"


@pytest.mark.parametrize("cell", ["24:30", "25:00", "9:60", "9時", "0900", "9:5"])
def test_a_time_that_no_clock_shows_is_refused(cell: str) -> None:
    assert code_of(cells.closing, cell) == "no_time"


def test_a_web_address_is_taken() -> None:
    assert cells.url("https://example.lg.jp/施設?a=1", 300) == "https://example.lg.jp/施設?a=1"
    assert cells.url("", 300) == ""


@pytest.mark.parametrize(
    "cell", ["javascript:alert(1)", "www.example.lg.jp", "http://", "ftp://example.lg.jp", "http://[", "https://a b.jp"]
)
def test_an_address_that_is_none_on_the_web_is_refused(cell: str) -> None:
    assert code_of(cells.url, cell, longest=300) == "no_url"


def test_words_are_parted_by_semicolons_of_any_width_without_repetition() -> None:
    assert cells.words("スロープ; 点字ブロック；；スロープ", 60) == ("スロープ", "点字ブロック")
