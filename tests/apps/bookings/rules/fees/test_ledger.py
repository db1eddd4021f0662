"""How the money of a booking stands, and what goes back: the words of 4.8, and that nothing goes back twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.fees.ledger import Ending, Ledger, PaymentState
from kernel.yen import Rounding

HALF = Ending(50)
CASES = [
    ("nothing to pay", Ledger(0, 0), PaymentState.FREE, 0),
    ("nothing paid", Ledger(4000, 0), PaymentState.UNPAID, 0),
    ("a part paid", Ledger(4000, 1000), PaymentState.PARTLY, 0),
    ("all paid", Ledger(4000, 4000), PaymentState.PAID, 0),
    ("a reduction came late", Ledger(2000, 4000), PaymentState.OVER, 2000),
    ("decided, not handed out", Ledger(2000, 4000, excess=2000), PaymentState.OVER, 0),
    ("the excess was handed out", Ledger(2000, 4000, excess=2000, out=2000), PaymentState.PAID, 0),
    ("exempted late, handed out", Ledger(0, 4000, excess=4000, out=4000), PaymentState.REFUNDED, 0),
    ("and dearer again", Ledger(4000, 4000, excess=2000, out=2000), PaymentState.PARTLY, 0),
    ("given up unpaid", Ledger(4000, 0, ending=HALF), PaymentState.NOTHING_BACK, 0),
    ("given up too late", Ledger(4000, 4000, ending=Ending(0)), PaymentState.NOTHING_BACK, 0),
    ("given up in time", Ledger(4000, 4000, ending=HALF), PaymentState.OVER, 2000),
    ("a part was paid", Ledger(4000, 1000, ending=HALF), PaymentState.OVER, 500),
    ("with an excess", Ledger(2000, 4000, ending=HALF), PaymentState.OVER, 3000),
    ("excess back before", Ledger(2000, 4000, excess=2000, out=2000, ending=HALF), PaymentState.OVER, 1000),
    ("rounded", Ledger(1110, 1110, ending=HALF), PaymentState.OVER, 550),
    ("decided", Ledger(4000, 4000, granted=2000, ending=HALF, decided=True), PaymentState.OVER, 0),
    ("handed out", Ledger(4000, 4000, granted=2000, out=2000, ending=HALF, decided=True), PaymentState.REFUNDED, 0),
    (
        "put to another fee",
        Ledger(4000, 4000, granted=2000, out=2000, moved=2000, ending=HALF, decided=True),
        PaymentState.OFFSET,
        0,
    ),
    (
        "in two ways",
        Ledger(4000, 4000, granted=2000, out=2000, moved=500, ending=HALF, decided=True),
        PaymentState.REFUNDED,
        0,
    ),
    ("decided on nothing", Ledger(4000, 4000, ending=HALF, decided=True), PaymentState.NOTHING_BACK, 0),
]


@pytest.mark.parametrize(("_what", "ledger", "state", "due"), CASES, ids=[case[0] for case in CASES])
def test_the_state_and_what_goes_back(_what: str, ledger: Ledger, state: PaymentState, due: int) -> None:
    assert (ledger.state, ledger.due) == (state, due)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Ledgers as the guards of the database leave them: no more decided than came in, no more out than decided."""
    received = draw(st.integers(0, 10_000))
    excess = draw(st.integers(0, received))
    ending = draw(st.none() | st.builds(Ending, st.integers(0, 100), st.sampled_from(Rounding)))
    decided = ending is not None and draw(st.booleans())
    granted = draw(st.integers(0, received - excess)) if decided else 0
    out = draw(st.integers(0, excess + granted))
    moved = draw(st.integers(0, out))
    return Ledger(draw(st.integers(0, 10_000)), received, excess, granted, out, moved, ending, decided)


@given(ledgers())
def test_never_more_goes_back_than_is_held_and_what_is_kept_and_given_back_is_what_came_in(one: Ledger) -> None:
    assert 0 <= one.due <= one.paid
    assert one.open >= 0
    if one.ending is not None:
        assert one.charged + one.due + one.open + one.out == one.received
        assert one.charged >= 0


@given(ledgers(), st.integers(0, 100), st.integers(0, 100))
def test_a_greater_share_never_gives_back_less(one: Ledger, first: int, second: int) -> None:
    less, more = (replace(one, ending=Ending(percent), decided=False, granted=0) for percent in sorted([first, second]))
    assert less.due <= more.due


@given(ledgers())
def test_once_the_excess_is_decided_nothing_more_goes_back(one: Ledger) -> None:
    if one.ending is None:
        assert replace(one, excess=one.excess + one.due).due == 0
