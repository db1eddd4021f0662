"""The steps of a change of operator: whose, when, after which other."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.handover_errors import (
    HandoverIncompleteError,
    HandoverLinesError,
    HandoverNoteError,
    HandoverOrderError,
    HandoverTooEarlyError,
)
from apps.compliance.rules.handover import (
    NEEDS,
    SIDES,
    ReturnedThing,
    Side,
    Standing,
    Step,
    check_note,
    check_returned,
    check_step,
    due_on,
    stages,
)
from kernel.errors import DomainError

LAST = dt.date(2027, 3, 31)
BEFORE, AFTER = LAST, dt.date(2027, 4, 1)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (dt.date(2027, 3, 31), dt.date(2026, 12, 31)),
        (dt.date(2027, 5, 31), dt.date(2027, 2, 28)),
        (dt.date(2028, 5, 31), dt.date(2028, 2, 29)),
        (dt.date(2027, 1, 15), dt.date(2026, 10, 15)),
    ],
)
def test_the_plan_is_due_three_months_before(last: dt.date, due: dt.date) -> None:
    assert due_on(Step.PLAN, last) == due


@pytest.mark.parametrize(
    ("step", "done", "today", "standing"),
    [
        (Step.PLAN, [], dt.date(2026, 12, 1), Standing.OPEN),
        (Step.PLAN, [], dt.date(2026, 12, 20), Standing.DUE_SOON),
        (Step.PLAN, [], dt.date(2026, 12, 31), Standing.DUE_SOON),
        (Step.PLAN, [], dt.date(2027, 1, 1), Standing.OVERDUE),
        (Step.PLAN, [Step.PLAN], dt.date(2027, 1, 1), Standing.DONE),
        (Step.PLAN_ACCEPTED, [], dt.date(2026, 12, 1), Standing.NOT_YET),
        (Step.FINAL, [], LAST, Standing.DUE_SOON),
        (Step.RECEIVED, [Step.FINAL], LAST, Standing.NOT_YET),
        (Step.RECEIVED, [Step.FINAL], AFTER, Standing.DUE_SOON),
        (Step.CONFIRMED, [], dt.date(2027, 5, 1), Standing.OVERDUE),
    ],
)
def test_how_a_step_stands(step: Step, done: list[Step], today: dt.date, standing: Standing) -> None:
    [found] = [one for one in stages(done, LAST, today) if one.step is step]
    assert found.standing is standing


@pytest.mark.parametrize(
    ("step", "side", "done", "today", "error"),
    [
        (Step.PLAN, Side.CITY, [], BEFORE, HandoverOrderError),
        (Step.CONFIRMED, Side.FACILITY, [], AFTER, HandoverOrderError),
        (Step.PLAN, Side.FACILITY, [Step.PLAN], BEFORE, HandoverOrderError),
        (Step.PLAN_ACCEPTED, Side.CITY, [], BEFORE, HandoverOrderError),
        (Step.LISTS, Side.FACILITY, [Step.PLAN], BEFORE, HandoverOrderError),
        (Step.FINAL, Side.FACILITY, [], AFTER, HandoverOrderError),
        (Step.RECEIVED, Side.FACILITY, [Step.FINAL], BEFORE, HandoverTooEarlyError),
        (Step.CONFIRMED, Side.CITY, [Step.FINAL, Step.RECEIVED, Step.RETURNED], AFTER, HandoverIncompleteError),
        (Step.RETURNED, Side.CITY, list(Step), AFTER, HandoverOrderError),
    ],
)
def test_what_is_refused(step: Step, side: Side, done: list[Step], today: dt.date, error: type[DomainError]) -> None:
    with pytest.raises(error):
        check_step(step, side, done, LAST, today)


def test_the_lists_are_recorded_as_often_as_needed() -> None:
    done = [Step.PLAN, Step.PLAN_ACCEPTED, Step.LISTS]
    check_step(Step.LISTS, Side.FACILITY, done, LAST, BEFORE)


@given(st.permutations(list(Step)))
def test_in_whatever_order_it_is_tried_a_step_is_never_taken_before_what_it_needs(order: list[Step]) -> None:
    done: list[Step] = []
    for today in (BEFORE, AFTER):
        for step in order:
            try:
                check_step(step, SIDES[step], done, LAST, today)
            except DomainError:
                continue
            assert NEEDS[step] <= set(done)
            done.append(step)


@pytest.mark.parametrize(("step", "note"), [(Step.PLAN, " "), (Step.LISTS, ""), (Step.RECEIVED, "あ" * 2001)])
def test_a_note_that_lacks_or_is_too_long_is_refused(step: Step, note: str) -> None:
    with pytest.raises(HandoverNoteError):
        check_note(step, note)


THING = ReturnedThing("利用者登録申請書", "紙", "3冊", "返還", LAST, "所管課")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [THING] * 51,
        [ReturnedThing(" ", "紙", "3冊", "返還", LAST, "所管課")],
        [ReturnedThing("名簿", "紙", "1冊", "裁断", AFTER + dt.timedelta(days=1), "所管課")],
        [ReturnedThing("名" * 101, "紙", "1冊", "裁断", LAST, "所管課")],
    ],
)
def test_a_certificate_with_a_hole_is_refused(lines: list[ReturnedThing]) -> None:
    with pytest.raises(HandoverLinesError):
        check_returned(lines, LAST, AFTER)


def test_a_whole_certificate_is_good() -> None:
    assert check_returned([THING], LAST, AFTER) == [THING]
