"""What stands in the way of closing a registration, and from which day it may be closed."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from apps.registrants.errors import ActInPastError, BeforeRegistrationError, ClosingObstructedError, Obstacle
from apps.registrants.rules.closing import check_closing_day, check_obstacles

TODAY = dt.date(2026, 5, 1)
SINCE = dt.date(2025, 4, 1)
YESTERDAY = dt.date(2026, 4, 30)


def obstacle(day: dt.date | None) -> Obstacle:
    return Obstacle("予約", "20260510-000001-8", day, "desk:booking", uuid.uuid4())


@pytest.mark.parametrize("day", [None, TODAY, dt.date(2026, 5, 2)])
def test_what_is_on_or_after_the_day_or_has_none_stands_in_the_way(day: dt.date | None) -> None:
    with pytest.raises(ClosingObstructedError) as refused:
        check_obstacles([obstacle(day), obstacle(YESTERDAY)], TODAY)
    assert [one.day for one in refused.value.obstacles] == [day]


def test_of_a_booking_that_has_to_be_given_up_the_money_is_not_told_besides() -> None:
    ahead, fee = obstacle(TODAY), obstacle(None)
    other = Obstacle("未納の使用料", "20260401-000009-1", None, "desk:payments", uuid.uuid4())
    with pytest.raises(ClosingObstructedError) as refused:
        check_obstacles([ahead, fee, other], TODAY)
    assert refused.value.obstacles == (ahead, other)


def test_what_is_before_the_day_does_not() -> None:
    check_obstacles([obstacle(YESTERDAY)], TODAY)


@pytest.mark.parametrize("cause", ["withdrawn", "ex_officio"])
def test_a_day_in_the_past_is_for_a_death_or_a_removal_only(cause: str) -> None:
    with pytest.raises(ActInPastError):
        check_closing_day(cause, YESTERDAY, registered_on=SINCE, today=TODAY)
    check_closing_day("died", YESTERDAY, registered_on=SINCE, today=TODAY)


def test_nothing_closes_before_it_began() -> None:
    with pytest.raises(BeforeRegistrationError):
        check_closing_day("died", SINCE - dt.timedelta(1), registered_on=SINCE, today=TODAY)
