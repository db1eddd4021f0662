"""充当: money that would go back is put to another fee of the same registrant, at both in one transaction."""

from __future__ import annotations

from uuid import UUID

from django.db import models, transaction

from apps.bookings.models import Booking, Payment, PaymentMethod, PayoutMethod
from apps.bookings.queries.ledgers import OWING, with_ledger
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.refund_errors import NotAFeeToOffsetError
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services.acting import booking_for, traces
from apps.bookings.services.fees.receiving import receipt_of
from apps.bookings.services.fees.refunding import check_open, payout_of, refund_under_lock, refusals_told
from shared.actor import Actor
from shared.inserts import insert_together


def offset(*, actor: Actor, refund: UUID, to: UUID, amount: int) -> Payment:
    """Put ``amount`` of a decided refund to the fee of the booking ``to``; it gets its 領収書 as 充当.

    Raises ``UnknownRefundError``, ``TooMuchHandedOutError``, ``NotAFeeToOffsetError`` (another's booking, the same one,
    or one that owes less), ``DayClosedError`` and ``NoOperatorError``.
    """
    with refusals_told(), transaction.atomic():
        _lock_in_order(refund, to)
        found, source = refund_under_lock(refund)
        check_open(found, amount)
        target = _target(source, to)
        owed = standing_of_payment(to).owed
        if amount > owed:
            raise NotAFeeToOffsetError(field="to")
        payment = receipt_of(actor, target, amount, PaymentMethod.OFFSET, remains=owed - amount)
        insert_together(payment, *_traces(actor, target))
        payout = payout_of(actor, found, amount, PayoutMethod.OFFSET)
        payout.payment = payment
        insert_together(payout, *_traces(actor, source))
    return payment


def offsettable(booking: Booking) -> list[Booking]:
    """The other bookings of the same registrant that owe something, with their ledgers; one statement."""
    found = Booking.objects.filter(registrant=booking.registrant_id, state__in=ALLOWED["receive"])
    found = found.exclude(pk=booking.pk).select_related("room__facility")
    return list(with_ledger(found).filter(OWING).order_by("day", "during", "id"))


def _lock_in_order(refund: UUID, to: UUID) -> None:
    """Lock both bookings in the order of their ids, so that two 充当 the other way round wait for one another."""
    both = Booking.objects.filter(refunds=refund) | Booking.objects.filter(pk=to)
    wanted = sorted(both.values_list("pk", flat=True).distinct())
    list(Booking.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def _target(source: Booking, to: UUID) -> Booking:
    fits = Booking.objects.filter(pk=to, registrant=source.registrant_id).exclude(pk=source.pk).exists()
    if not fits:
        raise NotAFeeToOffsetError(field="to")
    return booking_for("receive", booking=to, seen_version=None)


def _traces(actor: Actor, booking: Booking) -> list[models.Model]:
    return traces(actor, booking, "offset", mail="", account=None)
