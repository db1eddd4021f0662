"""Money of the demonstration: past uses are paid; some bookings are given up and refunded, offset, or dunned."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any, Final

from apps.bookings.documents.data import ReceiptSheet
from apps.bookings.documents.stored import as_stored
from apps.bookings.errors import BookingError
from apps.bookings.models import Booking, FeeNotice, Payment, PaymentMethod, PayoutMethod, ReceiptSeries, Refund
from apps.bookings.queries.issuer import issuer_on
from apps.bookings.queries.ledgers import ledger_from
from apps.bookings.queries.refunds import owing
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.states import STANDING
from apps.bookings.services.cancel import call_off, cancel_by_staff
from apps.bookings.services.fees.offsetting import offset, offsettable
from apps.bookings.services.fees.overdue import dun
from apps.bookings.services.fees.refunding import decide_refund, pay_out
from kernel import clock
from kernel.clock import TOKYO
from kernel.wareki import fiscal_year, format_date
from kernel.yen import format_yen, tax_included
from shared.actor import Actor
from shared.staff.models import StaffAccount

LEFT_UNPAID: Final = 3
"""So many uses that are over were never paid."""
TAX: Final = Fraction(1, 10)


def pay_for_the_past() -> None:
    """Receive the fees of the uses that are over, all but the last few, with receipts; at the tenant's desk, once."""
    today = clock.today()
    if Payment.objects.filter(day__lt=today).exists():
        return
    over = owing().filter(day__lt=today, state__in=STANDING).select_related("registrant")
    past = list(over.order_by("day", "number"))
    issuers: dict[Any, Issuer] = {}
    serials: Counter[int] = Counter(dict(ReceiptSeries.objects.values_list("fiscal_year", "last")))
    rows = []
    for booking in past[:-LEFT_UNPAID]:
        facility = booking.room.facility
        if facility.pk not in issuers:
            issuers[facility.pk] = issuer_on(today, facility)
        serials[fiscal_year(booking.day)] += 1
        rows.append(_payment(booking, issuers[facility.pk], serials[fiscal_year(booking.day)]))
    Payment.objects.bulk_create(rows, batch_size=500)
    for year, last in serials.items():
        ReceiptSeries.objects.update_or_create(fiscal_year=year, defaults={"last": last})


def _payment(booking: Any, issuer: Issuer, serial: int) -> Payment:
    amount, day = ledger_from(booking).owed, booking.day
    sheet = ReceiptSheet(
        facility=issuer.full_facility,
        number=f"領収第{fiscal_year(day)}-{serial:05d}号",
        issued_on=day,
        payer=booking.registrant.display_name,
        amount=format_yen(amount),
        purpose=f"{booking.room.name}の{format_date(day)}の{issuer.fee_name}（受付番号{booking.number}）",
        method=str(PaymentMethod.CASH.label),
        rate="10％",
        tax=format_yen(tax_included(amount, TAX)),
        authority=issuer.authority,
    )
    return Payment(
        booking=booking,
        fiscal_year=fiscal_year(day),
        serial=serial,
        day=day,
        received_at=dt.datetime.combine(day, dt.time(9), TOKYO),
        method=PaymentMethod.CASH,
        amount=amount,
        content=as_stored(sheet),
        printed=1,
    )


def give_money_back() -> None:
    """Let some paid bookings be given up and called off, and show each way that their money takes; once."""
    decider = StaffAccount.objects.values_list("pk", flat=True).first()
    if decider is None or Refund.objects.exists() or FeeNotice.objects.exists():
        return
    clerk = Actor(kind="staff", id=decider)
    ahead = Booking.objects.filter(state="permitted", day__gt=clock.today(), payments__isnull=False)
    paid = list(ahead.order_by("-day", "number").values_list("pk", flat=True).distinct()[:4])
    ways: list[Callable[[Any], object]] = [
        partial(_given_up, clerk),
        partial(_refunded, clerk),
        partial(_put_to_another, clerk),
        partial(_called_off, clerk),
    ]
    for booking, way in zip(paid, ways, strict=False):
        _try(partial(way, booking))
    late = owing().filter(due_on__lt=clock.today(), day__gt=clock.today()).values_list("pk", flat=True)[:2]
    if late:
        _try(partial(dun, actor=clerk, bookings=list(late)))


def _given_up(clerk: Actor, booking: Any) -> None:
    cancel_by_staff(actor=clerk, booking=booking, reason="電話による申出")


def _refunded(clerk: Actor, booking: Any) -> None:
    _given_up(clerk, booking)
    refund = decide_refund(actor=clerk, booking=booking)
    pay_out(actor=clerk, refund=refund.pk, amount=refund.amount, method=PayoutMethod.CASH)


def _put_to_another(clerk: Actor, booking: Any) -> None:
    _given_up(clerk, booking)
    refund = decide_refund(actor=clerk, booking=booking)
    for other in offsettable(Booking.objects.get(pk=booking))[:1]:
        amount = min(refund.amount, ledger_from(other).owed)
        offset(actor=clerk, refund=refund.pk, to=other.pk, amount=amount)


def _called_off(clerk: Actor, booking: Any) -> None:
    call_off(actor=clerk, booking=booking, reason="選挙の投票所として使用するため")
    decide_refund(actor=clerk, booking=booking)


def _try(act: Callable[[], object]) -> None:
    """What the rules forbid by now is left out."""
    try:
        act()
    except BookingError:
        return
