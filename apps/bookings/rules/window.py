"""When applications are received on the portal (受付期間; rules, section 4.1).

A window has an opening and a closing, each in one of three ways, for residents (市内) and others (市外), for all rooms
of the facility or for one. The newest that has begun on the day of use holds; of the same first day, a room's own
before the facility's, so that a new ordinance for all ends what was said of one room before. It opens at HH:MM:00 and
is open through HH:MM:59 of its last minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.bookings.errors import AfterWindowError, BeforeWindowError, NoDayOfMonthError, PastError, ResidentsOnlyError
from apps.bookings.rules.days import closing_on
from apps.bookings.rules.listing import Edge, Offer, Window
from kernel.businessdays import months_before, on_or_next_business_day
from kernel.clock import at

MONTH_DAY: Final = "month_day"
LONGEST_MONTH: Final = 31
DAY: Final = dt.timedelta(days=1)
MINUTE: Final = dt.timedelta(minutes=1)
LONGEST_SHIFT: Final = 60
"""Days after which a house that never opens is given up: the day stays as it is."""


class Who(StrEnum):
    """Whose applications (受付の対象): of those who live, work or study in the city, and of others."""

    RESIDENT = "resident"  # 市内
    OTHER = "other"  # 市外


USUAL: Final = tuple(
    Window(
        who,
        dt.date.min,
        opens=Edge("same_day", 3, 0, dt.time(0)),
        closes=Edge("days", 0, 1, dt.time(23, 59)),
    )
    for who in Who
)
"""What holds where a facility has set nothing: from three months before until the day before."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """From ``opens_at`` (in it) to ``closes_at`` (not in it) applications are received."""

    opens_at: dt.datetime
    closes_at: dt.datetime

    def contains(self, now: dt.datetime) -> bool:
        """Whether an application of this instant is received."""
        return self.opens_at <= now < self.closes_at


def receipt_of(offer: Offer, day: dt.date, who: Who) -> Receipt | None:
    """When an application of ``who`` for ``day`` is received, or None where it never is (市内のみ)."""
    window = next((one for one in windows_on(offer.windows, day) if one.who == who), None)
    if window is None:
        return None
    opens, closes = edge_day(offer, window.opens, day), edge_day(offer, window.closes, day)
    return Receipt(at(opens, window.opens.at), at(closes, window.closes.at) + MINUTE)


def windows_on(windows: Iterable[Window], day: dt.date) -> tuple[Window, ...]:
    """The windows that hold for the day of use ``day``, one a group of people, as they were set together."""
    begun = [one for one in windows if one.since <= day] or list(USUAL)
    newest = max(one.since for one in begun)
    together = tuple(one for one in begun if one.since == newest)
    return tuple(one for one in together if one.of_room) or together


def edge_day(offer: Offer, edge: Edge, day: dt.date) -> dt.date:
    """The day of a window's end for the day of use ``day``, shifted where the house or the offices are closed."""
    told = _told_day(edge, day)
    if edge.shift == "next_office":
        return on_or_next_business_day(told)
    if edge.shift == "next_open":
        later = (told + number * DAY for number in range(LONGEST_SHIFT))
        return next((one for one in later if closing_on(offer, one) is None), told)
    return told


def check_edges(windows: Iterable[Window]) -> None:
    """Raise ``NoDayOfMonthError`` for an end that names a day of the month that there is in none."""
    for one in windows:
        for end, edge in (("opens", one.opens), ("closes", one.closes)):
            check_edge(edge.kind, edge.days, of=f"{one.who}_{end}")


def check_edge(kind: str, days: int, *, of: str) -> None:
    """Raise ``NoDayOfMonthError`` where ``kind`` takes a day of the month but ``days`` is none; ``of``: which end."""
    if kind == MONTH_DAY and not 1 <= days <= LONGEST_MONTH:
        raise NoDayOfMonthError(field=f"{of}_days")


def is_open(offer: Offer, day: dt.date, now: dt.datetime, who: Who = Who.RESIDENT) -> bool:
    """Whether an application of ``who`` for ``day`` is received at ``now``."""
    receipt = receipt_of(offer, day, who)
    return receipt is not None and receipt.contains(now)


def depends_on_who(offer: Offer, day: dt.date) -> bool:
    """Whether residents and others are received at different times."""
    return receipt_of(offer, day, Who.RESIDENT) != receipt_of(offer, day, Who.OTHER)


def check_window(offer: Offer, day: dt.date, now: dt.datetime, who: Who = Who.RESIDENT) -> None:
    """Raise ``ResidentsOnlyError``, ``BeforeWindowError`` or ``AfterWindowError`` outside the portal's window."""
    receipt = receipt_of(offer, day, who)
    if receipt is None:
        raise ResidentsOnlyError(field="day")
    if now < receipt.opens_at:
        raise BeforeWindowError(field="day", opens_at=f"{receipt.opens_at:%Y-%m-%d %H:%M}")
    if now >= receipt.closes_at:
        raise AfterWindowError(field="day")


def check_not_begun(starts_at: dt.datetime, now: dt.datetime) -> None:
    """Raise ``PastError`` when the span has begun."""
    if starts_at <= now:
        raise PastError(field="slots")


def _told_day(edge: Edge, day: dt.date) -> dt.date:
    """The day that the rule tells, by the arithmetic of months: where a month has no such day, its last one."""
    if edge.kind == "days":
        return day - edge.days * DAY
    if edge.kind == "same_day":
        return months_before(day, edge.months) - edge.days * DAY
    first = months_before(day.replace(day=1), edge.months)
    return min(first + (edge.days - 1) * DAY, months_before(first, -1) - DAY)
