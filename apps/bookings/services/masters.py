"""Rooms, purposes and neighbours as the facility's manager changes them (室場・利用目的・隣接)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import SettingExistsError, SpanUpsideDownError, UnknownRoomError, UnknownSettingError
from apps.bookings.models import Part, Purpose, PurposeGroup, Room, RoomNeighbour, RoomPart, RoomPurpose
from apps.bookings.services.calendar_lock import take_calendar
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """What may be changed of a room without touching its parts."""

    capacity: int
    hold_minutes: int
    is_public: bool
    allows_sound: bool
    allows_food: bool
    allows_fire: bool
    valid_from: dt.date | None
    valid_until: dt.date | None


@dataclass(frozen=True, slots=True)
class PurposeSettings:
    """A purpose in its group, and how it sounds."""

    code: str
    name: str
    name_en: str
    group: str
    group_name: str
    is_loud: bool = False
    needs_quiet: bool = False
    has_food: bool = False
    uses_fire: bool = False


@transaction.atomic
def change_room(*, actor: Actor, room: UUID, settings: RoomSettings) -> None:
    """Change a room; purposes that it allows no more are not offered. ``UnknownRoomError``, ``SpanUpsideDownError``."""
    first, last = settings.valid_from, settings.valid_until
    if first is not None and last is not None and last < first:
        raise SpanUpsideDownError(field="valid_until")
    take_calendar()
    if not Room.objects.filter(pk=room).update(**asdict(settings)):
        raise UnknownRoomError
    changed = {name: str(value) for name, value in asdict(settings).items()}
    record(actor, Action.CHANGE, object_type="room", object_id=room, settings=changed)


@transaction.atomic
def combine_rooms(*, actor: Actor, name: str, capacity: int, rooms: Collection[UUID]) -> Room:
    """A combination (組合せ) of rooms of one facility: it occupies all their parts, and they block one another.

    It allows the purposes that all of them allow. ``UnknownRoomError``; ``SettingExistsError`` for a name or a set of
    parts that there is.
    """
    take_calendar()
    found = list(Room.objects.filter(pk__in=rooms).select_related("facility"))
    facilities = {one.facility_id for one in found}
    if len(found) < 2 or len(facilities) != 1:
        raise UnknownRoomError(field="rooms")
    parts = set(Part.objects.filter(rooms__in=found))
    known = Room.objects.filter(facility=found[0].facility_id).prefetch_related("parts")
    if any(one.name == name or set(one.parts.all()) == parts for one in known):
        raise SettingExistsError(field="name")
    room = Room.objects.create(
        facility_id=found[0].facility_id, name=name, capacity=capacity, reception=found[0].reception, is_public=False
    )
    RoomPart.objects.bulk_create(RoomPart(room=room, part=part) for part in parts)
    allowed = set.intersection(*(set(one.purposes.values_list("pk", flat=True)) for one in found))
    RoomPurpose.objects.bulk_create(RoomPurpose(room=room, purpose_id=code) for code in sorted(allowed))
    record(actor, Action.CREATE, object_type="room", object_id=room.pk, parts=len(parts))
    return room


@transaction.atomic
def set_purpose(*, actor: Actor, settings: PurposeSettings, rooms: Collection[UUID]) -> None:
    """Enter or change a purpose, its group, and the rooms that allow it."""
    take_calendar()
    group, _made = PurposeGroup.objects.update_or_create(code=settings.group, defaults={"name": settings.group_name})
    flags = {name: getattr(settings, name) for name in ("is_loud", "needs_quiet", "has_food", "uses_fire")}
    names = {"name": settings.name, "name_en": settings.name_en, "group": group}
    purpose, _made = Purpose.objects.update_or_create(code=settings.code, defaults=names | flags)
    RoomPurpose.objects.filter(purpose=purpose).exclude(room__in=rooms).delete()
    RoomPurpose.objects.bulk_create(
        [RoomPurpose(room_id=room, purpose=purpose) for room in rooms], ignore_conflicts=True
    )
    record(actor, Action.CHANGE, object_type="purpose", object_id=settings.code, rooms=len(rooms), flags=flags)


@transaction.atomic
def set_neighbours(*, actor: Actor, room: UUID, neighbour: UUID, strictness: str) -> None:
    """Say that two rooms disturb each other, or how strictly. ``UnknownRoomError`` for one and the same."""
    if room == neighbour:
        raise UnknownRoomError(field="neighbour")
    one, other = sorted([room, neighbour])
    RoomNeighbour.objects.update_or_create(room_id=one, neighbour_id=other, defaults={"strictness": strictness})
    record(actor, Action.CHANGE, object_type="room", object_id=one, neighbour=str(other), strictness=strictness)


@transaction.atomic
def part_neighbours(*, actor: Actor, pair: int) -> None:
    """Say that two rooms disturb each other no more. ``UnknownSettingError``."""
    if not RoomNeighbour.objects.filter(pk=pair).delete()[0]:
        raise UnknownSettingError
    record(actor, Action.DELETE, object_type="room_neighbour", object_id=pair)
