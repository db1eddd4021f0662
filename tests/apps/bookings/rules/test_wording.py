"""Times and names as official forms have them."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.rules.wording import period, time_of_day, with_city
from kernel.clock import at


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("00:00", "午前0時"),
        ("09:00", "午前9時"),
        ("11:59", "午前11時59分"),
        ("12:00", "正午"),
        ("12:30", "午後0時30分"),
        ("13:30", "午後1時30分"),
        ("21:00", "午後9時"),
    ],
)
def test_a_time_is_told_by_half_days(moment: str, told: str) -> None:
    assert time_of_day(dt.time.fromisoformat(moment)) == told


def test_a_use_that_ends_at_midnight_ends_at_twelve_in_the_evening() -> None:
    assert time_of_day(dt.time(0), is_end=True) == "午後12時"


def test_a_period_has_its_day_its_slots_and_its_hours() -> None:
    day = dt.date(2026, 4, 18)
    told = period(day, ["午前", "午後"], at(day, dt.time(9)), at(day, dt.time(17)))
    assert told == "令和8年4月18日（土）　午前・午後　午前9時から午後5時まで"


def test_the_citys_name_stands_before_a_facility_once() -> None:
    assert with_city("印西市", "中央公民館") == "印西市中央公民館"
    assert with_city("印西市", "印西市中央公民館") == "印西市中央公民館"
