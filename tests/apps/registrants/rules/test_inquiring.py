"""When a facility is told of a 照会票."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.registrants.rules.inquiring import ANSWERED, DECIDED, OVERDUE, RECEIVED, news
from kernel.clock import TOKYO

NOW = dt.datetime(2026, 4, 1, 9, tzinfo=TOKYO)
WEEK = dt.timedelta(days=7)
SECOND = dt.timedelta(seconds=1)
MONTH = dt.timedelta(days=30)


@pytest.mark.parametrize(
    ("is_received", "opened", "answered", "is_closed", "told"),
    [
        (True, SECOND, None, False, [RECEIVED]),
        (True, WEEK - SECOND, None, False, [RECEIVED]),
        (True, WEEK, None, False, [OVERDUE]),
        (True, MONTH - SECOND, None, False, [OVERDUE]),
        (True, MONTH, None, False, []),
        (True, WEEK, SECOND, False, []),
        (True, WEEK, None, True, []),
        (False, WEEK, None, False, []),
        (False, 9 * WEEK, SECOND, False, [ANSWERED]),
        (False, 9 * WEEK, MONTH, False, []),
        (False, WEEK, SECOND, True, []),
    ],
)
def test_what_is_told_follows_from_side_age_and_answer(
    is_received: bool, opened: dt.timedelta, answered: dt.timedelta | None, is_closed: bool, told: list[str]
) -> None:
    answered_at = None if answered is None else NOW - answered
    found = news(
        is_received=is_received,
        opened_at=NOW - opened,
        answered_at=answered_at,
        decided_at=None,
        is_closed=is_closed,
        now=NOW,
    )
    assert list(found) == told


@pytest.mark.parametrize(("ago", "told"), [(SECOND, [DECIDED]), (MONTH - SECOND, [DECIDED]), (MONTH, [])])
@pytest.mark.parametrize("is_received", [True, False])
@pytest.mark.parametrize("is_closed", [True, False])
def test_both_are_told_of_a_decision_and_of_nothing_else_then(
    is_received: bool, is_closed: bool, ago: dt.timedelta, told: list[str]
) -> None:
    found = news(
        is_received=is_received,
        opened_at=NOW - MONTH,
        answered_at=NOW - WEEK,
        decided_at=NOW - ago,
        is_closed=is_closed,
        now=NOW,
    )
    assert list(found) == told
