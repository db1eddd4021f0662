"""The one source of time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251  # the one source of time


def today() -> dt.date:
    """The present day in Asia/Tokyo."""
    return now().astimezone(TOKYO).date()


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """The instant of a local ``time`` on ``day`` in Asia/Tokyo."""
    return dt.datetime.combine(day, time, TOKYO)
