from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from kernel.clock import TOKYO, at, now, today


def test_now_is_aware_and_in_utc() -> None:
    with time_machine.travel("2026-04-01T01:02:03Z", tick=False):
        assert now() == datetime(2026, 4, 1, 1, 2, 3, tzinfo=UTC)
        assert now().tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-31T14:59:59Z", date(2026, 3, 31)),
        ("2026-03-31T15:00:00Z", date(2026, 4, 1)),
        ("2026-04-01T14:59:59Z", date(2026, 4, 1)),
    ],
)
def test_today_changes_at_midnight_in_japan(instant: str, day: date) -> None:
    with time_machine.travel(instant, tick=False):
        assert today() == day


def test_at_gives_the_instant_of_a_wall_clock_in_japan() -> None:
    moment = at(date(2026, 4, 1), time(9, 30))
    assert moment == datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
    assert moment.utcoffset() == timedelta(hours=9)


def test_at_refuses_a_time_that_has_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        at(date(2026, 4, 1), time(9, 30, tzinfo=TOKYO))
