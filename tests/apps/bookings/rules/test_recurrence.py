"""Days that come again."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.errors import SeriesTooLongError, SpanUpsideDownError
from apps.bookings.rules.recurrence import Recurrence, days_of, split

D = dt.date.fromisoformat


def days(first: str, last: str, *, weekdays: tuple[int, ...] = (), ordinals: tuple[int, ...] = ()) -> list[str]:
    found = days_of(Recurrence(D(first), D(last), frozenset(weekdays), frozenset(ordinals)))
    return [str(day) for day in found]


def test_every_week() -> None:
    assert days("2026-12-01", "2026-12-20", weekdays=(2, 5)) == [
        "2026-12-01",
        "2026-12-04",
        "2026-12-08",
        "2026-12-11",
        "2026-12-15",
        "2026-12-18",
    ]


def test_the_nth_and_the_last_weekday_of_each_month() -> None:
    assert days("2026-12-01", "2027-01-31", weekdays=(1,), ordinals=(1, -1)) == [
        "2026-12-07",
        "2026-12-28",
        "2027-01-04",
        "2027-01-25",
    ]


def test_without_weekdays_it_is_every_day() -> None:
    assert days("2026-12-30", "2027-01-01") == ["2026-12-30", "2026-12-31", "2027-01-01"]


def test_the_last_day_does_not_lie_before_the_first() -> None:
    with pytest.raises(SpanUpsideDownError):
        days("2026-12-02", "2026-12-01")


def test_a_series_has_an_end() -> None:
    with pytest.raises(SeriesTooLongError):
        days("2026-01-01", "2099-01-01")


def test_closed_days_are_told_apart() -> None:
    both = [D("2026-12-01"), D("2026-12-02")]
    assert split(both, lambda day: day.day == 2) == ([D("2026-12-01")], [D("2026-12-02")])
