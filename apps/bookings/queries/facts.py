"""Figures of bookings and fees for the monthly monitoring. Counts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import (
    Booking,
    BookingState,
    FeeLine,
    PastBooking,
    PastState,
    ReductionRequest,
    ReductionState,
    Refund,
    RefundPayout,
)
from apps.bookings.rules.fees.lines import Step
from kernel import clock
from shared.facts import Fact, Month

SLOW: Final = dt.timedelta(days=14)
"""An application that has waited so long should have been decided [D]."""


def of_month(_schema: str, month: Month) -> Iterator[Fact]:
    """Applications that wait now, refusals, reductions and refunds of the month, and past fees that are open."""
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
    yield from _of_money(month)


def _of_money(month: Month) -> Iterator[Fact]:
    """件数 and 減免額 of the reductions granted in the month, 件数 and 還付額 of the refunds; four statements."""
    begin, end = month.span
    granted = ReductionRequest.objects.filter(state=ReductionState.GRANTED, decided_at__gte=begin, decided_at__lt=end)
    taken = FeeLine.objects.filter(sheet__in=granted.values("sheet"), step=Step.REDUCTION)
    amount = -(taken.aggregate(sum=Sum("amount"))["sum"] or 0)
    text = _("承認した減免は{value}件、減免額は{amount}円です。理由と証明書類の確認を抽出して確かめてください。")
    yield Fact("reductions_granted", granted.count(), text, False, {"amount": f"{amount:,}"})
    span = (month.first, month.following - dt.timedelta(days=1))
    decided = Refund.objects.filter(day__range=span, void_at=None)
    handed = RefundPayout.objects.filter(day__range=span).aggregate(sum=Sum("amount"))["sum"] or 0
    special = decided.exclude(reason="").count()
    text = _("決定した還付は{value}件（うち定めと違う率{special}件）、支払と充当は{amount}円です。")
    yield Fact("refunds_decided", decided.count(), text, bool(special), {"amount": f"{handed:,}", "special": special})
