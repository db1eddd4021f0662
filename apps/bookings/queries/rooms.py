"""Reading rooms of the tenant."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Facility, Room
from apps.bookings.rules.listing import Offer


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
