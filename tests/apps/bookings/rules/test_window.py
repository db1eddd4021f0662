"""The portal's window for applications."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.errors import AfterWindowError, BeforeWindowError, PastError
from apps.bookings.rules.window import check_not_begun, check_window, is_open, opens_on
from kernel.clock import at
from tests.apps.bookings.rules.offers import offer

D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        ("2026-05-31", "2026-02-28"),
        ("2028-05-31", "2028-02-29"),
        ("2026-12-01", "2026-09-01"),
        ("2027-01-15", "2026-10-15"),
    ],
)
def test_the_window_opens_on_the_same_day_of_the_month_or_its_end(day: str, opens: str) -> None:
    assert opens_on(offer(), D(day)) == D(opens)


@pytest.mark.parametrize(
    ("today", "received"), [("2026-08-31", False), ("2026-09-01", True), ("2026-11-30", True), ("2026-12-01", False)]
)
def test_applications_are_received_from_the_first_to_the_last_day(today: str, received: bool) -> None:
    assert is_open(offer(), D("2026-12-01"), D(today)) is received


def test_before_the_window_the_first_day_is_told() -> None:
    with pytest.raises(BeforeWindowError) as told:
        check_window(offer(), D("2026-12-01"), at(D("2026-08-31"), dt.time(23, 59)))
    assert told.value.params == {"opens_on": D("2026-09-01")}


def test_the_window_opens_at_midnight_in_tokyo() -> None:
    check_window(offer(), D("2026-12-01"), at(D("2026-09-01"), dt.time(0)))


def test_after_the_window_the_counter_is_named() -> None:
    with pytest.raises(AfterWindowError):
        check_window(offer(), D("2026-12-01"), at(D("2026-12-01"), dt.time(0)))


def test_a_slot_that_begins_this_instant_has_begun() -> None:
    now = at(D("2026-12-01"), dt.time(9))
    with pytest.raises(PastError):
        check_not_begun(now, now)
    check_not_begun(now + dt.timedelta(microseconds=1), now)
