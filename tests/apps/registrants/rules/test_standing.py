"""States of a registration in time: what holds on a day, and how a change lays itself over what was."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.errors import (
    ActInPastError,
    PeriodBackwardsError,
    ReasonMissingError,
    ReasonTooLongError,
    WrongStateError,
)
from apps.registrants.rules.standing import (
    ACTIVE,
    ALLOWED,
    CLOSED,
    EXPIRED,
    SUSPENDED,
    Span,
    changed,
    check_act,
    check_not_past,
    check_reason,
    lifted,
    possible_acts,
    put_off,
    reopened,
    state_on,
    state_told,
    suspended,
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


def test_a_suspension_holds_through_its_last_day() -> None:
    spans = suspended(SINCE_2020, DAY, days_later(6))
    assert [state_on(spans, None, days_later(number)) for number in (6, 7)] == [SUSPENDED, ACTIVE]


def test_a_suspension_lets_a_closing_to_come_come() -> None:
    closing = changed(SINCE_2020, CLOSED, days_later(10))
    for last in (None, days_later(30)):
        spans = suspended(closing, DAY, last)
        assert [state_on(spans, None, days_later(number)) for number in (9, 10, 40)] == [SUSPENDED, CLOSED, CLOSED]


def test_a_suspension_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwardsError):
        suspended(SINCE_2020, DAY, days_later(-1))


def test_lifting_ends_the_suspension_and_those_to_come() -> None:
    spans = suspended(suspended(SINCE_2020, DAY, days_later(10)), days_later(20), None)
    after = lifted(spans, days_later(5))
    assert [state_on(after, None, days_later(number)) for number in (4, 5, 25)] == [SUSPENDED, ACTIVE, ACTIVE]


def test_where_nothing_is_suspended_nothing_is_lifted() -> None:
    with pytest.raises(WrongStateError):
        lifted(suspended(SINCE_2020, DAY, days_later(3)), days_later(4))


def test_reopening_brings_back_what_held_before() -> None:
    spans = reopened(changed(suspended(SINCE_2020, DAY, None), CLOSED, days_later(5)), days_later(8))
    assert [state_on(spans, None, days_later(number)) for number in (4, 5, 7, 8)] == [
        SUSPENDED,
        CLOSED,
        CLOSED,
        SUSPENDED,
    ]


def test_a_closing_to_come_is_taken_back_as_if_it_had_never_been_said() -> None:
    assert reopened(changed(SINCE_2020, CLOSED, days_later(5)), DAY) == SINCE_2020


def test_where_nothing_is_closed_nothing_is_reopened() -> None:
    with pytest.raises(WrongStateError):
        reopened(SINCE_2020, DAY)


@given(DAYS, st.none() | st.integers(0, 900), DAYS)
def test_suspending_and_lifting_on_the_same_day_leaves_what_was(
    first: dt.date, length: int | None, day: dt.date
) -> None:
    since = [Span(dt.date(2019, 1, 1), None, ACTIVE)]
    last = None if length is None else first + dt.timedelta(days=length)
    assert lifted(suspended(since, first, last), first) == since
    assert state_on(suspended(since, first, last), None, day) in {ACTIVE, SUSPENDED}


def test_a_page_offers_what_can_be_done() -> None:
    coming = suspended(SINCE_2020, days_later(3), None)
    closing = changed(SINCE_2020, CLOSED, days_later(3))
    assert {"lift", "reopen"}.isdisjoint(possible_acts(SINCE_2020, None, DAY))
    assert "lift" in possible_acts(coming, None, DAY)
    assert "reopen" in possible_acts(closing, None, DAY)
    assert possible_acts(closing, None, days_later(3)) == {"reopen", "unmerge"}


def test_a_day_that_is_over_is_told_beside_its_field() -> None:
    check_not_past(DAY, DAY, field="first")
    with pytest.raises(ActInPastError) as refused:
        check_not_past(days_later(-1), DAY, field="first")
    assert refused.value.field == "first"


@pytest.mark.parametrize("before", [ACTIVE, SUSPENDED])
def test_a_closing_that_is_put_off_leaves_what_held_before_until_then(before: str) -> None:
    closing = changed(changed(SINCE_2020, before, days_later(-90)), CLOSED, DAY)
    spans = put_off(closing, days_later(3))
    states = [state_on(spans, None, days_later(number)) for number in (-1, 0, 2, 3)]
    assert states == [before, before, before, CLOSED]
    assert state_on(put_off(spans, days_later(4)), None, days_later(3)) == before


@pytest.mark.parametrize(
    ("spanned", "kept", "ends_in", "told"),
    [
        (CLOSED, CLOSED, None, CLOSED),
        (CLOSED, ACTIVE, None, ACTIVE),
        (CLOSED, ACTIVE, -1, EXPIRED),
        (CLOSED, SUSPENDED, -1, SUSPENDED),
        (SUSPENDED, ACTIVE, None, SUSPENDED),
        (ACTIVE, CLOSED, 0, ACTIVE),
    ],
)
def test_a_closing_is_told_once_it_was_carried_out(spanned: str, kept: str, ends_in: int | None, told: str) -> None:
    end = None if ends_in is None else days_later(ends_in)
    assert state_told(spanned, kept, end, DAY) == told


def test_what_is_not_to_be_closed_is_not_put_off() -> None:
    with pytest.raises(WrongStateError):
        put_off(changed(SINCE_2020, CLOSED, DAY, days_later(3)), days_later(9))
