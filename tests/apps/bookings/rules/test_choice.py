"""A choice of slots, a headcount, a purpose."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.errors import (
    BookingError,
    ClosedDayError,
    NobodyComesError,
    OverCapacityError,
    PurposeNotAllowedError,
    SlotsNotAdjoiningError,
    UnknownSlotError,
)
from apps.bookings.rules.choice import check_headcount, check_purpose, choose
from tests.apps.bookings.rules.offers import AFTERNOON, MONDAYS, MORNING, offer

DAY = dt.date(2026, 12, 1)


def test_adjoining_slots_are_one_span_with_the_gap_between_them() -> None:
    choice = choose(offer(), DAY, [2, 1])
    assert choice.slots == (MORNING, AFTERNOON)
    assert choice.labels == ["午前", "午後"]
    assert (choice.starts_at.hour, choice.ends_at.hour) == (9, 17)


@pytest.mark.parametrize(
    ("numbers", "error"),
    [([], UnknownSlotError), ([4], UnknownSlotError), ([1, 4], UnknownSlotError), ([1, 3], SlotsNotAdjoiningError)],
)
def test_a_choice_that_the_day_does_not_offer_is_refused(numbers: list[int], error: type[BookingError]) -> None:
    with pytest.raises(error) as told:
        choose(offer(), DAY, numbers)
    assert told.value.field == "slots"


def test_a_closed_day_is_told_with_its_word() -> None:
    with pytest.raises(ClosedDayError) as told:
        choose(offer(closings=(MONDAYS,)), dt.date(2026, 11, 30), [1])
    assert told.value.params == {"label": "休館日"}


@given(st.sets(st.integers(1, 3), min_size=1))
def test_a_choice_keeps_the_numbers_or_is_refused_for_a_gap(numbers: set[int]) -> None:
    if numbers == {1, 3}:
        with pytest.raises(SlotsNotAdjoiningError):
            choose(offer(), DAY, numbers)
    else:
        choice = choose(offer(), DAY, numbers)
        assert choice.numbers == sorted(numbers)
        assert choice.starts_at < choice.ends_at


@given(st.integers(-(2**40), 2**40))
def test_a_headcount_is_from_one_to_the_capacity(headcount: int) -> None:
    if 1 <= headcount <= 30:
        check_headcount(offer(), headcount)
    else:
        with pytest.raises(NobodyComesError if headcount < 1 else OverCapacityError):
            check_headcount(offer(), headcount)


def test_only_purposes_of_the_room_are_allowed() -> None:
    check_purpose(offer(), "meeting")
    with pytest.raises(PurposeNotAllowedError):
        check_purpose(offer(), "sumo")
