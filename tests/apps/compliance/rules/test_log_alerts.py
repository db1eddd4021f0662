"""What in the audit raises an alert, and what does not."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.rules.log_alerts import (
    Act,
    AlertKind,
    Limits,
    Raised,
    is_night,
    mass_views,
    new_terminals,
    night_use,
    refusals,
    two_places,
    without_work,
)
from kernel import clock

CLERK, OTHER = UUID(int=1), UUID(int=2)
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=clock.TOKYO)
LIMITS = Limits(persons_an_hour=3, listed_an_hour=10, refused_a_day=2, without_work_a_day=2)


def view(minute: float, person: int, actor: UUID = CLERK, action: str = "view") -> Act:
    return Act(NOON + dt.timedelta(minutes=minute), actor, action, (UUID(int=person),))


def told(found: list[Raised]) -> list[tuple[str, int]]:
    return [(one.kind, one.count) for one in found]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([view(n, n) for n in range(3)], []),
        ([view(n, n) for n in range(4)], [("mass_view", 4)]),
        ([view(n, 1) for n in range(9)], []),  # one person, however often
        ([view(n * 20, n) for n in range(9)], []),  # never four in an hour
        ([view(0, 0), view(20, 1), view(40, 2), view(60, 3)], []),  # the first is an hour ago
        ([view(0, 0), view(20, 1), view(40, 2), view(59.9, 3)], [("mass_view", 4)]),
        ([view(n, n, OTHER if n % 2 else CLERK) for n in range(6)], []),
        ([view(n, n, action="change") for n in range(9)], []),
        (
            [*(view(50 + n, n) for n in range(4)), *(view(61 + n, 10 + n) for n in range(2))],
            [("mass_view", 4), ("mass_view", 6)],
        ),
    ],
)
def test_many_persons_within_an_hour(acts: list[Act], expected: list[tuple[str, int]]) -> None:
    assert told(list(mass_views(acts, LIMITS))) == expected


def test_persons_of_lists_have_a_limit_of_their_own() -> None:
    lists = [Act(NOON, CLERK, "search", tuple(UUID(int=n * 10 + m) for m in range(6))) for n in range(2)]
    assert told(list(mass_views(lists, LIMITS))) == [("mass_list", 12)]
    assert told(list(mass_views(lists[:1], LIMITS))) == []


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 8)), max_size=60))
def test_an_alert_is_raised_exactly_when_some_hour_has_too_many(drawn: list[tuple[int, int]]) -> None:
    acts = [view(minute, person) for minute, person in sorted(drawn)]
    hours = [[act for act in acts if 0 <= (last.at - act.at).total_seconds() < 3600] for last in acts]
    most = max((len({person for act in hour for person in act.persons}) for hour in hours), default=0)
    found = [one for one in mass_views(acts, LIMITS) if one.kind is AlertKind.MASS_VIEW]
    assert bool(found) == (most > LIMITS.persons_an_hour)
    assert max((one.count for one in found), default=most) == most
    assert len({one.key for one in found}) == len(found)


@pytest.mark.parametrize(
    ("at", "expected"),
    [(dt.time(21, 59), False), (dt.time(22), True), (dt.time(0), True), (dt.time(6, 59), True), (dt.time(7), False)],
)
def test_the_night_begins_and_ends_on_the_minute(at: dt.time, expected: bool) -> None:
    assert is_night(at, Limits()) is expected


def test_equal_times_mean_no_night_and_a_night_may_lie_within_a_day() -> None:
    assert not is_night(dt.time(3), Limits(night_from=dt.time(9), night_until=dt.time(9)))
    assert is_night(dt.time(12, 30), Limits(night_from=dt.time(12), night_until=dt.time(13)))


def test_a_night_over_midnight_is_one_alert() -> None:
    evening = dt.datetime(2026, 11, 26, 23, 50, tzinfo=clock.TOKYO)
    acts = [Act(evening + dt.timedelta(minutes=n), CLERK, "view") for n in (0, 20, 40)]
    [found] = night_use(acts, LIMITS)
    assert (found.count, found.key) == (3, f"{CLERK}:20261126")


def test_refusals_of_a_day_are_counted_by_account() -> None:
    acts = [Act(NOON, CLERK, action) for action in ("denied", "login_failed", "denied")]
    assert told(list(refusals(acts, LIMITS))) == [("refused", 3)]
    assert not list(refusals(acts[:2], LIMITS))
    assert not list(refusals([Act(NOON, None, "login_failed")] * 9, LIMITS))


@pytest.mark.parametrize(
    ("more", "booked", "expected"),
    [
        ([], set(), [("without_work", 3)]),
        ([view(9, 1, action="change")], set(), []),  # somebody worked on one of the three
        ([view(9, 1, OTHER, action="print")], set(), []),
        ([], {UUID(int=2)}, []),  # one of them comes today
    ],
)
def test_persons_who_were_opened_without_any_work(
    more: list[Act], booked: set[UUID], expected: list[tuple[str, int]]
) -> None:
    acts = [*(view(n, n) for n in range(3)), *more]
    assert told(list(without_work(acts, LIMITS, {NOON.date(): booked}))) == expected


def test_a_sign_in_from_a_new_place_is_told_once_and_the_first_one_never() -> None:
    acts = [Act(NOON, CLERK, "login", place=place) for place in ("a", "b", "b", "a")]
    assert [one.key for one in new_terminals(acts, {})] == [f"{CLERK}:b"]
    assert [one.key for one in new_terminals(acts, {CLERK: {"b"}})] == [f"{CLERK}:a"]


def test_there_and_back_within_minutes_is_two_places_at_once() -> None:
    def acts(*minutes: int) -> list[Act]:
        return [
            Act(NOON + dt.timedelta(minutes=minute), CLERK, "view", place=place)
            for minute, place in zip(minutes, ("a", "b", "a"), strict=True)
        ]

    assert told(list(two_places(acts(0, 5, 10)))) == [("two_places", 1)]
    assert not list(two_places(acts(0, 5, 11)))
    assert not list(two_places(acts(0, 5, 10)[:2]))  # moved, and stayed there
