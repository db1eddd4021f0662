"""Reading refunds: of a booking, those that are open, and the accounts of a period (調定額・収納額・未納額)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from apps.bookings.models import Booking, FeeNotice, PayoutMethod, Refund, RefundPayout
from apps.bookings.queries.ledgers import GOES_BACK, OWING, ledger_from, with_ledger
from apps.bookings.refund_errors import UnknownRefundError
from apps.bookings.rules.fees.ledger import Ledger

REVERSIBLE = frozenset({PayoutMethod.CASH, PayoutMethod.TRANSFER})
"""Ways that a person enters: a provider's, and a 充当 with its receipt, are taken back at their other end."""


@dataclass(frozen=True, slots=True)
class RefundFile:
    """A decision with what of it was handed out."""

    refund: Refund
    payouts: tuple[RefundPayout, ...]

    @property
    def open(self) -> int:
        """What was not handed out; nothing of one that was withdrawn."""
        if self.refund.void_at is not None:
            return 0
        return self.refund.amount - self.handed

    @property
    def handed(self) -> int:
        """What was handed out, without what was taken back."""
        return sum(one.amount for one in self.payouts)

    @property
    def mistakable(self) -> tuple[RefundPayout, ...]:
        """The payouts that may be taken back as entered by mistake."""
        gone = {one.reverses_id for one in self.payouts}
        return tuple(one for one in self.payouts if one.method in REVERSIBLE and one.amount > 0 and one.pk not in gone)


def refunds_of(booking: UUID) -> list[RefundFile]:
    """All decisions about a booking's money, the oldest first; two statements."""
    refunds = Refund.objects.filter(booking=booking).defer("content").order_by("fiscal_year", "serial")
    return _files(refunds)


def refund_file(refund: UUID) -> RefundFile:
    """One decision; two statements. ``UnknownRefundError``."""
    found = _files(Refund.objects.filter(pk=refund).defer("content"))
    if not found:
        raise UnknownRefundError
    return found[0]


def payout_to_reverse(payout: UUID) -> RefundPayout:
    """A payout with its refund and booking, if it may be taken back; ``UnknownRefundError``."""
    found = RefundPayout.objects.select_related("refund__booking").filter(pk=payout, method__in=REVERSIBLE)
    one = found.filter(amount__gt=0, reversal=None).first()
    if one is None:
        raise UnknownRefundError
    return one


def _files(refunds: QuerySet[Refund]) -> list[RefundFile]:
    rows = list(refunds)
    payouts = RefundPayout.objects.filter(refund__in=[one.pk for one in rows]).select_related("payment__booking")
    outs = list(payouts.order_by("at", "id"))
    return [RefundFile(one, tuple(out for out in outs if out.refund_id == one.pk)) for one in rows]


def notices_of(booking: UUID) -> list[FeeNotice]:
    """Letters about a booking's fees; one statement."""
    return list(FeeNotice.objects.filter(sheet__booking=booking).order_by("at", "id"))


def going_back() -> QuerySet[Any]:
    """Bookings whose money goes back: not decided on, or not handed out; with their ledgers, the oldest first."""
    return _listed().filter(GOES_BACK).order_by("ended_at", "day", "id")


def owing() -> QuerySet[Any]:
    """Bookings that owe something, with their ledgers: what is due first stands first."""
    return _listed().filter(OWING).order_by(F("due_on").asc(nulls_last=True), "day", "id")


def accounts(first: dt.date, last: dt.date, facility: UUID | None = None) -> QuerySet[Any]:
    """The bookings of the days of use from ``first`` to ``last`` that cost something or for which something came in."""
    found = _listed().filter(Q(fee_total__gt=0) | Q(received__gt=0), day__range=(first, last))
    if facility is not None:
        found = found.filter(room__facility=facility)
    return found.order_by("day", "during", "id")


def _listed() -> QuerySet[Any]:
    found = Booking.objects.exclude(state="hold").select_related("room__facility")
    return with_ledger(found)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the ledgers of several bookings come to: 調定額, 収納額, 還付額, 未納額, 還付未済額."""

    count: int
    charged: int
    received: int
    returned: int
    owed: int
    open: int


def sums_of(ledgers: list[Ledger]) -> Sums:
    """The sums."""
    return Sums(
        len(ledgers),
        sum(one.charged for one in ledgers),
        sum(one.received for one in ledgers),
        sum(one.out for one in ledgers),
        sum(max(0, one.owed) for one in ledgers),
        sum(one.due + one.open for one in ledgers),
    )


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the accounts: a booking and how its money stands."""

    booking: Any
    ledger: Ledger

    @property
    def back(self) -> int:
        """What goes back and was not handed out, decided on or not, in yen."""
        return self.ledger.due + self.ledger.open


def lines_of(bookings: Any) -> list[Account]:
    """The lines of bookings of ``with_ledger``; no statement more than reading them."""
    return [Account(one, ledger_from(one)) for one in bookings]
