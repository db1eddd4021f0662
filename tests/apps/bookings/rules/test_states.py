"""Which act is allowed in which state, to whom, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.bookings.errors import ReasonMissingError, StalePageError, WrongStateError
from apps.bookings.models import BookingState
from apps.bookings.rules import states
from apps.bookings.rules.states import MACHINE, after, check_act, check_reason, diagram

ARROWS = {
    "apply": "hold",
    "lapse": "hold",
    "formalise": "tentative",
    "expire": "tentative",
    "permit": "tentative under_review deferred",
    "refuse": "tentative under_review deferred",
    "defer": "under_review",
    "resume": "deferred",
    "cancel": "hold tentative under_review deferred permitted",
    "call_off": "tentative under_review deferred permitted",
    "revoke": "permitted",
    "come": "permitted no_show",
    "stay_away": "permitted used",
    "change": "tentative under_review deferred permitted",
    "equip": "tentative under_review deferred permitted used no_show",
}
STAFF_ONLY = ("permit", "refuse", "formalise", "defer", "resume", "call_off", "revoke", "come", "stay_away")


@pytest.mark.parametrize("act", sorted(ARROWS))
@pytest.mark.parametrize("state", BookingState.values)
def test_an_act_is_allowed_in_its_states_and_in_no_other(act: str, state: str) -> None:
    if state in ARROWS[act].split():
        check_act(act, state=state, version=1, seen_version=1)
    else:
        with pytest.raises(WrongStateError):
            check_act(act, state=state, version=1, seen_version=1)


@pytest.mark.parametrize("act", STAFF_ONLY)
def test_a_citizen_decides_nothing(act: str) -> None:
    state = ARROWS[act].split()[0]
    check_act(act, state=state, version=1, seen_version=1, who="staff")
    with pytest.raises(WrongStateError):
        check_act(act, state=state, version=1, seen_version=1, who="citizen")


def test_only_the_clock_lets_anything_lapse() -> None:
    assert {one.who for one in MACHINE if one.act in {"lapse", "expire"}} == {frozenset({"clock"})}


def test_a_page_of_an_older_version_is_stale_whatever_the_state() -> None:
    with pytest.raises(StalePageError):
        check_act("permit", state="under_review", version=2, seen_version=1)


def test_the_states_of_the_rules_are_those_of_the_model() -> None:
    assert set(BookingState.values) == states.STATES
    assert set(BookingState.values) > states.OCCUPYING
    assert set(states.AFTER_RECEPTION.values()) < set(BookingState.values)


def test_every_state_can_be_reached_from_a_hold() -> None:
    reached, waiting = set(), ["hold"]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += [to for one in MACHINE if one.state == state for to in one.to if to not in reached]
    assert reached - {"gone"} == states.STATES


def test_nothing_leads_out_of_a_state_that_holds_no_room() -> None:
    assert {one.state for one in MACHINE} <= states.OCCUPYING


def test_an_act_leads_to_one_state() -> None:
    assert after("permit", "deferred") == "permitted"
    with pytest.raises(WrongStateError):
        after("permit", "cancelled")


def test_the_diagram_of_the_docs_is_that_of_the_table() -> None:
    assert f"```mermaid\n{diagram()}```" in Path("docs/states.md").read_text()


def test_a_reason_of_nothing_but_space_is_missing() -> None:
    assert check_reason("　点検のため ") == "点検のため"
    with pytest.raises(ReasonMissingError):
        check_reason(" 　\n")
