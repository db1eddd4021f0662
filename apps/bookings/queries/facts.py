"""Figures of bookings and fees for the monthly monitoring. Counts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, BookingState, PastBooking, PastState
from kernel import clock
from shared.facts import Fact, Month

SLOW: Final = dt.timedelta(days=14)
"""An application that has waited so long should have been decided [D]."""


def of_month(_schema: str, month: Month) -> Iterator[Fact]:
    """Applications that wait now, refusals of the month, and past fees that are open; three statements."""
    begin, end = month.span
    waiting = Booking.objects.filter(state=BookingState.UNDER_REVIEW, applied_at__lt=end)
    slow = waiting.filter(applied_at__lt=min(end, clock.now()) - SLOW).count()
    text = _("審査待ちの申請は{value}件です（うち14日を超えたもの{slow}件）。")
    yield Fact("bookings_waiting", waiting.count(), text, bool(slow), {"slow": slow})
    refused = Booking.objects.filter(state=BookingState.REFUSED, decided_at__gte=begin, decided_at__lt=end).count()
    yield Fact("refused_bookings", refused, _("不許可にした申請は{value}件です。理由を抽出して確認してください。"))
    owed = PastBooking.objects.filter(fee__gt=F("paid"), state=PastState.PERMITTED, settled_on=None)
    count = owed.filter(day__lt=month.following).count()
    yield Fact("past_fees_open", count, _("過去の使用料のうち未収のものは{value}件です。"), bool(count))
