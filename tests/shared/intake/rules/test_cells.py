"""Cells of other systems: forgiven what can be understood, refused what cannot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.wareki import format_date
from shared.intake.rules import cells
from shared.intake.rules.cells import UnfitError
from tests.shared.intake.rules.test_numerals import spelt

TODAY = dt.date(2026, 11, 26)


def in_kanji(day: dt.date) -> str:
    year, month, of_month = re.findall("[0-9]+|元", format_date(day))
    era = format_date(day)[:2]
    return f"{era}{year if year == '元' else spelt(int(year))}年{spelt(int(month))}月{spelt(int(of_month))}日"


@pytest.mark.parametrize(
    "written",
    [
        "S23.4.1",
        "昭和23年4月1日",
        "昭２３．４．１",
        " 1948/4/1 ",
        "1948-04-01 00:00:00",
        "19480401",
        "s230401",
        "昭和 23年 4月 1日",
        "3230401",
        "S.23.4.1",
        "昭和23年４月１日（木）",
        "1948/04/01(木)",
        "㍼23年4月1日",
        "昭和二十三年四月一日",
        "昭和二三年四月一日（木）",
        "一九四八年四月一日",
        "昭和２３年４月１日生",
        "1948/04/01 13:25:10",
        "1948-4-1T9:05",
    ],
)
def test_a_day_is_read_in_the_forms_that_occur(written: str) -> None:
    assert cells.day(written) == dt.date(1948, 4, 1)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "　",
        "0000/00/00",
        "00000000",
        "9999/12/31",
        "-",
        "0001/01/01",
        "1899/12/30",
        "1900/1/1 0:00",
        "年　月　日",
        "  .  .  ",
    ],
)
def test_no_day_is_no_day(written: str) -> None:
    assert cells.day(written) is None


def test_the_first_year_of_an_era_is_read() -> None:
    assert cells.day("令和元年5月1日") == cells.day("R1.5.1") == cells.day("R.元.5.1") == dt.date(2019, 5, 1)


@given(st.dates(dt.date(1873, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_written_in_both_calendars_and_in_kanji(day: dt.date) -> None:
    for written in (
        format_date(day),
        format_date(day, full_width=True),
        day.isoformat(),
        f"{day:%Y/%m/%d} 0:00",
        in_kanji(day),
    ):
        assert cells.day(written) == (None if day in cells.UNSET else day)


@pytest.mark.parametrize(
    ("read", "cell", "code"),
    [
        (cells.day, "S65.1.1", "row_date_outside_era"),
        (cells.day, "2021/2/30", "row_date_no_such_date"),
        (cells.day, "平成31年5月1日", "row_date_outside_era"),
        (cells.day, "明治5年12月2日", "row_date_outside_era"),
        (cells.day, "昨日", "row_date_unreadable"),
        (cells.day, "○", "row_date_unreadable"),
        (cells.day, "H31.4.31", "row_date_no_such_date"),
        (cells.day, "43556", "row_date_unreadable"),  # what a spreadsheet counts: from 1900 or from 1904
        (cells.day, "48.4.1", "row_date_unreadable"),
        (cells.day, "4/1/1948", "row_date_unreadable"),
        (cells.day, "1948/4/1 25:00", "row_date_unreadable"),
        (cells.day, "昭和二三十年四月一日", "row_date_unreadable"),
        (lambda cell: cells.key(cell, 80), "１.23457E+11", "row_code_shortened"),
        (lambda cell: cells.code(cell, 40), "合　計", "row_code_total"),
        (lambda cell: cells.key(cell, 80), "総 計：", "row_code_total"),
        (cells.number, "10 20", "row_number"),
        (cells.number, "大人10名子供20名", "row_number"),
        (cells.number, "10名20名", "row_number"),
        (cells.number, "1,50", "row_number"),
        (cells.number, "12,34円", "row_number"),
        (cells.number, "¥-1,500", "row_negative"),
        (cells.number, "△1,000", "row_negative"),
        (cells.number, "10.5", "row_number"),
        (cells.day, "1" + "　" * 1_000_000 + "0:0", "row_date_unreadable"),
        (lambda cell: cells.birth_date(cell, TODAY), "2026/11/27", "row_birth_in_future"),
        (lambda cell: cells.birth_date(cell, TODAY), "1890/1/1", "row_birth_too_old"),
        (lambda cell: cells.kana(cell, 60), "架空　タロウ", "row_kana"),
        (lambda cell: cells.text(cell, 3), "長い名前", "row_text_too_long"),
        (lambda cell: cells.text(cell, 9), "架空\U0001f600", "row_text_emoji"),
        (lambda cell: cells.text(cell, 9), "外\ue000字", "row_text_private_use"),
        (cells.phone, "なし", "row_phone"),
        (cells.postal, "12345", "row_postal"),
        (cells.number, "多数", "row_number"),
        (cells.number, "-5", "row_negative"),
        (cells.number, "−5", "row_negative"),
        (cells.number, "▲1,500円", "row_negative"),
        (cells.number, "(500)", "row_negative"),
        (cells.number, "10-15", "row_number"),
        (cells.number, "1２ー3人", "row_number"),
        (cells.number, "100000000", "row_number_too_large"),
        (cells.number, "9" * 30, "row_number_too_large"),
        (lambda cell: cells.choice(cell, {"1": "one"}), "2", "row_choice"),
    ],
)
def test_what_makes_no_sense_is_refused(read: Callable[[str], object], cell: str, code: str) -> None:
    with pytest.raises(UnfitError) as refused:
        read(cell)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (lambda cell: cells.kana(cell, 60), " ｶｸｳ ﾀﾞｲｽｹ ", "カクウ ダイスケ"),
        (lambda cell: cells.kana(cell, 60), "かくう　たろう", "カクウ タロウ"),
        (lambda cell: cells.reading(cell, 60), "ｱｲﾃｨ研究会".replace("研究会", "ABC"), "アイティABC"),
        (lambda cell: cells.text(cell, 9), " 神\ufa19社\n", "神\ufa19社"),
        (lambda cell: cells.text(cell, 9), "か\u3099", "が"),
        (lambda cell: cells.text(cell, 9), "葛󠄀城\U00020bb7", "葛󠄀城\U00020bb7"),
        (cells.phone, "０４７６（００）０１２３", "0476-00-0123"),
        (cells.postal, "〒270－1300", "2701300"),
        (cells.postal, "010001", "0010001"),
        (cells.number, "１，２００円", 1200),
        (cells.number, "12人", 12),
        (cells.number, "－", None),
        (cells.number, "¥1,500−", 1500),
        (cells.number, "500.00", 500),
        (cells.number, "\\1,500", 1500),
        (cells.number, "＼１，５００", 1500),
        (cells.number, "1,234,500 円", 1234500),
        (lambda cell: cells.key(cell, 80), "2E01", "2E01"),
        (cells.bare_cell, '="0123"', "0123"),
        (cells.bare_cell, '="架空""甲"""', '架空"甲"'),
        (cells.bare_cell, "A=1", "A=1"),
        (lambda cell: cells.choice(cell, {"1": "one"}, "none"), " １ ", "one"),
        (lambda cell: cells.choice(cell, {"1": "one"}, "none"), "", "none"),
    ],
)
def test_what_can_be_understood_is_forgiven(read: Callable[[str], object], cell: str, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize("written", ["001", " ００１ ", "'001", "0 01"])
def test_a_key_is_the_same_in_every_width_and_keeps_its_zeros(written: str) -> None:
    assert cells.key(written, 80) == "001"


@pytest.mark.parametrize(
    ("first", "is_data"),
    [
        (["利用者番号", "氏名", "生年月日", "人数"], False),
        (["列1", "列2"], False),
        (["1001", "架空　太郎"], True),
        (["A-1", "架空　太郎", "S23.4.1"], True),
        (["架空　太郎", "0476-00-0101"], True),
    ],
)
def test_a_row_is_told_from_headings(first: list[str], is_data: bool) -> None:
    assert cells.looks_like_data(first) is is_data


@given(st.text(max_size=40))
def test_no_reader_fails_but_by_refusing(cell: str) -> None:
    for read in (cells.day, cells.phone, cells.postal, cells.number, cells.plain, cells.shape):
        with suppress(UnfitError):
            read(cell)


@given(st.text(max_size=40))
def test_a_shape_tells_no_letter_of_a_name(cell: str) -> None:
    told = set(cells.shape(cell))
    assert not told & (set("架空太郎") | set("１２３"))


def test_a_shape_shows_what_kind_of_text_it_is() -> None:
    assert cells.shape("架空 ﾀﾛｳ S23年") == "漢漢 ｱｱｱ A00年"


def test_a_day_that_was_set_ahead_may_lie_behind_the_end_of_its_era_and_not_before_its_beginning() -> None:
    assert cells.day_set_ahead("平成35年3月31日") == dt.date(2023, 3, 31)
    assert cells.day_set_ahead("H31.5.1") == dt.date(2019, 5, 1)
    assert cells.day("H31.4.30") == dt.date(2019, 4, 30)
    with pytest.raises(UnfitError):
        cells.day("平成35年3月31日")  # a birth date is never ahead
    with pytest.raises(UnfitError):
        cells.day_set_ahead("令和元年4月30日")
