"""Where measures hold and what they keep somebody from."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.life_errors import SuspendedHereError
from apps.bookings.life_texts import LIFE_ERROR_TEXTS
from apps.bookings.rules.limits import Limit
from apps.bookings.rules.measures import InForce, check_not_suspended, restrictions

FIRST, LAST = dt.date(2026, 4, 10), dt.date(2026, 4, 30)
BEFORE, AFTER = dt.date(2026, 4, 9), dt.date(2026, 5, 1)
SUSPENDED = InForce("suspend", "facility", FIRST, LAST)


@pytest.mark.parametrize("days", [{FIRST}, {LAST}, {BEFORE, LAST}, {BEFORE, FIRST, AFTER}])
def test_whoever_is_suspended_today_or_on_the_day_of_use_does_not_book(days: set[dt.date]) -> None:
    with pytest.raises(SuspendedHereError) as caught:
        check_not_suspended([SUSPENDED], days)
    told = str(LIFE_ERROR_TEXTS[caught.value.code]).format(**caught.value.params)
    assert told == "この施設は2026-04-30まで利用停止のため、予約できません。"


def test_before_and_after_it_is_no_matter() -> None:
    check_not_suspended([SUSPENDED, InForce("fewer", "facility", BEFORE)], {BEFORE, AFTER})


def test_one_without_end_says_so() -> None:
    with pytest.raises(SuspendedHereError) as caught:
        check_not_suspended([InForce("suspend", "facility", FIRST)], {AFTER})
    assert str(LIFE_ERROR_TEXTS[caught.value.code]) == "この施設は利用停止のため、予約できません。"


def test_a_restriction_counts_where_it_holds() -> None:
    found = [InForce("fewer", "facility", FIRST), InForce("fewer", "tenant", FIRST, LAST), SUSPENDED]
    assert list(restrictions(found, FIRST)) == [
        Limit("facility", "month", 1, by="application"),
        Limit("tenant", "month", 1, by="application"),
    ]
    assert [one.scope for one in restrictions(found, AFTER)] == ["facility"]
    assert not list(restrictions(found, BEFORE))
