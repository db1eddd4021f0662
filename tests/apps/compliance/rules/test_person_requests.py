"""Requests of persons: the clock, its one extension, which step may come, when a reason is owed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.person_request_errors import DecisionReasonError, RequestDayError, RequestStepError
from apps.compliance.rules.person_requests import (
    Decision,
    Kind,
    Step,
    check_decision,
    check_received,
    check_step,
    due_on,
    next_steps,
)


@pytest.mark.parametrize(
    ("received", "days", "is_extended", "due"),
    [
        ("2026-04-01", 30, False, "2026-05-01"),
        ("2026-04-01", 15, False, "2026-04-16"),
        ("2026-04-01", 30, True, "2026-05-31"),  # a Sunday: the office's term does not move
        ("2026-12-16", 15, False, "2026-12-31"),
        ("2028-01-30", 30, False, "2028-02-29"),
    ],
)
def test_the_day_of_the_request_does_not_count(received: str, days: int, is_extended: bool, due: str) -> None:
    assert due_on(dt.date.fromisoformat(received), days, is_extended=is_extended) == dt.date.fromisoformat(due)


@given(st.sets(st.sampled_from(Step)), st.none() | st.sampled_from(Decision))
def test_no_step_comes_twice_and_nothing_follows_the_end(done: set[Step], decision: Decision | None) -> None:
    following = next_steps(done, decision)
    assert not set(following) & done - {Step.RECEIVED} or Step.DECIDED in following
    if done & {Step.WITHDRAWN, Step.CARRIED_OUT}:
        assert following == ()


@pytest.mark.parametrize(
    ("done", "decision", "step"),
    [
        ({Step.RECEIVED}, None, Step.CARRIED_OUT),
        ({Step.RECEIVED, Step.EXTENDED}, None, Step.EXTENDED),
        ({Step.RECEIVED, Step.DECIDED}, Decision.REFUSED, Step.CARRIED_OUT),
        ({Step.RECEIVED, Step.DECIDED}, Decision.GRANTED, Step.EXTENDED),
        ({Step.RECEIVED, Step.WITHDRAWN}, None, Step.DECIDED),
    ],
)
def test_a_step_that_may_not_come_is_refused(done: set[Step], decision: Decision | None, step: Step) -> None:
    with pytest.raises(RequestStepError):
        check_step(step, done, decision)


@pytest.mark.parametrize(
    ("kind", "decision", "reason"),
    [
        (Kind.DISCLOSURE, Decision.PARTLY, ""),
        (Kind.DISCLOSURE, Decision.REFUSED, "　 短 い"),
        (Kind.CORRECTION, Decision.NOTHING, "保有していないため"),
    ],
)
def test_less_than_was_asked_for_needs_a_reason(kind: Kind, decision: Decision, reason: str) -> None:
    with pytest.raises(DecisionReasonError):
        check_decision(kind, decision, reason)


def test_what_is_granted_whole_needs_none() -> None:
    check_decision(Kind.SUSPENSION, Decision.GRANTED, "")
    check_decision(Kind.DISCLOSURE, Decision.NOTHING, "保有していないため")


@pytest.mark.parametrize("day", ["2026-04-02", "2026-01-30"])
def test_a_request_is_entered_when_it_came(day: str) -> None:
    with pytest.raises(RequestDayError):
        check_received(dt.date.fromisoformat(day), dt.date(2026, 4, 1))
