"""Printing the official forms of a booking: from what was issued, counted, and audited."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.documents.data import NoticeSheet, PermitSheet, RefusalSheet, Reprint
from apps.bookings.documents.render import application_pdf, notice_pdf, permit_pdf, refusal_pdf
from apps.bookings.documents.stored import from_stored
from apps.bookings.errors import UnknownDocumentError
from apps.bookings.models import Booking, BookingState, Document, DocumentKind
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.fees import fee_of, reduction_of
from apps.bookings.queries.issuer import issuer_on
from apps.bookings.rules.states import REFUSED, REVOKED, STANDING
from apps.bookings.services.acting import traces
from apps.bookings.services.fees.sheets import asked_reduction, printed_fee
from apps.bookings.services.issuing import permit_document
from apps.bookings.services.sheets import application_sheet, applied_on
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.inserts import insert_together

PRINTED_WHILE: Final = {
    DocumentKind.PERMIT: STANDING,
    DocumentKind.REFUSAL: frozenset({REFUSED}),
    DocumentKind.REVOCATION: frozenset({REVOKED}),
    DocumentKind.CHANGE: STANDING,
}


def print_application(*, actor: Actor, booking: UUID) -> bytes:
    """使用許可申請書 as PDF, addressed to who was in charge on the day of the application.

    Raises ``UnknownBookingError``, ``NoOperatorError``, and ``UnknownDocumentError`` before there is an application.
    """
    found = desk_booking(booking)
    if found.applied_at is None or found.purpose is None or found.registrant.forgotten_on is not None:
        raise UnknownDocumentError
    issuer = issuer_on(applied_on(found), found.room.facility)
    fee, reduction = printed_fee(fee_of(booking), issuer.fee_name), asked_reduction(reduction_of(booking))
    sheet = application_sheet(found, issuer, fee=fee, reduction=reduction)
    record(
        actor, Action.PRINT, object_type="booking", object_id=booking, persons=[found.registrant_id], form="application"
    )
    return application_pdf(sheet)


def print_document(*, actor: Actor, booking: UUID, kind: DocumentKind) -> bytes:
    """使用許可書 or 使用不許可通知書 as PDF, as it was issued; from the second time on it says 再交付.

    A permit that was given at once (即時許可) gets its number when it is first printed; one that was given up is
    not printed any more. Raises ``UnknownBookingError``, ``UnknownDocumentError``, and ``NoOperatorError`` for such
    a first print.
    """
    with transaction.atomic():
        found = desk_booking(booking)
        if found.state not in PRINTED_WHILE.get(kind, ()) or found.registrant.forgotten_on is not None:
            raise UnknownDocumentError
        document = _under_lock(booking, kind) or _issued_late(actor, booking, kind)
        pdf = _pdf(document)
        Document.objects.filter(pk=document.pk).update(printed=F("printed") + 1)
        record(
            actor,
            Action.PRINT,
            object_type="booking",
            object_id=booking,
            persons=[found.registrant_id],
            form=kind.value,
            reprint=document.printed,
        )
    return pdf


def _under_lock(booking: UUID, kind: DocumentKind) -> Document | None:
    return (
        Document.objects.select_for_update().filter(booking=booking, kind=kind).order_by("issued_on", "serial").last()
    )


def _issued_late(actor: Actor, booking: UUID, kind: DocumentKind) -> Document:
    """The permit that nobody has printed yet; of two prints at a time the second finds what the first issued."""
    permitted = Booking.objects.select_for_update().filter(pk=booking, state=BookingState.PERMITTED).first()
    if permitted is None or kind is not DocumentKind.PERMIT:
        raise UnknownDocumentError
    known = _under_lock(booking, kind)
    if known is not None:
        return known
    document = permit_document(permitted)
    insert_together(document, *traces(actor, permitted, "issue", mail="", account=None))
    return document


def _pdf(document: Document) -> bytes:
    reprint = Reprint(document.printed, clock.today()) if document.printed else None
    if document.kind == DocumentKind.PERMIT:
        return permit_pdf(replace(from_stored(PermitSheet, document.content), reprint=reprint))
    if document.kind in {DocumentKind.REVOCATION, DocumentKind.CHANGE}:
        return notice_pdf(replace(from_stored(NoticeSheet, document.content), reprint=reprint))
    return refusal_pdf(replace(from_stored(RefusalSheet, document.content), reprint=reprint))
