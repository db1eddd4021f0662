"""The three kinds of timetable."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.errors import LongTimetableError, NoSlotsError, SlotsOverlapError, UnitDoesNotFitError
from apps.bookings.rules.listing import Slot
from apps.bookings.rules.slotting import checked, units
from tests.apps.bookings.rules.offers import AFTERNOON, EVENING, MORNING


def test_units_fill_the_hours_from_opening_to_closing() -> None:
    found = units(dt.time(9), dt.time(11), 30)
    assert [slot.label for slot in found] == ["9:00", "9:30", "10:00", "10:30"]
    assert (found[-1].number, found[-1].ends) == (4, dt.time(11))


def test_the_last_unit_may_end_at_midnight() -> None:
    assert units(dt.time(22), dt.time(0), 60)[-1].ends == dt.time(0)


@pytest.mark.parametrize(
    ("opens", "closes", "minutes"), [("09:00", "11:30", 60), ("11:00", "09:00", 60), ("09:00", "12:00", 45)]
)
def test_hours_that_cannot_be_cut_are_refused(opens: str, closes: str, minutes: int) -> None:
    with pytest.raises(UnitDoesNotFitError):
        units(dt.time.fromisoformat(opens), dt.time.fromisoformat(closes), minutes)


@given(st.integers(0, 23), st.integers(1, 24), st.sampled_from([30, 60]))
def test_units_adjoin_and_cover_the_hours(first: int, length: int, minutes: int) -> None:
    last = min(first + length, 24)
    found = units(dt.time(first), dt.time(last % 24), minutes)
    assert len(found) == (last - first) * 60 // minutes
    assert all(one.ends == other.starts for one, other in pairwise(found))


def test_slots_are_put_in_order_and_numbered() -> None:
    assert checked([EVENING, MORNING, AFTERNOON]) == (MORNING, AFTERNOON, EVENING)


@pytest.mark.parametrize(("starts", "ends"), [("11:00", "13:00"), ("16:00", "14:00"), ("13:30", "13:30")])
def test_slots_that_overlap_or_stand_upside_down_are_refused(starts: str, ends: str) -> None:
    wrong = Slot(9, "追加", "", dt.time.fromisoformat(starts), dt.time.fromisoformat(ends))
    with pytest.raises(SlotsOverlapError):
        checked([MORNING, AFTERNOON, wrong])


def test_a_slot_till_midnight_is_the_last() -> None:
    late = Slot(9, "深夜", "", dt.time(21), dt.time(0))
    assert checked([late, MORNING])[-1].label == "深夜"


def test_no_slots_and_too_many_are_refused() -> None:
    with pytest.raises(NoSlotsError):
        checked([])
    with pytest.raises(LongTimetableError):
        checked([MORNING] * 49)
