"""A citizen's favourite rooms with what is free next of each, in a number of statements that does not grow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.bookings.queries.next_free import next_free
from apps.bookings.queries.offers import offers
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.searching import Stretch
from shared.accounts.models import FavouriteRoom
from shared.occupancy.models import RoomListing

AHEAD: Final = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Favourite:
    """A room that was marked; without an offer where it is offered no more."""

    tenant: str
    room: UUID
    offer: Offer | None
    next: Stretch | None


def favourite_rooms(account: UUID, *, at_most: int | None = None) -> list[Favourite]:
    """The marked rooms in the order of their places, with the next free time of each; three statements."""
    marked = list(FavouriteRoom.objects.filter(account=account).order_by("place")[:at_most])
    listed = RoomListing.objects.filter(room__in=[one.room for one in marked], is_public=True)
    known = {offer.room: offer for offer in offers(listed)} if marked else {}
    free = next_free(list(known.values()), days=AHEAD)
    return [
        Favourite(one.tenant, one.room, known.get(one.room), next(iter(free.get(one.room, [])), None)) for one in marked
    ]


def marked_rooms(account: UUID) -> set[UUID]:
    """The rooms that the account has marked; one statement."""
    return set(FavouriteRoom.objects.filter(account=account).values_list("room", flat=True))
