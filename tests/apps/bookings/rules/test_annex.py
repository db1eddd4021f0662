"""What becomes of an annex (附属の室場) when the booking of its room ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.annex import ACTS, act_along, reason_along
from apps.bookings.rules.states import AHEAD, CITIZEN, HOLD, MACHINE, REASON_LIMIT, STAFF, STATES

ENDS = {"cancel", "call_off", "refuse", "revoke", "expire"}


@pytest.mark.parametrize(
    ("act", "state", "then"),
    [
        ("cancel", "permitted", "cancel"),
        ("cancel", "hold", "cancel"),
        ("call_off", "under_review", "call_off"),
        ("call_off", "hold", "cancel"),
        ("refuse", "deferred", "refuse"),
        ("refuse", "permitted", "call_off"),
        ("revoke", "permitted", "revoke"),
        ("revoke", "under_review", "refuse"),
        ("expire", "tentative", "expire"),
        ("expire", "permitted", "cancel"),
        ("cancel", "used", None),
        ("cancel", "no_show", None),
        ("permit", "under_review", None),
    ],
)
def test_an_annex_ends_like_its_room_where_its_state_allows_it(act: str, state: str, then: str | None) -> None:
    assert act_along(act, state) == then


def test_every_act_that_ends_a_room_ends_an_annex_that_lies_ahead_or_is_held() -> None:
    assert set(ACTS) == ENDS
    for act in ENDS:
        assert {state for state in STATES if act_along(act, state)} == AHEAD | {HOLD}


def test_whoever_ends_the_room_may_end_the_annex_by_that_act() -> None:
    """By the table of states: the clock alone has no act for a hold, which it lets lapse."""
    for act in ENDS:
        doers = {who for move in MACHINE if move.act == act for who in move.who}
        for state in AHEAD | {HOLD}:
            then = act_along(act, state)
            allowed = {who for move in MACHINE if (move.act, move.state) == (then, state) for who in move.who}
            assert doers & {CITIZEN, STAFF} <= allowed
            assert allowed


@given(st.text(max_size=60), st.text(max_size=REASON_LIMIT))
def test_a_reason_is_told_whole_and_fits(lead: str, reason: str) -> None:
    told = reason_along(lead, reason)
    assert len(told) <= REASON_LIMIT
    assert told.endswith(reason)
    assert told == lead + reason or len(lead + reason) > REASON_LIMIT
