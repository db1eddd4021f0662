"""Reading rooms of the tenant."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Booking, Occupation, Room
from kernel import clock


def room_with_facility(room: UUID) -> Room:
    """A room and its facility in one statement; ``UnknownRoomError`` if there is none."""
    found = Room.objects.select_related("facility").filter(pk=room).first()
    if found is None:
        raise UnknownRoomError
    return found


def bookings_after(room: UUID, day: dt.date) -> list[Booking]:
    """The bookings of a room after ``day`` that still occupy it; one statement."""
    alive = Occupation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), booking=OuterRef("pk"))
    found = Booking.objects.filter(Exists(alive), room=room, day__gt=day)
    return list(found.order_by("day", "during"))
