"""Reading offers (what rooms offer) from the shared listing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from apps.bookings.errors import UnknownRoomError
from apps.bookings.models import Facility
from apps.bookings.rules.listing import Offer, offer_from
from apps.bookings.rules.reception import is_public
from kernel import clock
from shared.occupancy.models import RoomListing

COLUMNS: Final = ("room", "tenant", "facility", "position", "is_public", "capacity", "parts", "details")


def offers(rows: QuerySet[RoomListing]) -> list[Offer]:
    """The offers of the listing rows, in the rows' order. One statement."""
    return [offer_from(**row) for row in rows.values(*COLUMNS)]


def offers_of_facility(facility: UUID) -> list[Offer]:
    """The public rooms of a facility."""
    return public_offers(RoomListing.objects.filter(facility=facility))


def public_offers(rows: QuerySet[RoomListing]) -> list[Offer]:
    """Of the listing rows, the rooms that citizens see today. One statement."""
    today = clock.today()
    return [one for one in offers(rows.filter(is_public=True)) if is_public(one, today)]


def offers_of_tenant(schema: str) -> list[Offer]:
    """All rooms of a tenant in the order of the house, for its desk; two statements."""
    place = {facility: number for number, facility in enumerate(Facility.objects.values_list("pk", flat=True))}
    found = offers(RoomListing.objects.filter(tenant=schema))
    return sorted(found, key=lambda offer: (place.get(offer.facility, len(place)), offer.position, offer.name))


def offer_of(room: UUID, *, schema: str) -> Offer:
    """The offer of one room of a tenant; ``UnknownRoomError`` for any other."""
    return only(offers(RoomListing.objects.filter(room=room, tenant=schema)))


def only(found: Iterable[Offer]) -> Offer:
    """The one offer; ``UnknownRoomError`` if there is none."""
    offer = next(iter(found), None)
    if offer is None:
        raise UnknownRoomError
    return offer
