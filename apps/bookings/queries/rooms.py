"""Reading rooms of the tenant."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Booking, Facility, Occupation, Room
from apps.bookings.rules.listing import Offer
from kernel import clock


def room_of(offer: Offer) -> Room:
    """The room of an offer that was read, with its facility, as far as a mail names them; no statement."""
    names = ("id", "facility_id", "name", "name_en")
    room = Room.from_db("default", names, (offer.room, offer.facility, offer.name, offer.name_en))
    place = (offer.facility, offer.facility_name, offer.facility_name_en)
    room.facility = Facility.from_db("default", ("id", "name", "name_en"), place)
    return room


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
