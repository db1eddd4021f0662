"""What goes on beside a booking in rooms that disturb one another."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from apps.bookings.models import Booking, Occupation, RoomNeighbour
from apps.bookings.rules.neighbours import Beside, Manner, disturbances


def disturbed_by(booking: Booking) -> list[Beside]:
    """The uses in neighbouring rooms that this one disturbs, or that disturb it; two statements, or none."""
    purpose = booking.purpose
    if purpose is None or not (purpose.is_loud or purpose.needs_quiet):
        return []
    pairs = RoomNeighbour.objects.filter(Q(room=booking.room_id) | Q(neighbour=booking.room_id))
    strictness = {
        pair.neighbour_id if pair.room_id == booking.room_id else pair.room_id: pair.strictness for pair in pairs
    }
    alive = Occupation.objects.filter(kind="booking", booking__isnull=False, during__overlap=booking.during)
    rows = Booking.objects.filter(room__in=strictness, pk__in=alive.values("booking"), purpose__isnull=False)
    return disturbances(
        Manner(purpose.is_loud, purpose.needs_quiet),
        [_beside(row, strictness) for row in rows.select_related("room", "purpose").order_by("during")],
    )


def _beside(row: Booking, strictness: Mapping[UUID, str]) -> Beside:
    assert row.purpose is not None  # noqa: S101  # filtered above
    return Beside(
        room=row.room_id,
        room_name=row.room.name,
        starts_at=row.during.lower,
        ends_at=row.during.upper,
        manner=Manner(row.purpose.is_loud, row.purpose.needs_quiet),
        strictness=strictness[row.room_id],
    )
