"""When what is due, and whom to remind: tables of cases, with the days on both sides of every bound."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.rules.monitoring.clocks import (
    MOST_MONTHS,
    Step,
    addressees,
    check_due,
    due_of,
    months_to_make,
    next_month,
    report_due,
    step_on,
)
from apps.compliance.rules.monitoring.words import State

MARCH = dt.date(2026, 3, 1)
DAYS = st.dates(dt.date(2017, 4, 1), dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    ("month", "report", "check"),
    [
        (MARCH, dt.date(2026, 4, 5), dt.date(2026, 4, 30)),
        (dt.date(2026, 12, 1), dt.date(2027, 1, 5), dt.date(2027, 1, 31)),
        (dt.date(2028, 1, 1), dt.date(2028, 2, 5), dt.date(2028, 2, 29)),
    ],
)
def test_report_and_check_are_due_in_the_following_month(month: dt.date, report: dt.date, check: dt.date) -> None:
    assert (report_due(month), check_due(month)) == (report, check)


@pytest.mark.parametrize(
    ("state", "by_facility", "on"),
    [
        (State.SELF_CHECK, True, dt.date(2026, 4, 5)),
        (State.REPORTED, False, dt.date(2026, 4, 30)),
        (State.IMPROVING, True, dt.date(2026, 4, 20)),
        (State.PLANNED, False, dt.date(2026, 4, 29)),
    ],
)
def test_each_state_waits_for_one_side(state: State, by_facility: bool, on: dt.date) -> None:
    deadlines = [dt.date(2026, 4, 25), dt.date(2026, 4, 20)]
    due = due_of(state, MARCH, deadlines=deadlines, planned_on=dt.date(2026, 4, 15))
    assert due is not None
    assert (due.by_facility, due.on) == (by_facility, on)


def test_a_closed_month_waits_for_nobody() -> None:
    assert due_of(State.CLOSED, MARCH) is None


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (dt.date(2026, 4, 1), None),
        (dt.date(2026, 4, 2), Step.SOON),
        (dt.date(2026, 4, 5), Step.SOON),
        (dt.date(2026, 4, 6), Step.OVERDUE),
        (dt.date(2026, 4, 11), Step.OVERDUE),
        (dt.date(2026, 4, 12), Step.ESCALATED),
        (dt.date(2027, 4, 12), Step.ESCALATED),
    ],
)
def test_reminders_become_more_pressing(today: dt.date, step: Step | None) -> None:
    assert step_on(dt.date(2026, 4, 5), today) is step


@pytest.mark.parametrize(
    ("step", "by_facility", "told"),
    [
        (Step.SOON, True, ["operator"]),
        (Step.OVERDUE, True, ["operator", "department"]),
        (Step.ESCALATED, True, ["operator", "department", "general"]),
        (Step.SOON, False, ["department"]),
        (Step.OVERDUE, False, ["department"]),
        (Step.ESCALATED, False, ["department", "general"]),
    ],
)
def test_who_is_reminded(step: Step, by_facility: bool, told: list[str]) -> None:
    assert list(addressees(step, by_facility=by_facility)) == told


@pytest.mark.parametrize(
    ("last_made", "first_run", "today", "months"),
    [
        (None, dt.date(2026, 2, 15), dt.date(2026, 4, 1), [dt.date(2026, 2, 1), MARCH]),
        (dt.date(2026, 2, 1), dt.date(2017, 4, 1), dt.date(2026, 4, 1), [MARCH]),
        (MARCH, dt.date(2017, 4, 1), dt.date(2026, 4, 30), []),
        (None, dt.date(2026, 4, 1), dt.date(2026, 4, 30), []),
        (None, dt.date(2026, 5, 1), dt.date(2026, 4, 30), []),
    ],
)
def test_months_that_are_over_are_made(
    last_made: dt.date | None, first_run: dt.date, today: dt.date, months: list[dt.date]
) -> None:
    assert months_to_make(last_made, first_run, today) == months


@given(first_run=DAYS, today=DAYS)
def test_months_follow_one_another_up_to_the_last_that_is_over(first_run: dt.date, today: dt.date) -> None:
    months = months_to_make(None, first_run, today)
    assert len(months) <= MOST_MONTHS
    assert all(next_month(one) == other for one, other in pairwise(months))
    assert not months or next_month(months[-1]) == today.replace(day=1)
