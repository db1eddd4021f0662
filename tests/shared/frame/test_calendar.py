from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.frame.calendar import DayCell, weeks
from shared.frame.marks import Mark

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


def cells(first: date, count: int) -> list[DayCell]:
    return [DayCell(first + timedelta(days=number), Mark.FREE) for number in range(count)]


@given(first=DAYS, count=st.integers(1, 40))
def test_every_week_has_seven_columns_and_no_day_is_lost(first: date, count: int) -> None:
    rows = weeks(cells(first, count))
    assert {len(row) for row in rows} == {7}
    assert [cell for row in rows for cell in row if cell] == cells(first, count)


@given(first=DAYS, count=st.integers(1, 40))
def test_every_sunday_stands_in_the_first_column(first: date, count: int) -> None:
    columns = {
        cell.day.isoweekday() % 7 == place
        for row in weeks(cells(first, count))
        for place, cell in enumerate(row)
        if cell
    }
    assert columns == {True}


def test_no_days_make_no_weeks() -> None:
    assert weeks([]) == []


def test_a_day_that_leads_nowhere_is_shut() -> None:
    assert "is-shut" in DayCell(date(2026, 5, 1), Mark.FULL).css


def test_a_holiday_is_coloured_as_one_on_any_weekday() -> None:
    assert "is-holiday" in DayCell(date(2026, 5, 5), Mark.FREE, holiday="こどもの日").css
