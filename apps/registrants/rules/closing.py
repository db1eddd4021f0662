"""What stands in the way of closing a registration (抹消を妨げるもの). Domain handbook 2.2 (退会ブロック)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from apps.registrants.errors import ActInPastError, BeforeRegistrationError, ClosingObstructedError, Obstacle

KNOWN_LATER: Final = frozenset({"died", "moved"})
"""Causes (死亡・転出) that the facility learns of after the day; only these close from a day in the past."""


def check_closing_day(cause: str, effective_on: dt.date, *, registered_on: dt.date, today: dt.date) -> None:
    """``ActInPastError`` or ``BeforeRegistrationError`` for a day on which a registration is not closed."""
    if effective_on < today and cause not in KNOWN_LATER:
        raise ActInPastError(field="effective_on")
    if effective_on < registered_on:
        raise BeforeRegistrationError(field="effective_on")


def check_obstacles(obstacles: Iterable[Obstacle], effective_on: dt.date) -> None:
    """``ClosingObstructedError``, which names them, if any stands in the way of closing from that day on.

    Of what has to be given up anyway (a booking on or after the day) the money is not told besides.
    """
    found = [one for one in obstacles if one.day is None or one.day >= effective_on]
    given_up = {one.label for one in found if one.day is not None}
    found = [one for one in found if one.day is not None or one.label not in given_up]
    if found:
        raise ClosingObstructedError(found)
