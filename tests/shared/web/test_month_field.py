"""A month as people type it."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError

from shared.web.fields import MonthField
from tests.support.fixtures import Freeze

MAY = dt.date(2026, 5, 1)


class MonthForm(forms.Form):
    month = MonthField()


@pytest.fixture(autouse=True)
def today(freeze: Freeze) -> None:
    freeze("2026-05-20 09:00")


@pytest.mark.parametrize("typed", ["2026-05", "2026/5", "２０２６年５月", "令和8年5月", "R8.5", " 2026-05 "])
def test_a_month_is_read_in_either_calendar(typed: str) -> None:
    assert MonthField().clean(typed) == MAY


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-13", "no_such_date"),
        ("2026-00", "no_such_date"),
        ("令和元年4月", "no_such_date"),
        ("2026-05-01", "invalid"),
        ("2026", "invalid"),
        ("来月", "invalid"),
        ("\ufffd", "invalid"),
        ("2" * 5000, "invalid"),
        ("0001-01", "too_early"),
        ("9999-12", "out_of_range"),
    ],
)
def test_what_is_no_month_is_told(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        MonthField().clean(typed)
    assert caught.value.code == code


def test_the_widget_shows_a_month() -> None:
    shown = str(MonthForm({"month": MAY})["month"])
    assert 'type="month"' in shown
    assert 'value="2026-05"' in shown
