from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.wareki import (
    ERAS,
    WarekiError,
    era_of,
    fiscal_year,
    fiscal_year_span,
    format_date,
    format_fiscal_year,
    parse_date,
)

days = st.dates(date(1873, 1, 1), date(2117, 12, 31))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 4, 1), "令和8年4月1日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1873, 1, 1), "明治6年1月1日"),
    ],
)
def test_a_day_is_written_in_its_era(day: date, text: str) -> None:
    assert format_date(day) == text


def test_the_weekday_stands_in_wide_brackets() -> None:
    assert format_date(date(2026, 4, 1), weekday=True) == "令和8年4月1日（水）"
    assert format_date(date(2026, 4, 5), weekday=True) == "令和8年4月5日（日）"


def test_figures_can_be_full_width() -> None:
    assert format_date(date(2026, 10, 11), full_width=True) == "令和８年１０月１１日"


def test_a_day_before_the_gregorian_calendar_has_no_wareki() -> None:
    with pytest.raises(WarekiError) as refusal:
        format_date(date(1872, 12, 31))
    assert refusal.value.code == "outside_era"


@pytest.mark.parametrize(
    "text",
    [
        "1948-04-01",
        "1948/4/1",
        "1948.4.1",
        "19480401",
        "1948年4月1日",
        "１９４８年４月１日",
        "１９４８－０４－０１",
        "1948ー4ー1",
        " 1948 年 4 月 1 日 ",
        "S23.4.1",
        "s23/4/1",
        "ｓ２３．４．１",
        "S230401",
        "S23・4・1",
        "昭和23年4月1日",
        "昭和２３年０４月０１日",
        "昭23.4.1",
        "昭和23-4-1",
        "㍼23年4月1日",
    ],
)
def test_every_form_in_use_is_read(text: str) -> None:
    assert parse_date(text) == date(1948, 4, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("㋿8年4月1日", date(2026, 4, 1)),
        ("T15.12.25", date(1926, 12, 25)),
        ("S1.12.25", date(1926, 12, 25)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("M6.1.1", date(1873, 1, 1)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1850-01-01", date(1850, 1, 1)),
    ],
)
def test_the_edges_of_eras_are_read(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["昭和65年1月1日", "S64.1.8", "R1.4.30", "H31.5.1", "S1.12.24", "昭和0年1月1日", "昭和100年4月1日", "M5.12.31"],
)
def test_a_day_that_its_era_never_had_is_outside_the_era(text: str) -> None:
    with pytest.raises(WarekiError) as refusal:
        parse_date(text)
    assert refusal.value.code == "outside_era"


@pytest.mark.parametrize("text", ["2026-02-29", "S24.2.29", "2026/13/1", "20260431", "令和8年4月0日", "0000-01-01"])
def test_a_day_of_no_calendar_is_no_such_date(text: str) -> None:
    with pytest.raises(WarekiError) as refusal:
        parse_date(text)
    assert refusal.value.code == "no_such_date"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "あした",
        "4/1",
        "48/4/1",
        "2026-4",
        "2026-4-1-1",
        "202641",
        "X23.4.1",
        "元2.1.1",
        "٢٠٢٦-04-01",
        "1" * 99,
    ],
)
def test_anything_else_is_unreadable(text: str) -> None:
    with pytest.raises(WarekiError) as refusal:
        parse_date(text)
    assert refusal.value.code == "unreadable"


def test_the_error_does_not_repeat_a_birth_date() -> None:
    with pytest.raises(WarekiError) as refusal:
        parse_date("昭和65年3月3日")
    assert str(refusal.value) == "outside_era"


@given(days, st.booleans())
def test_what_is_written_is_read_back(day: date, full_width: bool) -> None:
    assert parse_date(format_date(day, full_width=full_width)) == day


@given(days)
def test_the_western_forms_are_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day:%Y%m%d}") == day


@given(days)
def test_every_day_lies_in_its_era(day: date) -> None:
    assert era_of(day).begins <= day <= era_of(day).ends


def test_eras_follow_one_another_without_a_gap() -> None:
    gaps = [later.begins - earlier.ends for earlier, later in pairwise(ERAS)]
    assert gaps == [timedelta(0), timedelta(0), timedelta(days=1), timedelta(days=1)]


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_the_fiscal_year_begins_in_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_a_fiscal_year_runs_from_april_to_april_in_japan() -> None:
    span = fiscal_year_span(2026)
    assert span.start == datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
    assert span.end == datetime(2027, 3, 31, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("year", [0, 9999])
def test_a_fiscal_year_beyond_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="out_of_range"):
        fiscal_year_span(year)


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2026, "令和8年度"),
        (2020, "令和2年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
    ],
)
def test_a_fiscal_year_has_one_name(year: int, text: str) -> None:
    assert format_fiscal_year(year) == text
