"""Points and what is proposed for them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from apps.bookings.rules.penalties import (
    Exempt,
    Point,
    PointRule,
    Threshold,
    points_for,
    proposed,
    standing_points,
)

DAY = dt.date(2026, 5, 31)
RULES = (
    PointRule("no_show", Decimal(1)),
    PointRule("late_cancel", Decimal("0.5"), days=0),
    PointRule("late_cancel", Decimal("0.25"), days=6),
)
STEPS = (
    Threshold(Decimal("0.5"), 12, "warn"),
    Threshold(Decimal(1), 12, "suspend", days=30),
    Threshold(Decimal(2), 12, "strike", days=180),
)


@pytest.mark.parametrize(
    ("event", "left", "points"),
    [
        ("no_show", 0, "1"),
        ("late_cancel", 0, "0.5"),
        ("late_cancel", 6, "0.25"),
        ("late_cancel", 7, "0"),
        ("sublet", 0, "0"),
    ],
)
def test_an_event_gives_the_points_of_the_gravest_rule_that_fits(event: str, left: int, points: str) -> None:
    assert points_for(event, RULES, (), day=DAY, left=left) == Decimal(points)


@pytest.mark.parametrize(("day", "points"), [("05-19", 1), ("05-20", 0), ("05-25", 0), ("05-26", 1)])
def test_on_exempt_days_nothing_counts(day: str, points: int) -> None:
    exempt = (Exempt(dt.date(2026, 5, 20), dt.date(2026, 5, 25), "感染症"),)
    assert points_for("no_show", RULES, exempt, day=dt.date.fromisoformat(f"2026-{day}"), left=0) == points


def test_points_grow_old_and_void_ones_do_not_count() -> None:
    points = [
        Point(dt.date(2025, 5, 31), Decimal(1)),
        Point(dt.date(2025, 6, 1), Decimal(1)),
        Point(DAY, Decimal("0.5")),
        Point(DAY, Decimal(9), is_void=True),
    ]
    assert standing_points(points, months=12, today=DAY) == Decimal("1.5")


@pytest.mark.parametrize(
    ("points", "measure"),
    [("0", None), ("0.25", None), ("0.5", "warn"), ("1", "suspend"), ("1.5", "suspend"), ("2", "strike")],
)
def test_the_gravest_measure_that_is_reached_is_proposed(points: str, measure: str | None) -> None:
    found = proposed(STEPS, [Point(DAY, Decimal(points))], today=DAY)
    assert (found.measure if found else None) == measure
