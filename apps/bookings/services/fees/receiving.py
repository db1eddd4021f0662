"""Receiving money at the counter (収納), voiding a receipt, and closing the day (日計)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from apps.bookings.documents.data import Check, ReceiptSheet, Reprint
from apps.bookings.documents.render import receipt_pdf
from apps.bookings.documents.stored import as_stored, from_stored
from apps.bookings.errors import (
    BookingError,
    CashDayError,
    ClosedRegistrationError,
    DayClosedError,
    DifferenceUnexplainedError,
    NothingOwedError,
    TooMuchReceivedError,
    UnknownPaymentError,
)
from apps.bookings.models import (
    Booking,
    CashDay,
    FeeTableKind,
    OnlineSession,
    Payment,
    PaymentMethod,
    PaymentVoid,
)
from apps.bookings.online_errors import PaidOnlineError
from apps.bookings.queries.fees import fee_of, table_on
from apps.bookings.queries.payments import cash_of, standing_of_payment
from apps.bookings.refund_errors import RefundDecidedError
from apps.bookings.rules.fees.tables import Terms
from apps.bookings.rules.fees.wording import decimal
from apps.bookings.rules.states import check_reason
from apps.bookings.services.acting import OWING_GUARD, booking_for
from apps.bookings.services.fees.asking import reduction_traces
from apps.bookings.services.marks import marked
from apps.bookings.services.papers import Papers, papers_on
from kernel import clock
from kernel.wareki import fiscal_year
from kernel.yen import format_yen, tax_included
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together

NEXT_RECEIPT: Final = """
INSERT INTO bookings_receiptseries (fiscal_year, last) VALUES (%s, 1)
ON CONFLICT (fiscal_year) DO UPDATE SET last = bookings_receiptseries.last + 1 RETURNING last
"""
REFUSALS: Final[dict[str, type[BookingError]]] = {
    "no_more_is_received_than_is_owed": TooMuchReceivedError,
    "no more is received than is owed": TooMuchReceivedError,
    "a closed day receives nothing": DayClosedError,
    "the day is what was received": CashDayError,
    "bookings_cashday_pkey": CashDayError,
    "bookings_paymentvoid_pkey": UnknownPaymentError,
    "an offset is not voided": RefundDecidedError,
    "no more goes back than came in": RefundDecidedError,
    OWING_GUARD: ClosedRegistrationError,
}
"""How the database refuses -> what is told."""


def receive(*, actor: Actor, booking: UUID, amount: int, method: PaymentMethod) -> Payment:
    """Receive all of what is owed, or a part, and issue the 領収書 under the next number.

    Raises ``NothingOwedError``, ``TooMuchReceivedError``, ``DayClosedError``, ``NoOperatorError`` and the errors of
    ``booking_for``.
    """
    try:
        with transaction.atomic():
            found = booking_for("receive", booking=booking, seen_version=None)
            standing = standing_of_payment(booking)
            if standing.owed <= 0:
                raise NothingOwedError
            if not 0 < amount <= standing.owed:
                raise TooMuchReceivedError(field="amount")
            payment = receipt_of(actor, found, amount, method, remains=standing.owed - amount)
            insert_together(payment, *reduction_traces(actor, found, "pay"))
            return payment
    except IntegrityError as error:
        raise told(error) from None


def void(*, actor: Actor, payment: UUID, reason: str) -> Payment:
    """Void a payment on the day that the money goes back, with a reason; its receipt's number stays.

    Raises ``UnknownPaymentError`` (also for one that is void), ``ReasonMissingError``, ``DayClosedError``, and
    ``RefundDecidedError`` when somebody decided to give that money back, or it is a 充当, ``PaidOnlineError`` for what
    goes back through the provider only, ``ClosedRegistrationError``.
    """
    cleaned = check_reason(reason)
    try:
        with transaction.atomic():
            found = Payment.objects.select_related("booking").filter(pk=payment, void=None).first()
            if found is None:
                raise UnknownPaymentError
            if found.online_id is not None:
                raise PaidOnlineError
            row = PaymentVoid(payment=found, day=clock.today(), at=clock.now(), by=actor.id, reason=cleaned)
            insert_together(row, *reduction_traces(actor, found.booking, "pay_void", reason=cleaned))
            return found
    except IntegrityError as error:
        raise told(error) from None


def close_day(*, actor: Actor, day: dt.date, counted: int, reason: str = "") -> CashDay:
    """Close a day with what was counted in the drawer; nothing is received on it afterwards.

    Raises ``DifferenceUnexplainedError`` when that is not what was received in cash and no reason is given, and
    ``CashDayError`` for a day that is closed already, lies ahead, or changed while it was counted.
    """
    if day > clock.today():
        raise CashDayError(field="counted")
    try:
        with transaction.atomic():
            expected = cash_of(day)
            if expected != counted and not reason.strip():
                raise DifferenceUnexplainedError(field="reason", difference=f"{counted - expected:,}")
            row = CashDay(
                day=day,
                expected=expected,
                counted=counted,
                reason=reason.strip(),
                closed_at=clock.now(),
                closed_by=actor.id,
            )
            insert_together(row, entry(actor, Action.CREATE, object_type="cash_day", object_id=day))
            return row
    except IntegrityError as error:
        raise told(error) from None


def print_receipt(*, actor: Actor, payment: UUID) -> bytes:
    """領収書 as it was issued, from the second time on marked 再交付. ``UnknownPaymentError`` for a void one."""
    with transaction.atomic():
        found = Payment.objects.select_for_update(of=("self",)).filter(pk=payment, void=None).first()
        if found is None:
            raise UnknownPaymentError
        sheet = from_stored(ReceiptSheet, found.content)
        pdf = receipt_pdf(sheet, reprint=Reprint(found.printed, clock.today()) if found.printed else None)
        Payment.objects.filter(pk=payment).update(printed=F("printed") + 1)
        booking = Booking.objects.only("registrant_id").get(pk=found.booking_id)
        persons = [booking.registrant_id]
        record(actor, Action.PRINT, object_type="payment", object_id=payment, persons=persons, form="receipt")
    return pdf


def receipt_of(
    actor: Actor,
    booking: Booking,
    amount: int,
    method: PaymentMethod,
    *,
    remains: int,
    day: dt.date | None = None,
    online: OnlineSession | None = None,
) -> Payment:
    """The unsaved payment with its 領収書 under the next number; ``remains`` is what is owed after it.

    ``day`` is the day on which it was paid, today unless told; ``online`` the session by which it was.
    """
    day = day or clock.today()
    year = fiscal_year(day)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_RECEIPT, [year])
        serial: int = cursor.fetchone()[0]
    papers = papers_on(day, booking.room.facility)
    number = f"領収第{year}-{serial:05d}号"
    mark, check = marked(papers, "receipt", number)
    sheet = _receipt(booking, amount, method, papers, number=number, remains=remains, check=check)
    payment = Payment(
        booking=booking,
        fiscal_year=year,
        serial=serial,
        day=day,
        received_at=clock.now(),
        received_by=actor.id,
        method=method,
        amount=amount,
        content=as_stored(sheet),
        online=online,
    )
    mark.payment = payment
    insert_together(mark)  # its foreign key is looked at when the transaction ends
    return payment


def _receipt(
    booking: Booking,
    amount: int,
    method: PaymentMethod,
    papers: Papers,
    *,
    number: str,
    remains: int,
    check: Check,
) -> ReceiptSheet:
    fee = fee_of(booking.pk)
    rate = Fraction(fee.sheet.tax_rate) if fee else Fraction(0)
    terms = table_on(booking.room.facility_id, FeeTableKind.TERMS, booking.day)
    part = "（一部）" if remains else ""
    used = f"{booking.room.name}の{papers.day(booking.day)}の{papers.issuer.fee_name}{part}"
    purpose = f"{used}（受付番号{booking.number}）"
    return ReceiptSheet(
        facility=papers.issuer.full_facility,
        number=number,
        issued_on=papers.on,
        payer=booking.registrant.display_name,
        amount=format_yen(amount),
        purpose=purpose,
        method=str(method.label),
        rate=f"{decimal(rate * 100)}％" if rate else "",
        tax=format_yen(tax_included(amount, rate)) if rate else "",
        authority=papers.issuer.authority,
        invoice_number=terms.invoice_number if isinstance(terms, Terms) else "",
        words=papers.words("receipt", 但し書=purpose),
        check=check,
    )


def told(error: IntegrityError) -> Exception:
    """The domain's word for what the database refused; anything else stays what it is."""
    found = next((kind for name, kind in REFUSALS.items() if name in str(error)), None)
    return error if found is None else found()
