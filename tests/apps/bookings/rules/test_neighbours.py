"""Rooms that disturb each other."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from apps.bookings.errors import DisturbedError
from apps.bookings.rules.neighbours import Beside, Manner, check_quiet, disturbances
from kernel.clock import at

LOUD, QUIET, NEITHER = Manner(is_loud=True), Manner(needs_quiet=True), Manner()
DAY = dt.date(2026, 12, 1)


def beside(manner: Manner, strictness: str = "refuse") -> Beside:
    return Beside(UUID(int=1), "和室", at(DAY, dt.time(9)), at(DAY, dt.time(12)), manner, strictness)


@pytest.mark.parametrize(
    ("mine", "other", "disturbs"),
    [
        (LOUD, QUIET, True),
        (QUIET, LOUD, True),
        (LOUD, LOUD, False),
        (QUIET, QUIET, False),
        (LOUD, NEITHER, False),
        (NEITHER, LOUD, False),
    ],
)
def test_only_loud_beside_quiet_disturbs(mine: Manner, other: Manner, disturbs: bool) -> None:
    assert bool(disturbances(mine, [beside(other)])) is disturbs


def test_rooms_that_only_warn_refuse_nothing() -> None:
    check_quiet(LOUD, [beside(QUIET, "warn")])
    with pytest.raises(DisturbedError) as told:
        check_quiet(LOUD, [beside(QUIET, "warn"), beside(QUIET)])
    assert told.value.params == {"room": "和室"}
