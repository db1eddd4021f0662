"""How much of what could be let was let, by slot and by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.availability import Taken
from apps.bookings.rules.figures import Figures
from apps.bookings.rules.listing import Offer, Timetable
from apps.bookings.rules.usage import Asked, home_parts, total, usage
from kernel.clock import at
from tests.apps.bookings.rules.offers import AFTERNOON, EVENING, MONDAYS, MORNING, OTHER_PART, PART, offer

MONDAY = dt.date(2026, 5, 18)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + dt.timedelta(days=number) for number in (1, 2, 3))
DAYS = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]
ROOM = offer().room
Blocks = Mapping[dt.date, Sequence[Taken]]


def asked(day: dt.date, start: int = 9, end: int = 12, **values: object) -> Asked:
    usual: dict[str, object] = {"room": ROOM, "state": "permitted", "headcount": 10}
    return Asked(day=day, starts_at=at(day, dt.time(start)), ends_at=at(day, dt.time(end)), **usual | values)  # type: ignore[arg-type]  # what a test names


def block(kind: str, day: dt.date, start: int = 9, end: int = 12, part: UUID = PART) -> dict[dt.date, list[Taken]]:
    return {day: [Taken(part, kind, at(day, dt.time(start)), at(day, dt.time(end)))]}


def of_facility(uses: Sequence[Asked] = (), blocks: Blocks | None = None, *offers: Offer) -> Figures:
    [found] = usage(offers or [offer(closings=(MONDAYS,))], DAYS, blocks or {}, uses)
    return found.figures


def test_closed_days_are_in_no_denominator() -> None:
    found = of_facility()
    assert (found.slots, found.days) == (9, 3)


def test_a_permitted_booking_uses_its_slots_and_its_day() -> None:
    found = of_facility([asked(TUESDAY, 9, 17), asked(WEDNESDAY, 18, 21)])
    assert (found.used_slots, found.used_days, found.headcount) == (3, 2, 20)


def test_a_day_with_two_bookings_is_one_day_used() -> None:
    found = of_facility([asked(TUESDAY), asked(TUESDAY, 18, 21)])
    assert (found.used_slots, found.used_days) == (2, 1)


def test_an_application_that_is_not_permitted_is_counted_and_uses_nothing() -> None:
    states = ["under_review", "refused", "cancelled", "cancelled"]
    found = of_facility([asked(TUESDAY, state=state) for state in states])
    assert (found.used_slots, found.used_days, found.headcount) == (0, 0, 0)
    assert found.states == {"under_review": 1, "refused": 1, "cancelled": 2}


def test_maintenance_takes_the_slots_that_it_touches_out_of_the_offer() -> None:
    found = of_facility([], block("maintenance", TUESDAY, 11, 14))
    assert (found.slots, found.days) == (7, 3)


def test_a_day_wholly_under_maintenance_is_no_open_day() -> None:
    found = of_facility([], block("closure", TUESDAY, 9, 21))
    assert (found.slots, found.days) == (6, 2)


def test_the_citys_own_event_is_a_use_and_told_apart() -> None:
    found = of_facility([asked(WEDNESDAY)], block("city_use", TUESDAY, 9, 17))
    assert (found.slots, found.used_slots, found.city_slots, found.used_days) == (9, 3, 2, 2)


def test_a_booking_on_a_closed_day_counts_above_and_below_the_line() -> None:
    found = of_facility([asked(MONDAY)])
    assert (found.slots, found.used_slots, found.days, found.used_days) == (10, 1, 4, 1)


def test_a_day_before_the_first_timetable_offers_nothing() -> None:
    since = offer(timetables=(Timetable(THURSDAY, (MORNING,)),))
    found = of_facility([asked(TUESDAY)], None, since)
    assert (found.slots, found.used_slots, found.days) == (1, 0, 1)


def test_a_new_timetable_counts_from_its_first_day() -> None:
    both = (Timetable(dt.date(2020, 1, 1), (MORNING,)), Timetable(WEDNESDAY, (MORNING, AFTERNOON, EVENING)))
    assert of_facility([], None, offer(timetables=both)).slots == 1 + 1 + 3 + 3


def hall() -> list[Offer]:
    whole = offer(room=UUID(int=20), name="全面", parts=(PART, OTHER_PART))
    half_a = offer(room=UUID(int=21), name="A面", parts=(PART,), position=1)
    half_b = offer(room=UUID(int=22), name="B面", parts=(OTHER_PART,), position=2)
    return [whole, half_a, half_b]


def test_a_combination_counts_in_the_rooms_that_it_is_made_of() -> None:
    [found] = usage(
        hall(), [TUESDAY], {}, [asked(TUESDAY, room=UUID(int=20)), asked(TUESDAY, 13, 17, room=UUID(int=21))]
    )
    whole, half_a, half_b = found.rooms
    assert (whole.is_combination, whole.figures.slots, whole.figures.states) == (True, 0, {"permitted": 1})
    assert (half_a.figures.slots, half_a.figures.used_slots) == (3, 2)
    assert (half_b.figures.slots, half_b.figures.used_slots) == (3, 1)
    assert (found.figures.slots, found.figures.used_slots, found.figures.states) == (6, 3, {"permitted": 2})


def test_a_part_that_is_let_with_others_only_counts_in_the_combination() -> None:
    whole, half_a, _ = hall()
    homes = home_parts([whole, half_a])
    assert homes == {half_a.room: (PART,), whole.room: (OTHER_PART,)}


def test_a_facility_is_open_and_used_on_a_day_when_any_room_is() -> None:
    second = offer(room=UUID(int=30), parts=(OTHER_PART,), closings=())
    uses = [asked(TUESDAY), asked(TUESDAY, room=second.room), asked(MONDAY, room=second.room)]
    found = of_facility(uses, None, offer(closings=(MONDAYS,)), second)
    assert (found.days, found.used_days) == (4, 2)


def test_facilities_keep_the_offers_order_and_the_total_adds_them_up() -> None:
    other = offer(room=UUID(int=40), facility=UUID(int=5), parts=(OTHER_PART,))
    found = usage([offer(), other], DAYS, {}, [asked(TUESDAY), asked(TUESDAY, room=other.room)])
    assert [one.facility for one in found] == [offer().facility, other.facility]
    assert (total(found).days, total(found).used_days, total(found).used_slots) == (8, 2, 2)


def test_a_booking_of_a_room_that_is_not_listed_is_left_out() -> None:
    assert of_facility([asked(TUESDAY, room=UUID(int=99))]).states == {}


HOURS = st.tuples(
    st.sampled_from(DAYS), st.integers(0, 22), st.integers(1, 5), st.sampled_from(["permitted", "refused"])
)


@given(st.lists(HOURS, max_size=8), st.lists(st.tuples(st.sampled_from(DAYS), st.integers(0, 22)), max_size=4))
def test_no_more_is_used_than_could_be_let(
    uses: list[tuple[dt.date, int, int, str]], shut: list[tuple[dt.date, int]]
) -> None:
    blocks: dict[dt.date, list[Taken]] = {}
    for day, hour in shut:
        blocks.setdefault(day, []).extend(block("maintenance", day, hour, hour + 1)[day])
    rows = [asked(day, hour, min(hour + length, 23), state=state) for day, hour, length, state in uses]
    found = of_facility(rows, blocks)
    assert 0 <= found.used_slots <= found.slots <= 12
    assert 0 <= found.used_days <= found.days <= 4
