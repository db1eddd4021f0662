"""Equipment in use at one time, across the rooms of a facility (附属設備の在庫; rules, section 4.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kernel.clock import TOKYO


@dataclass(frozen=True, slots=True)
class Lent:
    """``quantity`` pieces are out from ``starts_at`` to ``ends_at`` (half-open), with the margins before and after."""

    quantity: int
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Stock:
    """How many there are from a day on."""

    since: dt.date
    quantity: int


def stock_on(stocks: Iterable[Stock], day: dt.date) -> int:
    """How many there are on ``day``: the newest figure that has begun, none before the first."""
    begun = [one for one in stocks if one.since <= day]
    return max(begun, key=lambda one: one.since).quantity if begun else 0


def peak(lent: Iterable[Lent], starts_at: dt.datetime, ends_at: dt.datetime) -> int:
    """The most pieces that are out at one instant of the span."""
    inside = [one for one in lent if one.starts_at < ends_at and starts_at < one.ends_at]
    starts = {starts_at, *(max(one.starts_at, starts_at) for one in inside)}
    return max(sum(one.quantity for one in inside if one.starts_at <= at < one.ends_at) for at in starts)


def left(stocks: Collection[Stock], lent: Collection[Lent], starts_at: dt.datetime, ends_at: dt.datetime) -> int:
    """How many can be had for the whole span: at each instant what there is then, without what is out then."""
    first, last = (moment.astimezone(TOKYO).date() for moment in (starts_at, ends_at - dt.timedelta(microseconds=1)))
    days = [first, *sorted(one.since for one in stocks if first < one.since <= last)]
    begins = [starts_at, *(dt.datetime.combine(day, dt.time(), TOKYO) for day in days[1:])]
    ends = [*begins[1:], ends_at]
    found = (stock_on(stocks, day) - peak(lent, begin, end) for day, begin, end in zip(days, begins, ends, strict=True))
    return max(min(found), 0)
