"""Which act is allowed in which state."""

from __future__ import annotations

import pytest

from apps.bookings.errors import ReasonMissingError, StalePageError, WrongStateError
from apps.bookings.models import BookingState
from apps.bookings.rules import states
from apps.bookings.rules.states import check_act, check_reason

ALLOWED = {
    ("apply", "hold"),
    ("permit", "under_review"),
    ("refuse", "under_review"),
    ("cancel", "hold"),
    ("cancel", "under_review"),
    ("cancel", "permitted"),
}


@pytest.mark.parametrize("act", ["apply", "permit", "refuse", "cancel"])
@pytest.mark.parametrize("state", BookingState.values)
def test_an_act_is_allowed_in_its_states_and_in_no_other(act: str, state: str) -> None:
    if (act, state) in ALLOWED:
        check_act(act, state=state, version=1, seen_version=1)
    else:
        with pytest.raises(WrongStateError):
            check_act(act, state=state, version=1, seen_version=1)


def test_a_page_of_an_older_version_is_stale_whatever_the_state() -> None:
    with pytest.raises(StalePageError):
        check_act("permit", state="under_review", version=2, seen_version=1)


def test_the_states_of_the_rules_are_those_of_the_model() -> None:
    assert set(BookingState.values) > states.OCCUPYING
    assert set(states.AFTER_RECEPTION.values()) < set(BookingState.values)


def test_a_reason_of_nothing_but_space_is_missing() -> None:
    assert check_reason("　点検のため ") == "点検のため"
    with pytest.raises(ReasonMissingError):
        check_reason(" 　\n")
