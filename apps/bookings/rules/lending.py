"""How many pieces of equipment are left for a use, from what the shared read model tells (rules, section 4.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.bookings.rules.stock import Lent, Stock, peak, stock_on
from kernel.clock import TOKYO


@dataclass(frozen=True, slots=True)
class Lendable:
    """A kind of equipment of a facility, its stock in time, and what is out of it."""

    name: str
    name_en: str
    unit: str
    is_counted: bool
    before: dt.timedelta
    after: dt.timedelta
    since: dt.date
    until: dt.date | None
    stocks: tuple[Stock, ...]
    lent: tuple[Lent, ...]


def lendable(row: Mapping[str, Any]) -> Lendable:
    """The kind that a row of the search describes."""
    return Lendable(
        name=row["name"],
        name_en=row["name_en"],
        unit=row["unit"],
        is_counted=row["is_counted"],
        before=dt.timedelta(minutes=row["before"]),
        after=dt.timedelta(minutes=row["after"]),
        since=dt.date.fromisoformat(row["since"]),
        until=dt.date.fromisoformat(row["until"]) if row["until"] else None,
        stocks=tuple(Stock(dt.date.fromisoformat(since), quantity) for since, quantity in row["stocks"]),
        lent=tuple(
            Lent(quantity, dt.datetime.fromisoformat(starts), dt.datetime.fromisoformat(ends))
            for quantity, starts, ends in row["lent"]
        ),
    )


def left_for(kind: Lendable, starts_at: dt.datetime, ends_at: dt.datetime) -> int | None:
    """How many are left for a use of these hours, with the margins; None where nobody counts them.

    None are left on a day on which the kind is not there.
    """
    starts_at, ends_at = starts_at - kind.before, ends_at + kind.after
    first, last = (moment.astimezone(TOKYO).date() for moment in (starts_at, ends_at))
    if first < kind.since or (kind.until is not None and last > kind.until):
        return 0
    if not kind.is_counted:
        return None
    days = {first, last, *(one.since for one in kind.stocks if first <= one.since <= last)}
    least = min(stock_on(kind.stocks, day) for day in days)
    return max(0, least - peak(kind.lent, starts_at, ends_at))
