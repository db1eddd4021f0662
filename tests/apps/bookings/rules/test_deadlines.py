"""Until when a booking may be given up, and what comes back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from apps.bookings.life_errors import NotByPortalError, TooLateForThisError, UnknownCauseError
from apps.bookings.rules.deadlines import (
    Cause,
    Deadline,
    RefundStep,
    cause_of,
    check_deadline,
    in_time,
    rate_of,
    refund_percent,
)
from kernel.clock import TOKYO

DAY = dt.date(2026, 5, 31)
START = dt.datetime.combine(DAY, dt.time(9), TOKYO)
CASES = [
    (Deadline(), "2026-05-30 23:59:59", True),
    (Deadline(), "2026-05-31 00:00:00", False),
    (Deadline("days", days=7, at=dt.time(17)), "2026-05-24 17:00:59", True),
    (Deadline("days", days=7, at=dt.time(17)), "2026-05-24 17:01:00", False),
    (Deadline("months", months=3, day=31, at=dt.time(23, 59)), "2026-02-28 23:59:00", True),
    (Deadline("months", months=3, day=31, at=dt.time(23, 59)), "2026-03-01 00:00:00", False),
    (Deadline("months", months=1, day=20, at=dt.time(12)), "2026-04-20 12:01:00", False),
    (Deadline("start"), "2026-05-31 08:59:59", True),
    (Deadline("start"), "2026-05-31 09:00:00", False),
    (Deadline("never"), "2026-01-01 00:00:00", False),
]


@pytest.mark.parametrize(("deadline", "now", "expected"), CASES)
def test_the_last_minute_is_in_time(deadline: Deadline, now: str, expected: bool) -> None:
    instant = dt.datetime.fromisoformat(now).replace(tzinfo=TOKYO)
    assert in_time(deadline, day=DAY, starts_at=START, now=instant) is expected
    if expected:
        check_deadline(deadline, day=DAY, starts_at=START, now=instant)
    else:
        with pytest.raises((TooLateForThisError, NotByPortalError)):
            check_deadline(deadline, day=DAY, starts_at=START, now=instant)


def test_the_sentence_tells_the_last_minute() -> None:
    with pytest.raises(TooLateForThisError) as caught:
        check_deadline(Deadline(), day=DAY, starts_at=START, now=START)
    assert caught.value.params == {"until": "2026-05-30 23:59"}


MIZUNAMI = (RefundStep(30, 90), RefundStep(15, 50))


@pytest.mark.parametrize(("left", "percent"), [(31, 90), (30, 90), (29, 50), (15, 50), (14, 0), (0, 0)])
def test_mizunami_returns_by_the_days_before_the_use(left: int, percent: int) -> None:
    assert refund_percent(Cause("own", "都合"), MIZUNAMI, day=DAY, today=DAY - dt.timedelta(days=left)) == percent


HALL = UUID(int=1)
OF_HALL = tuple(RefundStep(days, percent, (HALL,), "別表第３") for days, percent in ((30, 90), (15, 50)))
BY_ROOM = (*OF_HALL, RefundStep(7, 90), RefundStep(3, 50))
GOLDEN = [
    *[(HALL, left, percent) for left, percent in ((30, 90), (29, 50), (15, 50), (14, 0), (0, 0))],
    *[(UUID(int=2), left, percent) for left, percent in ((7, 90), (6, 50), (3, 50), (2, 0), (0, 0))],
]


@pytest.mark.parametrize(("room", "left", "percent"), GOLDEN)
def test_a_hall_goes_by_its_own_steps_and_every_other_room_by_the_rest(room: UUID, left: int, percent: int) -> None:
    rate = rate_of(Cause("own", "都合"), BY_ROOM, day=DAY, today=DAY - dt.timedelta(days=left), room=room)
    assert (rate.percent, rate.left) == (percent, left)
    assert rate.article == ("別表第３" if room == HALL else "")


@pytest.mark.parametrize(("left", "percent"), [(8, 100), (7, 100), (6, 0)])
def test_all_of_it_until_seven_days_before(left: int, percent: int) -> None:
    steps = (RefundStep(7, 100),)
    assert refund_percent(Cause("own", "都合"), steps, day=DAY, today=DAY - dt.timedelta(days=left)) == percent


def test_where_nothing_is_set_a_paid_fee_does_not_go_back_but_by_the_facilitys_cause() -> None:
    assert refund_percent(Cause("own", "都合"), (), day=DAY, today=DAY - dt.timedelta(days=99)) == 0
    rate = rate_of(Cause("city", "公用", whose="facility"), (), day=DAY, today=DAY)
    assert (rate.percent, rate.basis) == (100, "facility")


def test_the_facilitys_own_cause_returns_all_and_a_fixed_share_goes_before_the_table() -> None:
    facility = Cause("city", "公用", whose="facility", percent=0)
    assert refund_percent(facility, MIZUNAMI, day=DAY, today=DAY) == 100
    assert refund_percent(Cause("weather", "天候", percent=100), MIZUNAMI, day=DAY, today=DAY) == 100


def test_a_citizen_does_not_cancel_for_the_facilitys_cause() -> None:
    causes = (Cause("own", "都合"), Cause("city", "公用", whose="facility"))
    assert cause_of(causes, "own", whose="citizen").name == "都合"
    with pytest.raises(UnknownCauseError):
        cause_of(causes, "city", whose="citizen")
