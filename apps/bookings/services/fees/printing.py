"""Printing the notice of a decision on a reduction: as it was issued, counted, and audited."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.errors import UnknownDocumentError
from apps.bookings.models import Document, DocumentKind
from apps.bookings.services.rendering import document_pdf
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def print_reduction_notice(*, actor: Actor, booking: UUID) -> bytes:
    """減免決定通知書 of the newest decision as PDF, from the second time on marked 再交付. ``UnknownDocumentError``."""
    with transaction.atomic():
        issued = Document.objects.select_for_update(of=("self",)).filter(booking=booking, kind=DocumentKind.REDUCTION)
        document = issued.select_related("booking").order_by("-fiscal_year", "-serial").first()
        if document is None:
            raise UnknownDocumentError
        pdf = document_pdf(document)
        Document.objects.filter(pk=document.pk).update(printed=F("printed") + 1)
        record(
            actor,
            Action.PRINT,
            object_type="booking",
            object_id=booking,
            persons=[document.booking.registrant_id],
            form="reduction",
            reprint=document.printed,
        )
    return pdf
