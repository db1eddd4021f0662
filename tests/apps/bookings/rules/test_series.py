"""The days of a series."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.life_errors import EmptySeriesError
from apps.bookings.rules.series import CLOSED, FREE, SKIP, Pattern, Planned, chosen, days_of

APRIL, JUNE = dt.date(2026, 4, 1), dt.date(2026, 6, 30)


def days(**values: object) -> list[str]:
    usual: dict[str, object] = {"kind": "weekly", "weekday": 2, "first": APRIL, "last": JUNE}
    return [f"{day:%m-%d}" for day in days_of(Pattern(**usual | values))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"last": dt.date(2026, 4, 30)}, ["04-07", "04-14", "04-21", "04-28"]),
        ({"every": 2, "last": dt.date(2026, 4, 30)}, ["04-07", "04-21"]),
        ({"kind": "monthly", "nths": (1, 3)}, ["04-07", "04-21", "05-05", "05-19", "06-02", "06-16"]),
        ({"kind": "monthly", "nths": (5,)}, ["06-30"]),
        ({"kind": "monthly", "nths": (-1, 4)}, ["04-28", "05-26", "06-23", "06-30"]),
        ({"weekday": 3, "last": APRIL}, ["04-01"]),
    ],
)
def test_the_days_of_a_pattern(values: dict[str, object], expected: list[str]) -> None:
    assert days(**values) == expected


@pytest.mark.parametrize("values", [{"last": dt.date(2026, 4, 2)}, {"last": dt.date(2036, 1, 1)}, {"kind": "monthly"}])
def test_a_series_has_a_day_and_not_too_many(values: dict[str, object]) -> None:
    with pytest.raises(EmptySeriesError):
        days(**values)


def test_what_is_not_free_or_left_out_is_not_booked() -> None:
    plan = [Planned(APRIL, FREE), Planned(dt.date(2026, 4, 8), CLOSED), Planned(dt.date(2026, 4, 15), FREE)]
    assert chosen(plan, {dt.date(2026, 4, 15): SKIP, dt.date(2026, 4, 8): "book"}) == [APRIL]
    with pytest.raises(EmptySeriesError):
        chosen(plan, {APRIL: SKIP, dt.date(2026, 4, 15): SKIP})
