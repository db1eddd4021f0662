"""Printing 還付請求書 as it was made with the decision: counted and audited."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.documents.data import Reprint
from apps.bookings.documents.money import RefundSheet
from apps.bookings.documents.render import refund_pdf
from apps.bookings.documents.stored import from_stored
from apps.bookings.models import Refund
from apps.bookings.refund_errors import UnknownRefundError
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def print_claim(*, actor: Actor, refund: UUID) -> bytes:
    """還付請求書 as PDF, from the second time on marked 再交付. ``UnknownRefundError``, also for one withdrawn."""
    with transaction.atomic():
        locked = Refund.objects.select_for_update(of=("self",)).select_related("booking__registrant")
        found = locked.filter(pk=refund, void_at=None, amount__gt=0).first()
        if found is None or not found.content or found.booking.registrant.forgotten_on is not None:
            raise UnknownRefundError
        reprint = Reprint(found.printed, clock.today()) if found.printed else None
        pdf = refund_pdf(from_stored(RefundSheet, found.content), reprint=reprint)
        Refund.objects.filter(pk=refund).update(printed=F("printed") + 1)
        persons = [found.booking.registrant_id]
        record(actor, Action.PRINT, object_type="refund", object_id=refund, persons=persons, form="refund_claim")
    return pdf
