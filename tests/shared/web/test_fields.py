"""Days in either calendar, counts in either width."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from kernel import clock
from shared.web.fields import CountField, DayField


@pytest.mark.parametrize("typed", ["2026-04-01", "２０２６／４／１", "令和8年4月1日", "R8.4.1", dt.date(2026, 4, 1)])
def test_a_day_is_read_in_either_calendar(typed: object) -> None:
    assert DayField().clean(typed) == dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-02-30", "no_such_date"),
        ("昭和65年1月1日", "no_such_date"),
        ("1600-01-01", "too_early"),
        ("9999-12-31", "out_of_range"),
        ("1989-01-07", "too_early"),
        ("明日", "invalid"),
        ("", "required"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.code == code


def test_a_day_may_lie_three_years_ahead_and_no_farther() -> None:
    farthest = clock.today() + dt.timedelta(days=366 * 3)
    assert DayField().clean(f"{farthest:%Y-%m-%d}") == farthest
    with pytest.raises(ValidationError):
        DayField().clean(f"{farthest + dt.timedelta(days=1):%Y-%m-%d}")


def test_a_day_that_is_not_asked_for_may_stay_away() -> None:
    assert DayField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("typed", "number"), [("10", 10), ("１０", 10), ("10人", 10), (" 10 名", 10), ("-5", -5), ("−５", -5), ("007", 7)]
)
def test_a_count_is_read_in_either_width(typed: str, number: int) -> None:
    assert CountField().clean(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("人", "required"),
        ("十", "invalid"),
        ("1e3", "invalid"),
        ("100000", "max_value"),
    ],
)
def test_a_count_that_makes_no_sense_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CountField().clean(typed)
    assert refused.value.error_list[0].code == code
