"""The bookings that a public use hits are looked for, and other places proposed; again as often as one likes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.bookings.models import Booking, Displacement, DisplacementHit, DisplacementState
from apps.bookings.queries.displacement import Found, found_by, spans_of
from apps.bookings.rules.displacing import proposal_json
from apps.bookings.services.displacement.acting import change, displacement_for, tell_city, trace
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.audit.models import Action
from shared.inserts import insert_together
from shared.publicuse.models import PlaceState

LOOKING = (DisplacementState.DRAFTED, DisplacementState.FOUND)
FRESH = ("choice", "target_room", "target_day", "target_slots", "consent", "consent_at", "consent_by")


@transaction.atomic
def find_hits(*, actor: Actor, displacement: UUID) -> Displacement:
    """Look for the bookings that are hit. What was chosen for a booking that has not changed stays chosen.

    Eleven statements, however many are hit. ``UnknownDisplacementError``, ``DisplacementStateError``.
    """
    found = displacement_for(displacement, LOOKING)
    rooms = list(found.rooms.values_list("pk", flat=True))
    seen = found_by(rooms, spans_of(found))
    _keep(found, seen)
    change(found, state=DisplacementState.FOUND, found_at=clock.now())
    people = sum(one.headcount or 0 for one in seen.bookings)
    tell_city(found, states=[PlaceState.RECEIVED], hits=len(seen.bookings), people=people)
    insert_together(
        trace(
            actor,
            found,
            "find",
            Action.SEARCH,
            hits=len(seen.bookings),
            holds=len(seen.holds),
            persons=[one.registrant_id for one in seen.bookings],
        )
    )
    return found


def as_it_was(booking: Booking) -> dict[str, Any]:
    """A booking as it stands before: no name, and nothing that the applicant wrote."""
    starts, ends = (one.astimezone(TOKYO) for one in (booking.during.lower, booking.during.upper))
    return {
        "room": booking.room.name,
        "room_en": booking.room.name_en,
        "day": booking.day.isoformat(),
        "starts": starts.isoformat(),
        "ends": ends.isoformat(),
        "labels": list(booking.slot_labels),
        "state": booking.state,
        "headcount": booking.headcount,
    }


def _keep(found: Displacement, seen: Found) -> None:
    """The hits as they are now, in place of those of before."""
    known = {row.booking_id: row for row in DisplacementHit.objects.filter(displacement=found)}
    hit = {one.pk for one in seen.bookings}
    DisplacementHit.objects.filter(displacement=found).exclude(booking__in=hit).delete()
    new, same, changed = [], [], []
    for booking in seen.bookings:
        row = known.get(booking.pk)
        if row is None:
            new.append(_filled(DisplacementHit(displacement=found, booking=booking), booking, seen))
        elif row.seen_version == booking.version:
            same.append(_filled(row, booking, seen))
        else:
            changed.append(_unchosen(_filled(row, booking, seen)))
    fields = ["proposals", "paid"]
    DisplacementHit.objects.bulk_update(same, fields)
    DisplacementHit.objects.bulk_create(new)
    DisplacementHit.objects.bulk_update(changed, [*fields, "seen_version", "was", *FRESH])


def _filled(row: DisplacementHit, booking: Booking, seen: Found) -> DisplacementHit:
    row.proposals = [proposal_json(one) for one in seen.proposals[booking.pk]]
    row.paid = booking.paid  # type: ignore[attr-defined]  # annotated by hit_by
    row.was, row.seen_version = as_it_was(booking), booking.version
    return row


def _unchosen(row: DisplacementHit) -> DisplacementHit:
    row.choice, row.target_room_id, row.target_day, row.target_slots = "", None, None, []
    row.consent, row.consent_at, row.consent_by = "", None, None
    return row
