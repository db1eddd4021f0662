"""Where a booking may go when its room is needed, which way first, and what spans leave."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.displacement_errors import (
    ChoiceMissingError,
    ConsentMissingError,
    SpansMissingError,
    TooLongAUseError,
)
from apps.bookings.errors import PastError, SpanUpsideDownError
from apps.bookings.rules.displacing import (
    OTHER_ROOM,
    OTHER_TIME,
    Chosen,
    Figures,
    Need,
    Proposal,
    Span,
    assigned,
    check_chosen,
    check_spans,
    figures_from,
    gaps,
    overlaps,
    proposal_from,
    proposal_json,
    proposals_for,
)
from apps.bookings.rules.listing import AllowedPurpose, Timetable
from kernel.clock import TOKYO
from tests.apps.bookings.rules.offers import AFTERNOON, EVENING, MONDAYS, MORNING, offer

DAY = dt.date(2026, 4, 15)  # a Wednesday
NOW = dt.datetime(2026, 4, 1, 9, tzinfo=TOKYO)
HOME, PART = UUID(int=10), UUID(int=1)


def at(hour: int, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), TOKYO) + dt.timedelta(hours=hour)


WHOLE_DAY: Span = (at(0), at(24))


def room(number: int, **values: Any) -> Any:
    return offer(**{"room": UUID(int=number), "parts": (UUID(int=100 + number),), "position": number} | values)


def need(**values: Any) -> Need:
    said: dict[str, Any] = {
        "booking": UUID(int=1),
        "room": HOME,
        "day": DAY,
        "starts_at": at(9),
        "ends_at": at(12),
        "slots": (1,),
    }
    return Need(**said | {"purpose": "meeting", "headcount": 10} | values)


def rooms_of(proposals: list[Proposal]) -> list[int]:
    return [one.room.int for one in proposals if one.kind == OTHER_ROOM]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([room(11, capacity=100), room(12, capacity=35)], [12, 11]),
        ([room(11, capacity=9)], []),
        ([room(11, purposes=(AllowedPurpose("dance", "踊り", "Dance"),))], []),
        ([room(11, is_public=False)], []),
        ([room(11, closings=(MONDAYS,))], [11]),
        ([room(11, timetables=(Timetable(dt.date(2020, 1, 1), (AFTERNOON, EVENING)),))], []),
        ([room(11, since=DAY + dt.timedelta(days=1))], []),
        ([room(11, facility=UUID(int=99), capacity=30), room(12, capacity=200)], [12, 11]),
        ([room(11, capacity=40), room(12, capacity=20)], [11, 12]),
    ],
)
def test_other_rooms_suit_are_open_and_come_nearest_first(others: list[Any], expected: list[int]) -> None:
    assert rooms_of(proposals_for(need(), [offer(), *others], {PART: [WHOLE_DAY]}, NOW)) == expected


def test_where_the_equipment_is_comes_before_everything_else() -> None:
    others = [room(11, facility=UUID(int=99), capacity=30), room(12, capacity=500)]
    assert rooms_of(proposals_for(need(has_equipment=True), [offer(), *others], {}, NOW)) == [12, 11]


def test_a_room_that_is_taken_even_in_part_is_not_proposed() -> None:
    other = room(11, parts=(UUID(int=3), UUID(int=4)))
    taken = {PART: [WHOLE_DAY], UUID(int=4): [(at(11), at(13))]}
    assert rooms_of(proposals_for(need(), [offer(), other], taken, NOW)) == []
    free = {PART: [WHOLE_DAY], UUID(int=4): [(at(12), at(13))]}
    assert rooms_of(proposals_for(need(), [offer(), other], free, NOW)) == [11]


def test_a_room_with_other_slots_is_proposed_with_the_fewest_that_cover_the_hours() -> None:
    found = proposals_for(need(starts_at=at(10), ends_at=at(14)), [offer(), room(11)], {}, NOW)
    assert [one.slots for one in found if one.kind == OTHER_ROOM] == [(MORNING.number, AFTERNOON.number)]


def test_other_times_are_of_the_same_week_the_nearest_first_and_none_is_past() -> None:
    found = proposals_for(need(), [offer()], {PART: [WHOLE_DAY]}, NOW)
    assert [(one.day.isoformat(), one.slots) for one in found] == [
        ("2026-04-16", (1,)),
        ("2026-04-14", (1,)),
        ("2026-04-16", (2,)),
    ]
    late = at(13, dt.date(2026, 4, 18))
    assert {one.day for one in proposals_for(need(), [offer()], {PART: [WHOLE_DAY]}, late)} == {
        dt.date(2026, 4, 18),
        dt.date(2026, 4, 19),
    }


def test_the_same_day_comes_first_where_only_some_hours_are_needed() -> None:
    found = proposals_for(need(), [offer()], {PART: [(at(8), at(13))]}, NOW)
    assert (found[0].kind, found[0].day, found[0].slots) == (OTHER_TIME, DAY, (2,))


def test_no_place_is_given_twice() -> None:
    one, two = UUID(int=1), UUID(int=2)
    proposals = proposals_for(need(), [offer(), room(11)], {PART: [WHOLE_DAY]}, NOW)
    found = assigned({one: proposals, two: proposals})
    assert found[one] == proposals[0]
    assert found[two] == proposals[1]
    assert assigned({one: proposals[:1]}, kept=proposals[:1]) == {}


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(at(9), at(12)), (at(12), at(13))], [(at(9), at(13))]),
        ([(at(18), at(21)), (at(9), at(12))], [(at(9), at(12)), (at(18), at(21))]),
        ([(at(9), at(20)), (at(10), at(11))], [(at(9), at(20))]),
    ],
)
def test_spans_are_put_in_order_and_together(spans: list[Span], expected: list[Span]) -> None:
    assert check_spans(spans, NOW) == tuple(expected)


@pytest.mark.parametrize(
    ("spans", "error"),
    [
        ([], SpansMissingError),
        ([(at(12), at(9))], SpanUpsideDownError),
        ([(at(9), at(9))], SpanUpsideDownError),
        ([(NOW - dt.timedelta(hours=2), NOW)], PastError),
        ([(at(0), at(24 * 400))], TooLongAUseError),
    ],
)
def test_spans_that_cannot_be(spans: list[Span], error: type[Exception]) -> None:
    with pytest.raises(error):
        check_spans(spans, NOW)


def test_a_use_that_has_begun_may_be_entered() -> None:
    assert check_spans([(NOW - dt.timedelta(hours=1), NOW + dt.timedelta(hours=1))], NOW)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], [(9, 21)]),
        ([(12, 13)], [(9, 12), (13, 21)]),
        ([(8, 10), (20, 22)], [(10, 20)]),
        ([(9, 21)], []),
        ([(10, 12), (11, 13), (13, 14)], [(9, 10), (14, 21)]),
    ],
)
def test_what_stays_is_cut_out(taken: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    left = gaps((at(9), at(21)), [(at(first), at(last)) for first, last in taken])
    assert left == [(at(first), at(last)) for first, last in expected]


HOURS = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: (at(pair[0]), at(pair[0] + pair[1])))


@given(st.lists(HOURS, max_size=6))
def test_gaps_and_what_is_taken_make_the_whole_without_an_overlap(taken: list[Span]) -> None:
    whole = (at(10), at(30))
    left = gaps(whole, taken)
    for hour in range(10, 30):
        piece = (at(hour), at(hour + 1))
        is_taken = any(overlaps(piece, one) for one in taken)
        assert any(overlaps(piece, one) for one in left) is not is_taken


@given(st.lists(HOURS, max_size=8), st.integers(1, 40))
def test_whatever_is_proposed_is_free(taken: list[Span], headcount: int) -> None:
    offers = [offer(), room(11, capacity=25), room(12, capacity=60)]
    occupied = {PART: [WHOLE_DAY, *taken], UUID(int=111): taken, UUID(int=112): taken[::2]}
    for one in proposals_for(need(headcount=headcount), offers, occupied, NOW):
        span = (one.starts_at, one.ends_at)
        assert not any(overlaps(span, other) for part in one.parts for other in occupied[part])
        assert one.kind == OTHER_TIME or headcount <= (25 if one.room.int == 11 else 60)


def test_every_booking_is_chosen_for_and_nobody_is_moved_unasked() -> None:
    check_chosen([Chosen("1", "cancel"), Chosen("2", "move", "phone"), Chosen("3", "keep")])
    with pytest.raises(ChoiceMissingError) as told:
        check_chosen([Chosen("1", ""), Chosen("2", ""), Chosen("3", "cancel")])
    assert told.value.params == {"count": 2, "number": "1"}
    with pytest.raises(ConsentMissingError):
        check_chosen([Chosen("1", "move")])


def test_proposals_and_figures_are_kept_as_plain_values() -> None:
    [one, *_] = proposals_for(need(), [offer()], {PART: [WHOLE_DAY]}, NOW)
    assert proposal_from(proposal_json(one)) == one
    figures = Figures(hits=3, refund=1500)
    assert figures_from(figures.as_json()) == figures
    assert figures_from({}) == Figures()
