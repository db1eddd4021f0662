"""Reading what was received: of a booking, and of a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from apps.bookings.models import CashDay, Payment, PaymentMethod, PaymentVoid, PayoutMethod, RefundPayout
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.rules.fees.ledger import Ledger


@dataclass(frozen=True, slots=True)
class MethodSum:
    """How many receipts of a way of paying on a day, what they came to, what was voided and what was refunded."""

    method: PaymentMethod | PayoutMethod
    count: int
    amount: int
    voided: int
    refunded: int = 0
    is_online: bool = False
    """Through a provider: none of it passes the counter."""

    @property
    def net(self) -> int:
        """What remains."""
        return self.amount - self.voided - self.refunded


@dataclass(frozen=True, slots=True)
class DaySheet:
    """日計表: what came in and went back on a day, by way of paying, and its closing."""

    day: dt.date
    sums: tuple[MethodSum, ...]
    payments: tuple[Payment, ...]
    voids: tuple[PaymentVoid, ...]
    payouts: tuple[RefundPayout, ...]
    closing: CashDay | None

    @property
    def at_counter(self) -> tuple[MethodSum, ...]:
        """What passed the counter."""
        return tuple(one for one in self.sums if not one.is_online)

    @property
    def online(self) -> tuple[MethodSum, ...]:
        """What a provider took and gave back; the closing of the day is not about it."""
        return tuple(one for one in self.sums if one.is_online)

    @property
    def cash(self) -> int:
        """What the drawer should hold of it."""
        return sum(one.net for one in self.sums if one.method == PaymentMethod.CASH)

    @property
    def total(self) -> int:
        """All of it."""
        return sum(one.net for one in self.sums)


def standing_of_payment(booking: UUID) -> Ledger:
    """How a booking's money stands; one statement."""
    return ledger_of(booking)


def payments_of(booking: UUID) -> QuerySet[Payment]:
    """All receipts of a booking with their voids."""
    return Payment.objects.filter(booking=booking).select_related("void").order_by("fiscal_year", "serial")


def cash_of(day: dt.date) -> int:
    """What came in and went back in cash on a day; three statements."""
    cash = Payment.objects.filter(day=day, method=PaymentMethod.CASH).aggregate(sum=Sum("amount"))["sum"]
    back = PaymentVoid.objects.filter(day=day, payment__method=PaymentMethod.CASH)
    handed = RefundPayout.objects.filter(day=day, method=PayoutMethod.CASH).aggregate(sum=Sum("amount"))["sum"]
    return (cash or 0) - (back.aggregate(sum=Sum("payment__amount"))["sum"] or 0) - (handed or 0)


def day_sheet(day: dt.date) -> DaySheet:
    """The sheet of a day; four statements."""
    payments = tuple(Payment.objects.filter(day=day).select_related("booking", "void"))
    voids = tuple(PaymentVoid.objects.filter(day=day).select_related("payment__booking").order_by("at"))
    payouts = tuple(RefundPayout.objects.filter(day=day).select_related("refund__booking").order_by("at"))
    closing = CashDay.objects.filter(day=day).first()
    return DaySheet(day, _sums(payments, voids, payouts), payments, voids, payouts, closing)


def _sums(
    payments: tuple[Payment, ...], voids: tuple[PaymentVoid, ...], payouts: tuple[RefundPayout, ...]
) -> tuple[MethodSum, ...]:
    counts = Counter(_way(one) for one in payments)
    amounts: Counter[Way] = Counter()
    back: Counter[Way] = Counter()
    handed: Counter[Way] = Counter()
    for one in payments:
        amounts[_way(one)] += one.amount
    for gone in voids:
        back[_way(gone.payment)] += gone.payment.amount
    for out in payouts:
        handed[out.method, out.method == PayoutMethod.ONLINE] += out.amount
    methods = [*PaymentMethod, *(one for one in PayoutMethod if one.value not in PaymentMethod.values)]
    return tuple(
        MethodSum(method, counts[way], amounts[way], back[way], handed[way], is_online)
        for is_online in (False, True)
        for method in methods
        if counts[way := (method.value, is_online)] or back[way] or handed[way]
    )


Way = tuple[str, bool]
"""A way of paying, and whether it was online."""


def _way(payment: Payment) -> Way:
    return payment.method, payment.online_id is not None
