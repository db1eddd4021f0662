"""States of a registration in time: what holds on a day, and how a change lays itself over what was."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.errors import ReasonMissingError, ReasonTooLongError, WrongStateError
from apps.registrants.rules.standing import (
    ACTIVE,
    ALLOWED,
    CLOSED,
    EXPIRED,
    SUSPENDED,
    Span,
    changed,
    check_act,
    check_reason,
    state_on,
)

DAY = dt.date(2026, 4, 1)
SINCE_2020 = [Span(dt.date(2020, 4, 1), None, ACTIVE)]
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def days_later(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def test_a_suspension_ends_by_itself() -> None:
    spans = changed(SINCE_2020, SUSPENDED, DAY, days_later(30))
    states = [state_on(spans, None, days_later(number)) for number in (-1, 0, 29, 30)]
    assert states == [ACTIVE, SUSPENDED, SUSPENDED, ACTIVE]


def test_an_active_registration_is_expired_after_its_last_day() -> None:
    assert [state_on(SINCE_2020, DAY, day) for day in (DAY, days_later(1))] == [ACTIVE, EXPIRED]


def test_a_suspension_is_not_hidden_by_the_last_day() -> None:
    assert state_on(changed(SINCE_2020, SUSPENDED, DAY), DAY, days_later(1)) == SUSPENDED


def test_a_registration_closed_ahead_is_active_until_then() -> None:
    spans = changed(SINCE_2020, CLOSED, days_later(10))
    assert [state_on(spans, None, days_later(number)) for number in (9, 10)] == [ACTIVE, CLOSED]


def test_neighbours_of_the_same_state_become_one() -> None:
    suspended = changed(SINCE_2020, SUSPENDED, DAY, days_later(30))
    assert changed(suspended, ACTIVE, DAY, days_later(30)) == SINCE_2020


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(1, 900), st.sampled_from([ACTIVE, SUSPENDED, CLOSED]))), DAYS)
def test_whatever_is_laid_over_one_state_holds_on_a_day_and_it_is_the_last_one_laid(
    changes: list[tuple[dt.date, int | None, str]], day: dt.date
) -> None:
    spans = [Span(dt.date(2019, 1, 1), None, ACTIVE)]
    expected = ACTIVE
    for first, length, state in changes:
        until = None if length is None else first + dt.timedelta(days=length)
        spans = changed(spans, state, first, until)
        expected = state if Span(first, until, state).holds_on(day) else expected
    assert [span.state for span in spans if span.holds_on(day)] == [expected]
    assert all(one.until == other.first for one, other in itertools.pairwise(spans))
    assert spans[-1].until is None


def test_a_span_without_a_day_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="a day at least"):
        changed(SINCE_2020, SUSPENDED, DAY, DAY)


@pytest.mark.parametrize("act", sorted(ALLOWED))
def test_an_act_is_refused_in_every_other_state(act: str) -> None:
    for state in {state for states in ALLOWED.values() for state in states} | {"refused"}:
        if state in ALLOWED[act]:
            check_act(act, state)
        else:
            with pytest.raises(WrongStateError):
                check_act(act, state)


def test_a_reason_is_trimmed_needed_and_short() -> None:
    assert check_reason(" 転出のため ") == "転出のため"
    with pytest.raises(ReasonMissingError):
        check_reason("　")
    with pytest.raises(ReasonTooLongError):
        check_reason("あ" * 501)
