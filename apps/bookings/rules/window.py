"""When applications are received on the portal (受付期間; rules, section 4.1)."""

from __future__ import annotations

import datetime as dt

from apps.bookings.errors import AfterWindowError, BeforeWindowError, PastError
from apps.bookings.rules.listing import Offer
from kernel.businessdays import months_before
from kernel.clock import TOKYO


def opens_on(offer: Offer, day: dt.date) -> dt.date:
    """受付開始: N months before the day of use, same day of the month; month end where it is missing."""
    return months_before(day, offer.opens_months_before)


def last_day(offer: Offer, day: dt.date) -> dt.date:
    """受付締切: the last day on which the portal receives an application for ``day``."""
    return day - dt.timedelta(days=offer.closes_days_before)


def is_open(offer: Offer, day: dt.date, today: dt.date) -> bool:
    """Whether an application for ``day`` is received on ``today``."""
    return opens_on(offer, day) <= today <= last_day(offer, day)


def check_window(offer: Offer, day: dt.date, now: dt.datetime) -> None:
    """Raise ``BeforeWindowError`` or ``AfterWindowError`` outside the portal's window."""
    today = now.astimezone(TOKYO).date()
    if today < opens_on(offer, day):
        raise BeforeWindowError(field="day", opens_on=opens_on(offer, day))
    if today > last_day(offer, day):
        raise AfterWindowError(field="day")


def check_not_begun(starts_at: dt.datetime, now: dt.datetime) -> None:
    """Raise ``PastError`` when the span has begun."""
    if starts_at <= now:
        raise PastError(field="slots")
