"""Printing the documents of a booking: from what was issued, counted, and audited."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.errors import UnknownDocumentError
from apps.bookings.models import Booking, BookingState, Document, DocumentKind, Reception
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.rules.states import CANCELLED, REFUSED, REVOKED, STANDING
from apps.bookings.services.acting import traces
from apps.bookings.services.issuing import Issued, PapersFor, cancellation_document, permit_document
from apps.bookings.services.papers import papers_on
from apps.bookings.services.rendering import document_pdf
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.inserts import insert_together

PRINTED_WHILE: Final = {
    DocumentKind.PERMIT: STANDING,
    DocumentKind.REFUSAL: frozenset({REFUSED}),
    DocumentKind.REVOCATION: frozenset({REVOKED}),
    DocumentKind.CHANGE: STANDING,
    DocumentKind.GIVEN_UP: frozenset({CANCELLED}),
}


def print_document(*, actor: Actor, booking: UUID, kind: DocumentKind) -> bytes:
    """A document as PDF, as it was issued; from the second time on it says 再交付.

    A permit that was given at once (即時許可) gets its number when it is first printed, and so does the approval of a
    permitted use that was given up; a permit that was given up is not printed any more. Raises
    ``UnknownBookingError``, ``UnknownDocumentError``, and ``NoOperatorError`` for such a first print.
    """
    with transaction.atomic():
        found = desk_booking(booking)
        document = issued_document(actor, found, kind)
        pdf = document_pdf(document)
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


def issued_document(
    actor: Actor, booking: Booking, kind: DocumentKind, *, papers_for: PapersFor = papers_on
) -> Document:
    """The document under lock, issued now if it is due and was not; ``UnknownDocumentError``."""
    if booking.state not in PRINTED_WHILE.get(kind, ()) or booking.registrant.forgotten_on is not None:
        raise UnknownDocumentError
    return _under_lock(booking.pk, kind) or _issued_late(actor, booking.pk, kind, papers_for)


def _under_lock(booking: UUID, kind: DocumentKind) -> Document | None:
    return (
        Document.objects.select_for_update().filter(booking=booking, kind=kind).order_by("issued_on", "serial").last()
    )


def _issued_late(actor: Actor, booking: UUID, kind: DocumentKind, papers_for: PapersFor) -> Document:
    """What nobody has printed yet; of two prints at a time the second finds what the first issued."""
    state = {DocumentKind.PERMIT: BookingState.PERMITTED, DocumentKind.GIVEN_UP: BookingState.CANCELLED}.get(kind)
    whole = Booking.objects.select_related("registrant", "room__facility", "purpose").select_for_update(of=("self",))
    held = whole.filter(pk=booking, state=state).first() if state else None
    if held is None:
        raise UnknownDocumentError
    known = _under_lock(booking, kind)
    if known is not None:
        return known
    issued = permit_document(held, papers_for=papers_for) if kind is DocumentKind.PERMIT else _given_up(held)
    insert_together(*issued.rows, *traces(actor, held, "issue", mail="", account=None))
    return issued.document


def _given_up(booking: Booking) -> Issued:
    """The approval of what was given up, where it had been permitted: the others need none."""
    permits = Document.objects.filter(booking=booking, kind=DocumentKind.PERMIT)
    number = permits.values_list("content__number", "content__permit__number").first()
    if number is None and not _was_permitted_at_once(booking):
        raise UnknownDocumentError
    return cancellation_document(booking, next((one for one in number or () if one), ""))


def _was_permitted_at_once(booking: Booking) -> bool:
    """Whether a room that permits at once had permitted it, and nobody printed the permit."""
    return booking.room.reception == Reception.IMMEDIATE and booking.applied_at is not None
