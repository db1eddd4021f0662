"""What a notice means, in every state of a session; what is surplus; and what terms may be set."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.models import OnlineState
from apps.bookings.online_errors import BasisMissingError, TooLateToPayError, UnknownProviderError
from apps.bookings.rules.authority import FeeRegime
from apps.bookings.rules.online import (
    ENDS,
    MOVES,
    Asked,
    OnlineTerms,
    Outcome,
    check_terms,
    ends_at,
    surplus,
    wait_after,
    weigh,
)

NOW = dt.datetime(2026, 12, 1, 3, 0, tzinfo=dt.UTC)
PAID = {"kind": "paid", "amount": 2500, "payment": "p1"}


@pytest.mark.parametrize(
    ("state", "payment", "notice", "outcome"),
    [
        ("open", "", PAID, Outcome.RECEIVED),
        ("new", "", PAID, Outcome.RECEIVED),
        ("expired", "", PAID, Outcome.RECEIVED),
        ("failed", "", PAID, Outcome.RECEIVED),
        ("cancelled", "", PAID, Outcome.RECEIVED),
        ("paid", "p1", PAID, Outcome.AGAIN),
        ("paid", "p1", PAID | {"payment": "p2"}, Outcome.MISMATCH),
        ("paid", "p1", PAID | {"amount": 1}, Outcome.MISMATCH),
        ("open", "", PAID | {"amount": 2499}, Outcome.MISMATCH),
        ("open", "", PAID | {"payment": ""}, Outcome.MISMATCH),
        ("mismatch", "p1", PAID, Outcome.AGAIN),
        ("mismatch", "p1", PAID | {"payment": "p2"}, Outcome.MISMATCH),
        ("open", "", {"kind": "failed", "amount": 2500}, Outcome.NOTED),
        ("paid", "p1", {"kind": "expired", "amount": 2500}, Outcome.AGAIN),
        ("expired", "", {"kind": "cancelled", "amount": 2500}, Outcome.AGAIN),
    ],
)
def test_a_notice_means_one_thing_in_each_state(
    state: str, payment: str, notice: dict[str, object], outcome: Outcome
) -> None:
    assert weigh(Asked(state, 2500, payment), **notice) == outcome  # type: ignore[arg-type]  # a table of cases


@given(st.lists(st.sampled_from(["paid", "failed", "cancelled", "expired"]), max_size=8))
def test_whatever_the_order_and_number_of_notices_the_money_is_received_once(kinds: list[str]) -> None:
    state, payment, received = "open", "", 0
    for kind in kinds:
        outcome = weigh(Asked(state, 2500, payment), kind=kind, amount=2500, payment="p1" if kind == "paid" else "")
        to = {Outcome.RECEIVED: "paid", Outcome.NOTED: ENDS.get(kind)}.get(outcome) or state
        assert to == state or (state, to) in MOVES
        payment = "p1" if outcome is Outcome.RECEIVED else payment
        state, received = to, received + (outcome is Outcome.RECEIVED)
    assert received == ("paid" in kinds)


def test_nothing_leads_away_from_a_payment_and_all_states_are_known() -> None:
    assert not [to for state, to in MOVES if state == "paid"]
    assert {state for move in MOVES for state in move} == set(OnlineState.values)


@pytest.mark.parametrize(
    ("amount", "owed", "alive", "extra"),
    [
        (2500, 2500, True, 0),
        (2500, 3000, True, 0),
        (2500, 1000, True, 1500),
        (2500, 0, True, 2500),
        (2500, -500, True, 2500),
        (2500, 2500, False, 2500),
    ],
)
def test_what_was_not_owed_when_it_came_is_surplus(amount: int, owed: int, alive: bool, extra: int) -> None:
    assert surplus(amount, owed=owed, is_alive=alive) == extra


def test_a_tentative_booking_is_paid_before_it_is_due() -> None:
    due = NOW + dt.timedelta(minutes=10)
    assert ends_at(NOW, minutes=30, due_at=None) == NOW + dt.timedelta(minutes=30)
    assert ends_at(NOW, minutes=30, due_at=due) == due
    with pytest.raises(TooLateToPayError):
        ends_at(NOW, minutes=30, due_at=NOW + dt.timedelta(minutes=2))


ON = OnlineTerms(is_on=True, provider="demo", basis="agent", agent="架空決済株式会社（令和8年告示第1号）")


def test_terms_need_the_ground_of_their_regime_and_a_connected_provider() -> None:
    check_terms(ON, regime=FeeRegime.PUBLIC_FEE, providers={"demo"}, has_keys=True)
    check_terms(OnlineTerms(), regime=FeeRegime.PUBLIC_FEE, providers=(), has_keys=False)
    with pytest.raises(BasisMissingError):
        check_terms(ON, regime=FeeRegime.MANAGER_INCOME, providers={"demo"}, has_keys=True)
    for providers, has_keys in ((set[str](), True), ({"demo"}, False)):
        with pytest.raises(UnknownProviderError):
            check_terms(ON, regime=FeeRegime.PUBLIC_FEE, providers=providers, has_keys=has_keys)


def test_the_waits_between_two_tries_grow_and_then_stay() -> None:
    waits = [wait_after(number) for number in range(10)]
    assert waits == sorted(waits)
    assert waits[-1] == waits[-2] == dt.timedelta(hours=12)
