"""領収書 of what a citizen paid online, as a file: the one that the counter would print, counted like it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.documents.data import ReceiptSheet, Reprint
from apps.bookings.documents.render import receipt_pdf
from apps.bookings.documents.stored import from_stored
from apps.bookings.errors import UnknownPaymentError
from apps.bookings.models import Booking, Payment
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def own_receipt(*, actor: Actor, booking: UUID, payment: UUID) -> bytes:
    """The PDF, from the second time on marked 再交付; ``UnknownPaymentError`` for one that was not paid online."""
    with transaction.atomic():
        mine = Payment.objects.only("content", "printed").select_for_update(of=("self",))
        found = mine.filter(pk=payment, booking=booking, void=None, online__isnull=False).first()
        if found is None:
            raise UnknownPaymentError
        sheet = from_stored(ReceiptSheet, found.content)
        pdf = receipt_pdf(sheet, reprint=Reprint(found.printed, clock.today()) if found.printed else None)
        Payment.objects.filter(pk=payment).update(printed=F("printed") + 1)
        persons = [Booking.objects.only("registrant_id").get(pk=booking).registrant_id]
        record(actor, Action.PRINT, object_type="payment", object_id=payment, persons=persons, form="receipt")
    return pdf
