"""納期: the types of 4.8, also where a month lacks the day or the use comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.rules.fees.due import DueTerms, due_on, overdue_at
from kernel.clock import TOKYO

USE = dt.date(2026, 5, 20)
APPLIED = dt.date(2026, 5, 1)
CASES = [
    (DueTerms(), None),
    (DueTerms("before_use", days=7), "2026-05-13"),
    (DueTerms("before_use", days=0), "2026-05-20"),
    (DueTerms("before_use", days=30), "2026-05-01"),
    (DueTerms("day_before"), "2026-05-20"),
    (DueTerms("day_after"), "2026-05-20"),
    (DueTerms("later", days=30), "2026-06-19"),
    (DueTerms("applied", days=10), "2026-05-11"),
    (DueTerms("applied", days=60), "2026-05-20"),
    (DueTerms("next_month", day=20), "2026-06-20"),
    (DueTerms("next_month", day=31), "2026-06-30"),
]


@pytest.mark.parametrize(("terms", "day"), CASES)
def test_the_last_day_that_is_in_time(terms: DueTerms, day: str | None) -> None:
    found = due_on(terms, use=USE, applied=APPLIED, charged=APPLIED)
    assert found == (dt.date.fromisoformat(day) if day else None)


def test_a_fee_that_is_charged_anew_is_not_overdue_on_that_day() -> None:
    settled = USE + dt.timedelta(days=1)
    assert due_on(DueTerms("before_use", days=7), use=USE, applied=APPLIED, charged=settled) == settled


def test_the_whole_last_day_is_in_time_but_what_is_paid_before_the_use_is_paid_before_it_begins() -> None:
    starts = dt.datetime.combine(USE, dt.time(9), TOKYO)
    midnight = dt.datetime.combine(USE + dt.timedelta(days=1), dt.time(), TOKYO)
    assert overdue_at("day_before", USE, starts) == starts
    assert overdue_at("day_after", USE, starts) == midnight
    assert overdue_at("before_use", USE, starts) == midnight
