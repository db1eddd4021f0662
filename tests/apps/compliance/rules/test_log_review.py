"""Which month is reviewed, until when, and how its sample is drawn."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.compliance.rules.log_review import due_on, month_end, month_under_review, seed_of


@pytest.mark.parametrize(
    ("today", "month", "due"),
    [
        ("2026-12-01", "2026-11-01", "2026-12-10"),
        ("2026-12-31", "2026-11-01", "2026-12-10"),
        ("2027-01-01", "2026-12-01", "2027-01-10"),
        ("2028-03-01", "2028-02-01", "2028-03-10"),
    ],
)
def test_the_month_before_is_reviewed_by_the_tenth(today: str, month: str, due: str) -> None:
    found = month_under_review(dt.date.fromisoformat(today))
    assert (found.isoformat(), due_on(found).isoformat()) == (month, due)
    assert month_end(found) == due_on(found).replace(day=1)


def test_the_seed_depends_on_facility_month_and_seal() -> None:
    month = dt.date(2026, 11, 1)
    seeds = {seed_of("chuo", month, b""), seed_of("sports", month, b""), seed_of("chuo", month, b"x")}
    assert len(seeds) == 3
    assert seed_of("chuo", month, b"x") == seed_of("chuo", month, b"x")
