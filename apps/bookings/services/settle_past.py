"""The desk notes that the fee of a use of before is not owed any more (収納済み・免除などの確認)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.bookings.errors import UnknownBookingError
from apps.bookings.models import PastBooking
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def settle_past(*, actor: Actor, use: UUID) -> PastBooking:
    """Note it with day and person; a second time changes nothing. ``UnknownBookingError``."""
    with transaction.atomic():
        found = PastBooking.objects.select_for_update().filter(pk=use).first()
        if found is None:
            raise UnknownBookingError
        if found.owed:
            found.settled_on, found.settled_by = clock.today(), actor.id
            found.save(update_fields=["settled_on", "settled_by"])
            record(
                actor,
                Action.CHANGE,
                object_type="past_booking",
                object_id=use,
                persons=[found.registrant_id],
                act="settle",
            )
    return found
