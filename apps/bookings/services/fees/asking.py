"""Asking for a reduction (減免申請): with the application, or later at the counter."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, models, transaction

from apps.bookings.errors import NoPriceError, ReductionAskedError
from apps.bookings.models import Booking, BookingAct, ReductionRequest
from apps.bookings.queries.fees import tables_on
from apps.bookings.rules.fees.compute import granted_reduction
from apps.bookings.rules.fees.tables import Reduction
from apps.bookings.services.acting import booking_for
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def reduction_asked(actor: Actor, booking: Booking, ground: Reduction) -> list[models.Model]:
    """The rows of a reduction that is asked for, unsaved: itself, the act and the audit entry."""
    asked = ReductionRequest(
        booking_id=booking.pk,
        ground=ground.code,
        ground_label=ground.label[:100],
        article=ground.article[:100],
        asked_at=clock.now(),
    )
    return [asked, *reduction_traces(actor, booking, "reduction_ask")]


def reduction_traces(actor: Actor, booking: Booking, act: str, *, reason: str = "") -> list[models.Model]:
    """The act and the audit entry of what was done about a booking's fee, unsaved."""
    return [
        BookingAct(
            booking_id=booking.pk, at=clock.now(), act=act, actor_kind=actor.kind, actor_id=actor.id, reason=reason
        ),
        entry(
            actor,
            Action.CHANGE,
            object_type="booking",
            object_id=booking.pk,
            persons=[booking.registrant_id],
            act=act,
        ),
    ]


def ask_for_reduction(*, actor: Actor, booking: UUID, ground: str) -> None:
    """A clerk takes in an application for a reduction.

    Raises the errors of ``booking_for``, ``UnknownReductionError``, ``NoPriceError`` where no tables hold, and
    ``ReductionAskedError`` while one is asked for or granted.
    """
    try:
        with transaction.atomic():
            found = booking_for("charge", booking=booking, seen_version=None)
            in_force = tables_on(found.room.facility_id, found.room_id, found.day)
            known = granted_reduction(in_force.tables, ground) if in_force else None
            if known is None:
                raise NoPriceError(field="ground")
            insert_together(*reduction_asked(actor, found, known))
    except IntegrityError as error:
        if "one_reduction_a_booking" not in str(error):
            raise
        raise ReductionAskedError(field="ground") from None
