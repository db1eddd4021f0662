"""The desk's day: what stands in which cell, and how wide it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from apps.bookings.rules.board import Board, CellKind, Use, board_of, overview_of, week_around, week_of
from apps.bookings.rules.listing import Offer
from kernel.clock import at
from tests.apps.bookings.rules.offers import MONDAYS, OTHER_PART, PART, offer

WEDNESDAY = dt.date(2026, 4, 1)
MONDAY = dt.date(2026, 4, 6)
THE_DAY_BEFORE = at(dt.date(2026, 3, 31), dt.time(12))


def use(first: str, last: str, *, part: UUID = PART, subject: int = 1, day: dt.date = WEDNESDAY) -> Use:
    starts_at, ends_at = (at(day, dt.time.fromisoformat(text)) for text in (first, last))
    return Use(part, UUID(int=subject), UUID(int=10), "booking", "permitted", "架空体操クラブ", starts_at, ends_at)


def board(*uses: Use, day: dt.date = WEDNESDAY, offers: list[Offer] | None = None, **values: object) -> Board:
    now = values.pop("now", THE_DAY_BEFORE)
    assert isinstance(now, dt.datetime)
    return board_of(day, offers or [offer(**values)], uses, now)


def cells(found: Board, row: int = 0) -> list[tuple[str, int]]:
    return [(cell.kind.value, cell.columns) for cell in found.rows[row].cells]


def test_an_empty_day_offers_each_slot_and_shuts_what_lies_between() -> None:
    assert cells(board()) == [("free", 3), ("shut", 1), ("free", 4), ("shut", 1), ("free", 3)]


def test_the_columns_are_the_hours_from_the_first_slot_to_the_last() -> None:
    assert [(hour.hour, hour.columns) for hour in board().hours] == [(hour, 1) for hour in range(9, 21)]


def test_half_hours_make_two_columns_of_each_hour() -> None:
    found = board(use("09:30", "11:00"))
    assert {hour.columns for hour in found.hours} == {2}
    assert cells(found) == [("shut", 1), ("used", 3), ("shut", 4), ("free", 8), ("shut", 2), ("free", 6)]


def test_every_row_is_as_wide_as_the_headings() -> None:
    found = board(use("08:40", "09:10"), use("12:30", "22:05", subject=2))
    assert {1 + sum(cell.columns for cell in row.cells) for row in found.rows} == {found.columns}


def test_a_booking_over_two_slots_is_one_cell_with_the_gap() -> None:
    assert cells(board(use("09:00", "17:00"))) == [("used", 8), ("shut", 1), ("free", 3)]


def test_a_free_cell_knows_its_slot() -> None:
    free = [cell.slot.number for cell in board(use("13:00", "17:00")).rows[0].cells if cell.slot]
    assert free == [1, 3]


def test_a_use_of_several_parts_stands_once_in_the_room_that_has_them_all() -> None:
    uses = [use("09:00", "12:00"), use("09:00", "12:00", part=OTHER_PART)]
    [row] = board(*uses, parts=(PART, OTHER_PART)).rows
    assert [len(cell.uses) for cell in row.cells if cell.uses] == [1]


def test_two_halves_taken_at_overlapping_times_share_a_cell_of_the_whole() -> None:
    uses = [use("09:00", "12:00"), use("09:00", "17:00", part=OTHER_PART, subject=2)]
    found = board(*uses, parts=(PART, OTHER_PART))
    assert cells(found) == [("used", 8), ("shut", 1), ("free", 3)]
    assert len(found.rows[0].cells[0].uses) == 2


def test_uses_that_only_touch_keep_their_own_cells() -> None:
    assert cells(board(use("09:00", "10:00"), use("10:00", "12:00", subject=2)))[:2] == [("used", 1), ("used", 2)]


def test_another_rooms_part_leaves_the_room_free() -> None:
    offers = [offer(), offer(room=UUID(int=20), parts=(OTHER_PART,))]
    found = board(use("09:00", "12:00", part=OTHER_PART), offers=offers)
    assert cells(found, 0)[0] == ("free", 3)
    assert cells(found, 1)[0] == ("used", 3)


def test_a_slot_that_has_begun_is_over() -> None:
    found = board(now=at(WEDNESDAY, dt.time(13)))
    assert [cell.kind for cell in found.rows[0].cells if cell.slot] == [CellKind.OVER, CellKind.OVER, CellKind.FREE]


def test_a_closed_day_offers_nothing_and_says_why() -> None:
    [row] = board(day=MONDAY, closings=(MONDAYS,)).rows
    assert (row.closed_for, [cell.kind for cell in row.cells]) == ("休館日", [CellKind.CLOSED])


def test_a_booking_on_a_closed_day_is_still_shown() -> None:
    found = board(use("09:00", "12:00", day=MONDAY), day=MONDAY, closings=(MONDAYS,))
    assert [cell.kind for cell in found.rows[0].cells] == [CellKind.USED]


def test_a_use_from_the_night_before_begins_at_midnight() -> None:
    long = replace(use("09:00", "10:00"), starts_at=at(dt.date(2026, 3, 31), dt.time(22)))
    first = board(long).rows[0].cells[0]
    assert (first.starts_at, first.ends_at) == (at(WEDNESDAY, dt.time(0)), at(WEDNESDAY, dt.time(10)))


def test_a_use_until_the_next_day_ends_at_midnight() -> None:
    long = replace(use("20:00", "21:00"), ends_at=at(dt.date(2026, 4, 2), dt.time(5)))
    assert board(long).rows[0].cells[-1].ends_at == at(dt.date(2026, 4, 2), dt.time(0))


def test_a_board_without_timetables_shows_the_usual_hours() -> None:
    found = board(timetables=())
    assert (found.hours[0].hour, found.hours[-1].hour) == (9, 20)
    assert cells(found) == [("shut", 12)]


def test_a_board_without_rooms_has_no_rows() -> None:
    assert board_of(WEDNESDAY, [], [], THE_DAY_BEFORE).rows == ()


THE_WEEK = week_around(WEDNESDAY)


def test_a_week_begins_with_its_monday() -> None:
    assert (THE_WEEK[0], THE_WEEK[-1]) == (dt.date(2026, 3, 30), dt.date(2026, 4, 5))
    assert week_around(THE_WEEK[0]) == week_around(THE_WEEK[-1]) == THE_WEEK


def test_a_rooms_week_has_a_row_a_day_with_that_days_uses_only() -> None:
    now = at(dt.date(2026, 3, 1), dt.time(9))
    found = week_of(offer(), THE_WEEK, [use("09:00", "12:00")], now)
    assert [row.day for row in found.rows] == list(THE_WEEK)
    taken = [row.day for row in found.rows if any(cell.uses for cell in row.cells)]
    assert taken == [WEDNESDAY]


def test_a_use_over_midnight_stands_in_both_days() -> None:
    now = at(dt.date(2026, 3, 1), dt.time(9))
    long = replace(use("20:00", "21:00"), ends_at=at(dt.date(2026, 4, 2), dt.time(5)))
    found = week_of(offer(), THE_WEEK, [long], now)
    assert [row.day.day for row in found.rows if any(cell.uses for cell in row.cells)] == [1, 2]


def test_a_week_of_all_rooms_tells_of_each_day_what_is_free_and_taken() -> None:
    now = at(dt.date(2026, 3, 1), dt.time(9))
    rooms = [offer(closings=(MONDAYS,)), offer(room=UUID(int=20), parts=(OTHER_PART,))]
    found = overview_of(THE_WEEK, rooms, [use("13:00", "17:00")], now)
    monday, _, wednesday = found.rows[0].days[:3]
    assert (monday.closed_for, monday.cells) == ("休館日", ())
    assert [cell.kind.value for cell in wednesday.cells] == ["free", "used", "free"]
    assert [cell.kind.value for cell in found.rows[1].days[2].cells] == ["free"] * 3
