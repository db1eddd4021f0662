"""Staff note something about a booking (職員備考)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import NoteMissingError, TooLongError, UnknownBookingError
from apps.bookings.models import Booking, StaffNote
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together

LIMIT: Final = 1000
"""Characters of a note."""


def add_note(*, actor: Actor, booking: UUID, text: str) -> None:
    """Add a note; notes are never changed. ``UnknownBookingError``, ``NoteMissingError`` or ``TooLongError``."""
    if actor.id is None:
        raise ValueError("a note has an author")
    cleaned = text.strip()
    if not cleaned:
        raise NoteMissingError(field="text")
    if len(cleaned) > LIMIT:
        raise TooLongError(field="text", limit=LIMIT)
    with transaction.atomic():
        holder = Booking.objects.filter(pk=booking).values_list("registrant", flat=True).first()
        if holder is None:
            raise UnknownBookingError
        insert_together(
            StaffNote(booking_id=booking, at=clock.now(), author=actor.id, text=cleaned),
            entry(actor, Action.CREATE, object_type="note", object_id=booking, persons=[holder]),
        )
