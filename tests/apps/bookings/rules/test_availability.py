"""Marks of days and slots: the precedence of section 3.2, and that nothing taken ever looks free."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.availability import Mark, Taken, day_mark, summary
from kernel.clock import at
from tests.apps.bookings.rules.offers import MONDAYS, OTHER_PART, PART, days_before, offer, same_day, windows

DAY = dt.date(2026, 12, 1)
NOW = at(dt.date(2026, 11, 20), dt.time(12))


def taken(starts: int, ends: int, *, kind: str = "booking", part: UUID = PART) -> Taken:
    return Taken(part, kind, at(DAY, dt.time(starts)), at(DAY, dt.time(ends)))


def marks(*occupied: Taken, now: dt.datetime = NOW) -> list[Mark]:
    return [one.mark for one in day_mark(offer(), DAY, occupied, now).slots]


def test_a_day_with_nothing_taken_is_free() -> None:
    assert day_mark(offer(), DAY, [], NOW).mark is Mark.FREE


def test_one_slot_taken_leaves_the_day_free_in_part() -> None:
    assert marks(taken(9, 12)) == [Mark.FULL, Mark.FREE, Mark.FREE]
    assert day_mark(offer(), DAY, [taken(9, 12)], NOW).mark is Mark.SOME


def test_a_hold_takes_the_slot_as_a_booking_does() -> None:
    assert marks(taken(13, 17, kind="hold"))[1] is Mark.FULL


def test_an_occupation_that_ends_when_the_slot_begins_does_not_touch_it() -> None:
    assert marks(taken(12, 13), taken(17, 18)) == [Mark.FREE, Mark.FREE, Mark.FREE]


def test_another_rooms_part_does_not_count() -> None:
    assert marks(taken(9, 21, part=OTHER_PART)) == [Mark.FREE, Mark.FREE, Mark.FREE]


def test_a_block_is_named_by_its_kind() -> None:
    assert marks(taken(9, 21, kind="maintenance")) == [Mark.MAINTENANCE] * 3
    assert day_mark(offer(), DAY, [taken(9, 21, kind="maintenance")], NOW).mark is Mark.MAINTENANCE


def test_a_closed_day_shows_the_rules_word_and_no_slots() -> None:
    day = day_mark(offer(closings=(MONDAYS,)), dt.date(2026, 11, 30), [], NOW)
    assert (day.mark, day.closed_for, day.slots) == (Mark.CLOSED, "休館日", ())


def test_a_closing_for_inspection_says_so() -> None:
    inspection = replace(MONDAYS, block="maintenance", label="点検日")
    day = day_mark(offer(closings=(inspection,)), dt.date(2026, 11, 30), [], NOW)
    assert (day.mark, day.closed_for) == (Mark.MAINTENANCE, "点検日")


def test_works_and_open_use_are_named() -> None:
    assert marks(taken(9, 12, kind="works"), taken(13, 17, kind="open_use")) == [Mark.WORKS, Mark.OPEN_USE, Mark.FREE]


@pytest.mark.parametrize("now", [at(dt.date(2026, 8, 31), dt.time(23)), at(DAY, dt.time(0))])
def test_outside_the_window_nothing_is_free(now: dt.datetime) -> None:
    assert day_mark(offer(), DAY, [], now).mark is Mark.OUTSIDE


def test_on_the_day_itself_slots_that_began_are_dropped() -> None:
    until_the_day = offer(windows=windows(same_day(3), days_before(0)))
    day = day_mark(until_the_day, DAY, [], at(DAY, dt.time(13)))
    assert [one.mark for one in day.slots] == [Mark.OUTSIDE, Mark.OUTSIDE, Mark.FREE]
    assert day.mark is Mark.FREE


@given(
    st.lists(
        st.tuples(st.integers(0, 22), st.integers(1, 6), st.sampled_from(["booking", "hold", "closure"])), max_size=6
    )
)
def test_a_free_slot_overlaps_nothing_that_is_taken(spans: list[tuple[int, int, str]]) -> None:
    occupied = [taken(start, min(start + length, 23), kind=kind) for start, length, kind in spans if start < 22]
    for one in day_mark(offer(), DAY, occupied, NOW).slots:
        starts_at, ends_at = at(DAY, one.slot.starts), at(DAY, one.slot.ends)
        overlapped = any(each.starts_at < ends_at and starts_at < each.ends_at for each in occupied)
        assert (one.mark is Mark.FREE) is not overlapped


@given(st.lists(st.sampled_from(list(Mark)), min_size=1, max_size=5))
def test_a_day_is_free_only_if_every_slot_that_counts_is(given_marks: list[Mark]) -> None:
    live = [mark for mark in given_marks if mark is not Mark.OUTSIDE]
    assert (summary(given_marks) is Mark.FREE) is (bool(live) and set(live) == {Mark.FREE})
