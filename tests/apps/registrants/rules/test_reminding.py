"""Which reminder is due: every end falls to one step at most."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.reminding import steps_on

TODAY = dt.date(2026, 4, 1)


def step_for(end: dt.date, reminder_days: list[int]) -> list[int]:
    return [step.days for step in steps_on(TODAY, reminder_days) if step.first_end <= end <= step.last_end]


@pytest.mark.parametrize(("ahead", "step"), [(-1, []), (0, [7]), (7, [7]), (8, [30]), (30, [30]), (60, [60]), (61, [])])
def test_the_nearest_step_that_has_been_reached_is_due(ahead: int, step: list[int]) -> None:
    assert step_for(TODAY + dt.timedelta(days=ahead), [60, 30, 7]) == step


def test_a_policy_without_steps_reminds_nobody() -> None:
    assert steps_on(TODAY, []) == []


@given(st.lists(st.integers(0, 400)), st.integers(-10, 500))
def test_no_end_falls_to_two_steps(reminder_days: list[int], ahead: int) -> None:
    due = step_for(TODAY + dt.timedelta(days=ahead), reminder_days)
    reached = [days for days in reminder_days if days > 0 and days >= ahead]
    assert due == ([min(reached)] if reached and ahead >= 0 else [])
