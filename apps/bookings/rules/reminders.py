"""When somebody is reminded (お知らせメール): so long before, outside the hours in which nothing is sent, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apps.bookings.rules.listing import Offer
from apps.bookings.rules.window import Who, receipt_of
from kernel.businessdays import months_before
from kernel.clock import TOKYO, at

DAY: Final = dt.timedelta(days=1)
USE, TENTATIVE = "use", "tentative"
LEADS: Final = (7 * 1440, 3 * 1440, 1440, 180, 60)
"""Minutes before, from which a citizen chooses."""
LONGEST: Final = dt.timedelta(minutes=max(LEADS))
EVENING, MORNING = dt.time(21), dt.time(8)
MONTHS_AHEAD: Final = 13


@dataclass(frozen=True, slots=True)
class Quiet:
    """Between these hours nothing is sent (送らない時間帯); they may pass midnight."""

    starts: dt.time = EVENING
    ends: dt.time = MORNING

    def holds(self, moment: dt.datetime) -> bool:
        """Whether it is quiet at ``moment``."""
        clock = moment.astimezone(TOKYO).time()
        if self.starts < self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends

    def end(self, moment: dt.datetime) -> dt.datetime:
        """When the quiet hours end in which ``moment`` lies."""
        day = moment.astimezone(TOKYO).date()
        told = at(day, self.ends)
        return told if told > moment else at(day + DAY, self.ends)

    def start(self, moment: dt.datetime) -> dt.datetime:
        """When those hours began."""
        day = moment.astimezone(TOKYO).date()
        told = at(day, self.starts)
        return told if told <= moment else at(day - DAY, self.starts)


@dataclass(frozen=True, slots=True)
class Wish:
    """Of what an account is reminded, and when it is left in peace."""

    use: tuple[int, ...] = ()
    tentative: tuple[int, ...] = ()
    quiet: Quiet | None = None

    def leads(self, kind: str) -> tuple[int, ...]:
        """Minutes before, for one kind of reminder."""
        return self.use if kind == USE else self.tentative


def moment_of(target: dt.datetime, minutes: int, quiet: Quiet | None) -> dt.datetime:
    """When a reminder of ``target`` is due: ``minutes`` before; from quiet hours it is moved to their end.

    Where that would be too late, to their beginning.
    """
    told = target - dt.timedelta(minutes=minutes)
    if quiet is None or not quiet.holds(told):
        return told
    return quiet.end(told) if quiet.end(told) < target else quiet.start(told)


def due(
    target: dt.datetime, leads: Iterable[int], quiet: Quiet | None, *, since: dt.datetime, now: dt.datetime
) -> list[int]:
    """Which of ``leads`` are due at ``now`` for something that there has been ``since``, the longest first.

    What was only made after its moment is not reminded of: its own mail is new enough. A mail that comes late, since
    nobody worked meanwhile, is still sent as long as it is of use, but not in quiet hours that end in time.
    """
    if now >= target or (quiet is not None and quiet.holds(now) and quiet.end(now) < target):
        return []
    told = [minutes for minutes in leads if target - dt.timedelta(minutes=minutes) >= since]
    return sorted((minutes for minutes in told if moment_of(target, minutes, quiet) <= now), reverse=True)


def next_opening(offer: Offer, now: dt.datetime, who: Who = Who.RESIDENT) -> tuple[dt.datetime, dt.date] | None:
    """When the reception of a whole month opens next, and the first day of that month; None where days open one by one.

    Of rooms whose days open each by itself there is something new every day, and nobody wants a mail of that.
    """
    today = now.astimezone(TOKYO).date()
    first = today.replace(day=1)
    found = []
    for number in range(MONTHS_AHEAD):
        month = months_before(first, -number)
        receipt, last = receipt_of(offer, month, who), receipt_of(offer, months_before(month, -1) - DAY, who)
        if receipt is None or last is None or receipt.opens_at != last.opens_at:
            continue
        if receipt.opens_at > now:
            found.append((receipt.opens_at, month))
    return min(found, default=None)


def by_default(days: int) -> Wish:
    """What holds for whoever has chosen nothing, by the facility's terms."""
    return Wish(use=(days * 1440,) if days else (), quiet=Quiet())
