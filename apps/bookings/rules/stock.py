"""Equipment in use at one time, across the rooms of a facility (附属設備の在庫; rules, section 4.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from apps.bookings.errors import NoStockError, NothingWantedError


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


def check_stock(wanted: int, left: int, name: str) -> None:
    """``NothingWantedError`` for less than one, ``NoStockError`` for more than are left."""
    if wanted < 1:
        raise NothingWantedError(field="quantity")
    if wanted > left:
        raise NoStockError(field="quantity", name=name, left=max(left, 0))
