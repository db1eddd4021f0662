"""What pages tell of rooms and of their facility, from the shared listing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from apps.bookings.queries.offers import COLUMNS, only
from apps.bookings.rules.listing import Offer, offer_from
from kernel import clock
from shared.occupancy.models import RoomListing


@dataclass(frozen=True, slots=True)
class RoomAbout:
    """A room in words, in the language of the request."""

    description: str
    area: str
    sound: bool
    food: bool
    fire: bool


@dataclass(frozen=True, slots=True)
class HouseAbout:
    """What a facility says of itself today; the hours from Monday on, empty where it is closed."""

    opening: tuple[str, ...]
    desk: tuple[str, ...]
    phone: str
    access: str
    note: str


def offer_and_about(room: UUID, *, schema: str) -> tuple[Offer, RoomAbout]:
    """A room's offer and its words; one statement. ``UnknownRoomError``."""
    row = RoomListing.objects.filter(room=room, tenant=schema).values(*COLUMNS, "about").first()
    told = row.pop("about") if row else {}
    return only([offer_from(**row)] if row else []), _about(told)


def _about(told: Mapping[str, Any]) -> RoomAbout:
    return RoomAbout(
        description=_said(told, "description"),
        area=_area(told.get("area")),
        sound=told.get("sound", True),
        food=told.get("food", True),
        fire=told.get("fire", True),
    )


def house_of(facility: UUID) -> HouseAbout | None:
    """A facility's own words that hold today, None where it has said nothing; one statement."""
    told = RoomListing.objects.filter(facility=facility).values_list("about", flat=True).first() or {}
    today = clock.today().isoformat()
    begun = [one for one in told.get("houses", ()) if one["since"] <= today]
    if not begun:
        return None
    held = begun[-1]
    return HouseAbout(
        tuple(held["opening"]), tuple(held["desk"]), held["phone"], _said(held, "access"), _said(held, "note")
    )


def _said(told: Mapping[str, Any], name: str) -> str:
    english = (get_language() or "").startswith("en")
    return str((english and told.get(f"{name}_en")) or told.get(name, ""))


def _area(value: object) -> str:
    return f"{float(str(value)):g}" if value is not None else ""
