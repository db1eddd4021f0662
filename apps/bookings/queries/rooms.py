"""Reading rooms of the tenant."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Room


def room_with_facility(room: UUID) -> Room:
    """A room and its facility in one statement; ``UnknownRoomError`` if there is none."""
    found = Room.objects.select_related("facility").filter(pk=room).first()
    if found is None:
        raise UnknownRoomError
    return found
