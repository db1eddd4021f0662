"""Free stretches for the days and hours that are asked for."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.availability import DayMark, Mark, Taken, day_mark
from apps.bookings.rules.lending import Lendable, left_for
from apps.bookings.rules.listing import Hours, Month, Timetable
from apps.bookings.rules.searching import (
    HOLIDAY,
    Fault,
    Times,
    days_asked,
    free_run,
    next_stretches,
    stretches,
    wanted_days,
    wrong_days,
    wrong_hours,
)
from apps.bookings.rules.slotting import units
from apps.bookings.rules.stock import Lent, Stock
from kernel.clock import at
from tests.apps.bookings.rules.offers import MONDAYS, PART, offer

DAY = dt.date(2026, 12, 1)
NOW = at(dt.date(2026, 11, 20), dt.time(12))
HOURLY = (Timetable(dt.date(2020, 1, 1), units(dt.time(9), dt.time(21), 60)),)


def taken(starts: int, ends: int, day: dt.date = DAY) -> Taken:
    return Taken(PART, "booking", at(day, dt.time(starts)), at(day, dt.time(ends)))


def free(*occupied: Taken, hourly: bool = False, now: dt.datetime = NOW, **times: Any) -> list[tuple[int, int]]:
    shown = day_mark(offer(timetables=HOURLY) if hourly else offer(), DAY, occupied, now)
    return [(one.starts_at.hour, one.ends_at.hour) for one in stretches(shown, Times(**times))]


@pytest.mark.parametrize(
    ("values", "is_found"),
    [
        ({}, True),
        ({"months": (Month(dt.date(2026, 12, 1), False, "shown"),)}, False),
        ({"months": (Month(dt.date(2026, 12, 1), False, "hidden"),)}, False),
        ({"hours": (Hours(dt.date(2020, 1, 1), "shown", dt.time(5), dt.time(11)),)}, True),
    ],
)
def test_what_is_only_shown_is_not_found_but_what_waits_for_the_portals_hours_is(
    values: dict[str, Any], is_found: bool
) -> None:
    assert bool(stretches(day_mark(offer(**values), DAY, [], NOW))) is is_found


@pytest.mark.parametrize(
    ("occupied", "times", "found"),
    [
        ((), {}, [(9, 21)]),
        ((), {"part": "morning"}, [(9, 12)]),
        ((), {"part": "afternoon"}, [(13, 17)]),
        ((), {"part": "evening"}, [(18, 21)]),
        ((taken(13, 17),), {}, [(9, 12), (18, 21)]),
        ((taken(13, 17),), {"part": "afternoon"}, []),
        ((taken(13, 17),), {"minutes": 180}, [(9, 12), (18, 21)]),
        ((taken(13, 17),), {"minutes": 240}, []),
        ((), {"starts": dt.time(10), "ends": dt.time(15)}, [(9, 17)]),
        ((), {"starts": dt.time(12), "ends": dt.time(13)}, []),
        ((), {"starts": dt.time(8), "ends": dt.time(10)}, []),
        ((), {"starts": dt.time(20), "ends": dt.time(0)}, []),
        ((taken(9, 10),), {"starts": dt.time(11), "ends": dt.time(14)}, []),
    ],
)
def test_what_is_free_of_a_day_in_three_parts(
    occupied: tuple[Taken, ...], times: dict[str, Any], found: list[tuple[int, int]]
) -> None:
    assert free(*occupied, **times) == found


@pytest.mark.parametrize(
    ("occupied", "times", "found"),
    [
        ((taken(11, 12),), {"part": "morning"}, [(9, 11)]),
        ((), {"part": "evening"}, [(17, 21)]),
        ((), {"starts": dt.time(10, 30), "ends": dt.time(12)}, [(10, 12)]),
        ((taken(12, 13), taken(16, 18)), {"minutes": 180}, [(9, 12), (13, 16), (18, 21)]),
    ],
)
def test_what_is_free_of_a_day_by_hours(
    occupied: tuple[Taken, ...], times: dict[str, Any], found: list[tuple[int, int]]
) -> None:
    assert free(*occupied, hourly=True, **times) == found


def test_what_has_begun_or_is_closed_or_not_received_is_not_offered() -> None:
    assert free(now=at(DAY, dt.time(14))) == []  # the portal's usual window closes the day before
    assert stretches(day_mark(offer(closings=(MONDAYS,)), dt.date(2026, 11, 30), [], NOW)) == []
    assert stretches(day_mark(offer(), dt.date(2027, 6, 1), [], NOW)) == []


@given(st.lists(st.tuples(st.integers(9, 20), st.integers(1, 5)), max_size=6), st.sampled_from([0, 60, 120, 300]))
def test_a_stretch_never_touches_what_is_taken_and_is_long_enough(spans: list[tuple[int, int]], minutes: int) -> None:
    occupied = [taken(start, min(start + length, 23)) for start, length in spans]
    shown = day_mark(offer(timetables=HOURLY), DAY, occupied, NOW)
    for one in stretches(shown, Times(minutes=minutes)):
        assert one.ends_at - one.starts_at >= dt.timedelta(minutes=minutes)
        assert not any(busy.starts_at < one.ends_at and one.starts_at < busy.ends_at for busy in occupied)


def test_the_next_free_times_come_one_after_the_other() -> None:
    days = [DAY + dt.timedelta(days=number) for number in range(5)]
    found = next_stretches(offer(), days, {DAY: [taken(9, 21)]}, NOW, Times(part="evening"))
    assert [one.day.day for one in islice(found, 2)] == [2, 3]


def test_days_are_those_of_the_weekdays_asked_for() -> None:
    first, last = dt.date(2026, 11, 20), dt.date(2026, 11, 30)
    assert [day.day for day in wanted_days(first, last, [6, HOLIDAY])] == [21, 23, 28]
    assert len(wanted_days(first, last)) == 11


@pytest.mark.parametrize(("starts", "ends", "left"), [(9, 10, 3), (10, 12, 1), (12, 13, 1), (13, 14, 3), (9, 14, 1)])
def test_pieces_are_left_beside_what_is_out_with_the_margins(starts: int, ends: int, left: int) -> None:
    kind = projector(lent=(Lent(2, at(DAY, dt.time(11)), at(DAY, dt.time(12))),), after=dt.timedelta(minutes=0))
    kind = projector(lent=kind.lent, before=dt.timedelta(minutes=30)) if starts == 12 else kind
    assert left_for(kind, at(DAY, dt.time(starts)), at(DAY, dt.time(ends))) == left


def test_nothing_is_left_where_the_kind_is_not_there_and_all_where_nobody_counts() -> None:
    span = at(DAY, dt.time(9)), at(DAY, dt.time(12))
    assert left_for(projector(until=dt.date(2026, 11, 30)), *span) == 0
    assert left_for(projector(since=dt.date(2026, 12, 2)), *span) == 0
    assert left_for(projector(is_counted=False), *span) is None


def projector(**values: object) -> Lendable:
    usual = {
        "name": "プロジェクター", "name_en": "Projector", "unit": "台", "is_counted": True,
        "before": dt.timedelta(0), "after": dt.timedelta(0), "since": dt.date(2020, 1, 1), "until": None,
        "stocks": (Stock(dt.date(2020, 1, 1), 3),), "lent": (),
    }  # fmt: skip
    return Lendable(**usual | values)  # type: ignore[arg-type]  # as the test says


def test_a_day_without_slots_has_no_stretch() -> None:
    assert stretches(DayMark(DAY, Mark.CLOSED, "休館日", ())) == []


def on(day: int) -> dt.date:
    return dt.date(2026, 12, day)


@pytest.mark.parametrize(
    ("day", "until", "wrong"),
    [
        (None, None, {}),
        (on(1), None, {}),
        (on(1), on(1), {}),
        (dt.date(2026, 11, 30), None, {"day": Fault.PAST}),
        (dt.date(2026, 11, 30), dt.date(2026, 11, 29), {"day": Fault.PAST, "until": Fault.BACKWARDS}),
        (on(5), on(4), {"until": Fault.BACKWARDS}),
        (None, dt.date(2026, 11, 30), {"until": Fault.BACKWARDS}),
        (on(1), on(31), {}),
        (None, on(31), {}),
        (on(1), dt.date(2027, 1, 1), {"until": Fault.TOO_LONG}),
        (on(2), dt.date(2027, 1, 1), {}),
    ],
)
def test_days_that_are_over_upside_down_or_too_many_are_not_searched(
    day: dt.date | None, until: dt.date | None, wrong: dict[str, Fault]
) -> None:
    assert wrong_days(day, until, today=on(1)) == wrong


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [
        (None, None, {}),
        (dt.time(9), dt.time(12), {}),
        (dt.time(9), None, {"ends": Fault.HALF}),
        (None, dt.time(9), {"starts": Fault.HALF}),
        (dt.time(12), dt.time(12), {"ends": Fault.UPSIDE_DOWN}),
        (dt.time(12), dt.time(9), {"ends": Fault.UPSIDE_DOWN}),
        (dt.time(18), dt.time(0), {}),
        (dt.time(0), dt.time(0), {}),
        (dt.time(0), dt.time(9), {}),
        (dt.time(0), None, {"ends": Fault.HALF}),
    ],
)
def test_hours_have_two_ends_and_midnight_ends_the_day(
    starts: dt.time | None, ends: dt.time | None, wrong: dict[str, Fault]
) -> None:
    assert wrong_hours(starts, ends) == wrong


@pytest.mark.parametrize(
    ("day", "until", "weekdays", "more", "first", "count"),
    [
        (None, None, (), False, None, 0),
        (None, None, (), True, on(1), 14),
        (None, None, (2,), False, on(1), 2),
        (on(3), None, (), True, on(3), 1),
        (on(3), None, (4,), False, on(3), 2),
        (on(3), on(9), (), False, on(3), 7),
        (None, on(9), (), False, on(1), 9),
    ],
)
def test_which_days_are_looked_through(
    day: dt.date | None, until: dt.date | None, weekdays: tuple[int, ...], more: bool, first: dt.date | None, count: int
) -> None:
    days = days_asked(day, until, weekdays, today=on(1), asks_more=more)
    assert (days[0] if days else None, len(days)) == (first, count)


@pytest.mark.parametrize(
    ("numbers", "occupied", "found"),
    [
        ({1}, (), [1]),
        ({1, 2}, (), [1, 2]),
        ({1, 3}, (), []),
        ({2}, (taken(13, 17),), []),
        ({1, 2}, (taken(13, 17),), []),
        ({3}, (taken(13, 17),), [3]),
        ({9}, (), []),
        ({3, 9}, (), []),
        (set(), (), []),
    ],
)
def test_slots_of_an_address_are_taken_if_they_adjoin_and_are_free(
    numbers: set[int], occupied: tuple[Taken, ...], found: list[int]
) -> None:
    shown = day_mark(offer(), DAY, occupied, NOW)
    assert [slot.number for slot in free_run(shown, numbers)] == found


def test_slots_that_are_only_shown_are_not_taken() -> None:
    hours = (Hours(dt.date(2020, 1, 1), "shown", dt.time(5), dt.time(11)),)
    assert free_run(day_mark(offer(hours=hours), DAY, [], NOW), {1}) == ()
