"""Reading what was received: of a booking, and of a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet, Sum

from apps.bookings.models import CashDay, FeeSheet, Payment, PaymentMethod, PaymentVoid


class PaymentState(StrEnum):
    """収納の状態 of a booking."""

    FREE = "free"  # 無料
    UNPAID = "unpaid"  # 未収納
    PARTLY = "partly"  # 一部入金
    PAID = "paid"  # 完納
    OVER = "over"  # 超過（還付）


@dataclass(frozen=True, slots=True)
class Standing:
    """What a booking costs and what was received for it, in yen."""

    total: int
    paid: int

    @property
    def owed(self) -> int:
        """What is still to be paid; below zero, what goes back."""
        return self.total - self.paid

    @property
    def state(self) -> PaymentState:
        """無料, 未収納, 一部入金, 完納 or 超過."""
        if self.paid > self.total:
            return PaymentState.OVER
        if self.total == 0:
            return PaymentState.FREE
        if self.paid == 0:
            return PaymentState.UNPAID
        return PaymentState.PAID if self.paid == self.total else PaymentState.PARTLY


@dataclass(frozen=True, slots=True)
class MethodSum:
    """How many receipts of a way of paying on a day, what they came to, and what of it went back."""

    method: PaymentMethod
    count: int
    amount: int
    voided: int

    @property
    def net(self) -> int:
        """What remains."""
        return self.amount - self.voided


@dataclass(frozen=True, slots=True)
class DaySheet:
    """日計表: what came in and went back on a day, by way of paying, and its closing."""

    day: dt.date
    sums: tuple[MethodSum, ...]
    payments: tuple[Payment, ...]
    voids: tuple[PaymentVoid, ...]
    closing: CashDay | None

    @property
    def cash(self) -> int:
        """What the drawer should hold of it."""
        return sum(one.net for one in self.sums if one.method == PaymentMethod.CASH)

    @property
    def total(self) -> int:
        """All of it."""
        return sum(one.net for one in self.sums)


def standing_of_payment(booking: UUID) -> Standing:
    """What a booking costs and what was received; two statements."""
    total = FeeSheet.objects.filter(booking=booking).order_by("-number").values_list("total", flat=True).first()
    paid = Payment.objects.filter(booking=booking, void=None).aggregate(sum=Sum("amount"))["sum"]
    return Standing(total or 0, paid or 0)


def payments_of(booking: UUID) -> QuerySet[Payment]:
    """All receipts of a booking with their voids."""
    return Payment.objects.filter(booking=booking).select_related("void").order_by("fiscal_year", "serial")


def cash_of(day: dt.date) -> int:
    """What came in and went back in cash on a day; two statements."""
    cash = Payment.objects.filter(day=day, method=PaymentMethod.CASH).aggregate(sum=Sum("amount"))["sum"]
    back = PaymentVoid.objects.filter(day=day, payment__method=PaymentMethod.CASH)
    return (cash or 0) - (back.aggregate(sum=Sum("payment__amount"))["sum"] or 0)


def day_sheet(day: dt.date) -> DaySheet:
    """The sheet of a day; three statements."""
    payments = tuple(Payment.objects.filter(day=day).select_related("booking", "void"))
    voids = tuple(PaymentVoid.objects.filter(day=day).select_related("payment__booking").order_by("at"))
    return DaySheet(day, _sums(payments, voids), payments, voids, CashDay.objects.filter(day=day).first())


def _sums(payments: tuple[Payment, ...], voids: tuple[PaymentVoid, ...]) -> tuple[MethodSum, ...]:
    counts = Counter(one.method for one in payments)
    amounts: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for one in payments:
        amounts[one.method] += one.amount
    for gone in voids:
        back[gone.payment.method] += gone.payment.amount
    return tuple(
        MethodSum(method, counts[method], amounts[method], back[method])
        for method in PaymentMethod
        if counts[method] or back[method]
    )
