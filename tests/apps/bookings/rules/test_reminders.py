"""When a reminder is due: so long before, outside quiet hours, and never of what is over."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.reminders import LEADS, Quiet, by_default, due, moment_of, next_opening
from apps.bookings.rules.window import Who
from kernel.clock import at
from tests.apps.bookings.rules.offers import days_before, month_day, offer, same_day, windows

NIGHT = Quiet(dt.time(21), dt.time(8))
NOON = Quiet(dt.time(12), dt.time(13))


def moment(text: str) -> dt.datetime:
    return at(dt.date(2026, 12, int(text[:2])), dt.time.fromisoformat(text[3:]))


@pytest.mark.parametrize(
    ("target", "minutes", "quiet", "told"),
    [
        ("10 13:00", 1440, NIGHT, "09 13:00"),
        ("10 13:00", 1440, None, "09 13:00"),
        ("10 22:00", 1440, NIGHT, "10 08:00"),
        ("10 09:00", 180, NIGHT, "10 08:00"),
        ("10 08:30", 60, NIGHT, "10 08:00"),
        ("10 08:00", 60, NIGHT, "09 21:00"),
        ("10 07:00", 60, NIGHT, "09 21:00"),
        ("10 00:30", 60, NIGHT, "09 21:00"),
        ("10 13:30", 60, NOON, "10 13:00"),
        ("10 12:30", 1440, NOON, "09 13:00"),
    ],
)
def test_a_reminder_in_quiet_hours_waits_for_their_end_or_comes_before(
    target: str, minutes: int, quiet: Quiet | None, told: str
) -> None:
    assert moment_of(moment(target), minutes, quiet) == moment(told)


@pytest.mark.parametrize(
    ("now", "leads"),
    [
        ("08 13:00", []),
        ("09 12:59", []),
        ("09 13:00", [1440]),
        ("10 09:59", [1440]),
        ("10 10:00", [1440, 180]),
        ("10 12:59", [1440, 180]),
        ("10 13:00", []),
        ("09 22:00", []),
    ],
)
def test_what_is_late_is_still_sent_until_the_use_begins_but_not_at_night(now: str, leads: list[int]) -> None:
    found = due(moment("10 13:00"), [180, 1440], NIGHT, since=moment("01 09:00"), now=moment(now))
    assert found == leads


def test_what_was_made_after_its_moment_is_not_reminded_of() -> None:
    found = due(moment("10 13:00"), LEADS, None, since=moment("09 15:00"), now=moment("10 12:30"))
    assert found == [180, 60]


@given(
    st.integers(0, 24 * 60 * 9),
    st.integers(0, 24 * 60 * 9),
    st.sampled_from([None, NIGHT, NOON]),
    st.lists(st.sampled_from(LEADS), unique=True),
)
def test_nothing_is_ever_due_after_the_target_or_before_its_time(
    target: int, now: int, quiet: Quiet | None, leads: list[int]
) -> None:
    start = at(dt.date(2026, 12, 1), dt.time(0))
    told, told_now = start + dt.timedelta(minutes=target), start + dt.timedelta(minutes=now)
    found = due(told, leads, quiet, since=start - dt.timedelta(days=30), now=told_now)
    assert set(found) <= set(leads)
    assert not found or told_now < told
    if found and quiet is not None and quiet.holds(told_now):
        assert quiet.end(told_now) >= told


def test_a_facility_that_reminds_nobody_by_itself_reminds_nobody() -> None:
    assert by_default(0).use == ()
    assert by_default(2).use == (2880,)


@pytest.mark.parametrize(
    ("now", "opens", "month"),
    [
        ("10 12:00", at(dt.date(2026, 12, 17), dt.time(9)), dt.date(2027, 2, 1)),
        ("17 09:00", at(dt.date(2027, 1, 17), dt.time(9)), dt.date(2027, 3, 1)),
        ("17 08:59", at(dt.date(2026, 12, 17), dt.time(9)), dt.date(2027, 2, 1)),
    ],
)
def test_the_next_opening_of_a_month_is_told(now: str, opens: dt.datetime, month: dt.date) -> None:
    monthly = offer(windows=windows(month_day(2, 17, "09:00"), days_before(1)))
    found = next_opening(monthly, moment(now))
    assert found == (opens, month)


def test_rooms_whose_days_open_one_by_one_have_no_opening_to_be_told() -> None:
    assert next_opening(offer(windows=windows(same_day(3), days_before(1))), moment("10 12:00")) is None
    assert next_opening(offer(), moment("10 12:00"), Who.OTHER) is None
