"""The course of an incident: which step may come next, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.incident_errors import ItemsMissingError
from apps.compliance.rules.incident_items import Item, check_items, missing
from apps.compliance.rules.incidents import ORDER, Step, course

BEGUN = {Step.NOTICED, Step.REPORTED}


def test_an_incident_that_must_be_reported_goes_through_all_steps_in_order() -> None:
    done: list[Step] = []
    for step in ORDER:
        here = course(done, is_owed=True)
        assert step in here.next or step is Step.NOTICED
        done.append(step)
        assert course(done, is_owed=True).reached is step
    assert course(done, is_owed=True).is_closed


def test_one_without_duty_may_leave_out_what_is_owed_only() -> None:
    done = BEGUN | {Step.ACCEPTED, Step.SURVEYED, Step.PREVENTED}
    assert Step.CLOSED in course(done, is_owed=False).next
    assert Step.CLOSED not in course(done, is_owed=True).next
    assert course(done, is_owed=True).reached is Step.SURVEYED


@pytest.mark.parametrize(
    ("done", "step"),
    [
        (BEGUN, Step.SURVEYED),
        (BEGUN, Step.PROMPT),
        (BEGUN | {Step.ACCEPTED}, Step.FINAL),
        (BEGUN | {Step.ACCEPTED, Step.PROMPT}, Step.FINAL),
        (BEGUN | {Step.ACCEPTED}, Step.ACCEPTED),
        (set(ORDER), Step.REPORTED),
    ],
)
def test_a_step_out_of_its_order_is_not_offered(done: set[Step], step: Step) -> None:
    assert step not in course(done, is_owed=True).next


def test_the_prompt_report_and_the_letters_wait_for_no_survey() -> None:
    assert {Step.PROMPT, Step.NOTIFIED} <= set(course(BEGUN | {Step.ACCEPTED}, is_owed=True).next)


@given(st.sets(st.sampled_from(ORDER)), st.sampled_from(ORDER), st.booleans())
def test_a_further_step_never_throws_an_incident_back(done: set[Step], step: Step, is_owed: bool) -> None:
    before, after = course(done, is_owed=is_owed), course(done | {step}, is_owed=is_owed)
    assert ORDER.index(before.reached) <= ORDER.index(after.reached)
    assert len(after.open) <= len(before.open)


def test_the_prompt_report_says_what_is_known_and_the_final_one_all_nine() -> None:
    known = {Item.OVERVIEW.value: "書類の紛失"}
    assert missing(Step.PROMPT, known) == ()
    assert missing(Step.FINAL, known) == tuple(Item)[1:]
    with pytest.raises(ItemsMissingError) as caught:
        check_items(Step.SURVEYED, known | {Item.DATA.value: "　"})
    assert caught.value.params == {"items": "②・③"}
