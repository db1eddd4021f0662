"""The year at a glance, and what a change of rules changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from apps.bookings.rules.listing import Closing
from apps.bookings.rules.year import changed, days_of_year, fiscal_year_of, year_of
from tests.apps.bookings.rules.offers import MONDAYS, YEAR_END

D = dt.date.fromisoformat


def test_the_fiscal_year_begins_in_april() -> None:
    assert [fiscal_year_of(D(day)) for day in ("2027-03-31", "2027-04-01")] == [2026, 2027]
    assert len(days_of_year(2027)) == 366  # with 29 February 2028


def test_a_year_is_twelve_months_of_days_with_their_kind() -> None:
    opened = Closing(
        "period", None, "", "", "特別開館", "", effect="opens", since=D("2027-03-29"), until=D("2027-03-29")
    )
    months = year_of((MONDAYS, opened), 2026)
    assert [month[0].day.month for month in months] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
    march = {one.day.day: one for one in months[-1]}
    assert (march[22].kind, march[22].label) == ("closure", "休館日")
    assert (march[29].kind, march[29].label) == ("exception", "特別開館")
    assert march[30].kind == "open"


def test_a_change_tells_the_days_that_close_and_those_that_open() -> None:
    days = [dt.date(2026, 12, number) for number in range(1, 32)]
    tuesdays = replace(MONDAYS, weekday=2)
    change = changed((MONDAYS, YEAR_END), (tuesdays, YEAR_END), days)
    assert [one.day.day for one in change.closed] == [1, 8, 15, 22]
    assert [day.day for day in change.opened] == [7, 14, 21, 28]
    assert changed((MONDAYS,), (MONDAYS,), days).is_nothing
