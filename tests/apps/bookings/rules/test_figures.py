"""Rates and sums of the figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.figures import Figures, added, rate


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 75, "0.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 2000, "0.1"), (75, 75, "100.0")],
)
def test_a_rate_is_percent_to_one_decimal_half_up(part: int, whole: int, expected: str) -> None:
    assert rate(part, whole) == Decimal(expected)


def test_nothing_has_no_rate() -> None:
    assert rate(0, 0) is None
    assert (Figures().slot_rate, Figures().day_rate) == (None, None)


@given(st.lists(st.tuples(*[st.integers(0, 99)] * 6), max_size=5))
def test_a_sum_adds_every_figure(rows: list[tuple[int, ...]]) -> None:
    parts = [Figures(a, b, c, d, e, {"permitted": f}, f) for a, b, c, d, e, f in rows]
    whole = added(parts)
    columns = [sum(column) for column in zip(*rows, strict=True)] or [0] * 6
    found = [whole.slots, whole.used_slots, whole.city_slots, whole.days, whole.used_days, whole.headcount]
    assert found == columns
    assert whole.states.get("permitted", 0) == columns[5]
