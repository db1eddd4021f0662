"""Reading the city's orders for public use, and what may be ordered; statements do not grow with facilities."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.bookings.displacement_errors import UnknownDisplacementError
from apps.bookings.queries.offers import offers
from apps.bookings.rules.listing import Offer
from shared.catalogue.models import CatalogueFacility
from shared.occupancy.models import RoomListing
from shared.publicuse.models import Order, Place


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One facility of an order with its name."""

    place: Place
    facility: CatalogueFacility | None
    rooms: tuple[Offer, ...]


def orders() -> QuerySet[Order]:
    """All orders with their places, the newest first; two statements."""
    return Order.objects.prefetch_related(Prefetch("places", Place.objects.order_by("tenant", "facility")))


def order_lines(pk: UUID) -> tuple[Order, list[PlaceLine]]:
    """An order, and each facility with its name and rooms; four statements. ``UnknownDisplacementError``."""
    found = orders().filter(pk=pk).first()
    if found is None:
        raise UnknownDisplacementError
    places = list(found.places.all())
    names = CatalogueFacility.objects.in_bulk([one.facility for one in places])
    ids = [room for one in places for room in one.rooms]
    rooms = {offer.room: offer for offer in offers(RoomListing.objects.filter(room__in=ids))}
    return found, [
        PlaceLine(one, names.get(one.facility), tuple(rooms[room] for room in one.rooms if room in rooms))
        for one in places
    ]


def orderable_facilities(schemas: Collection[str]) -> list[CatalogueFacility]:
    """The facilities of ``schemas`` that have a room; one statement."""
    listed = RoomListing.objects.filter(tenant__in=schemas).values("facility")
    return list(CatalogueFacility.objects.filter(pk__in=listed).order_by("category", "name_kana", "pk"))


def rooms_of(facilities: Collection[UUID], schemas: Collection[str]) -> list[Offer]:
    """The rooms of some facilities, in the order of the house; one statement."""
    rows = RoomListing.objects.filter(facility__in=facilities, tenant__in=schemas)
    return offers(rows.order_by("tenant", "facility", "position", "room"))


def tenants_of(facilities: Collection[UUID]) -> set[str]:
    """The tenants of some facilities; one statement."""
    return set(RoomListing.objects.filter(facility__in=facilities).values_list("tenant", flat=True))
