"""Rooms, purposes and neighbours as the facility's manager changes them (室場・利用目的・隣接)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from apps.bookings.errors import SpanUpsideDownError, UnknownRoomError, UnknownSettingError
from apps.bookings.gear_errors import RoomBookedError, RoomExistsError
from apps.bookings.models import (
    Part,
    Purpose,
    PurposeGroup,
    Reception,
    Room,
    RoomNeighbour,
    RoomPart,
    RoomPurpose,
    Timetable,
    TimetableSlot,
)
from apps.bookings.services.calendar_lock import take_calendar
from apps.bookings.services.copying import copy_row
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """What may be changed of a room without touching its parts."""

    name: str
    name_en: str
    reading: str
    description: str
    description_en: str
    area: Decimal | None
    capacity: int
    hold_minutes: int
    is_public: bool
    public_from: dt.date | None
    only: str
    parent: UUID | None
    allows_sound: bool
    allows_food: bool
    allows_fire: bool
    valid_from: dt.date | None
    valid_until: dt.date | None

    def columns(self) -> dict[str, Any]:
        """As the database names them."""
        values = asdict(self)
        return values | {"parent_id": values.pop("parent")}


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
    """Change a room; purposes that it allows no more are not offered.

    ``UnknownRoomError``, ``SpanUpsideDownError``, ``RoomExistsError`` for the name of another, ``RoomBookedError`` for
    an end before its bookings.
    """
    take_calendar()
    found = Room.objects.filter(pk=room).first()
    if found is None:
        raise UnknownRoomError
    _check(settings, found.facility_id, but=room)
    with _booked_told():
        Room.objects.filter(pk=room).update(**settings.columns())
    changed = {name: str(value) for name, value in asdict(settings).items()}
    record(actor, Action.CHANGE, object_type="room", object_id=room, settings=changed)


@transaction.atomic
def add_room(*, actor: Actor, facility: UUID, settings: RoomSettings, like: UUID | None = None) -> Room:
    """A new room with one part (面) of its own; its timetable and purposes as those of ``like``.

    ``UnknownRoomError`` for a ``like`` or a parent of another facility; the errors of ``change_room``.
    """
    take_calendar()
    _check(settings, facility, but=None)
    model = Room.objects.filter(pk=like, facility=facility).first() if like else None
    if like is not None and model is None:
        raise UnknownRoomError(field="like")
    reception = model.reception if model else Reception.REVIEWED
    last = Room.objects.filter(facility=facility).aggregate(last=Max("position"))["last"]
    room = Room(facility_id=facility, position=(last or 0) + 1, reception=reception, **settings.columns())
    room.save(force_insert=True)
    RoomPart.objects.create(room=room, part=Part.objects.create(facility_id=facility, name=settings.name))
    if model is not None:
        _take_after(room, model)
    record(actor, Action.CREATE, object_type="room", object_id=room.pk, parts=1)
    return room


def _check(settings: RoomSettings, facility: UUID, *, but: UUID | None) -> None:
    first, last = settings.valid_from, settings.valid_until
    if first is not None and last is not None and last < first:
        raise SpanUpsideDownError(field="valid_until")
    same = Room.objects.filter(facility=facility, name=settings.name, valid_until=None).values_list("pk", flat=True)
    if last is None and any(pk != but for pk in same):
        raise RoomExistsError(field="name")
    if settings.parent is None:
        return
    parent = Room.objects.filter(pk=settings.parent, facility=facility, parent=None).first()
    is_parent = but is not None and Room.objects.filter(parent=but).exists()
    if parent is None or parent.pk == but or is_parent:
        raise UnknownRoomError(field="parent")


def _take_after(room: Room, model: Room) -> None:
    """The timetables and purposes of another room."""
    allowed = RoomPurpose.objects.filter(room=model).values_list("purpose", flat=True)
    RoomPurpose.objects.bulk_create(RoomPurpose(room=room, purpose_id=code) for code in allowed)
    for table in Timetable.objects.filter(room=model).prefetch_related("slots"):
        slots = list(table.slots.all())
        copied = copy_row(table, room_id=room.pk)
        copied.save()
        TimetableSlot.objects.bulk_create(copy_row(slot, timetable_id=copied.pk) for slot in slots)


@contextmanager
def _booked_told() -> Iterator[None]:
    """Answer the database's guard of a room's last day."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is None or diagnosis.constraint_name != "a_room_stays_for_its_bookings":
            raise
        raise RoomBookedError(field="valid_until", count=int(diagnosis.message_detail or 0)) from None


@transaction.atomic
def combine_rooms(
    *, actor: Actor, name: str, capacity: int, rooms: Collection[UUID], valid_from: dt.date | None = None
) -> Room:
    """A combination (組合せ) of rooms of one facility: it occupies all their parts, and they block one another.

    It allows the purposes that all of them allow. A combination is made of parts, never of itself. ``UnknownRoomError``
    for fewer than two; ``RoomExistsError`` for a name or a set of parts that there is.
    """
    take_calendar()
    found = list(Room.objects.filter(pk__in=rooms).select_related("facility"))
    facilities = {one.facility_id for one in found}
    if len(found) < 2 or len(facilities) != 1:
        raise UnknownRoomError(field="rooms")
    parts = set(Part.objects.filter(rooms__in=found))
    known = Room.objects.filter(facility=found[0].facility_id, valid_until=None).prefetch_related("parts")
    if any(one.name == name or set(one.parts.all()) == parts for one in known):
        raise RoomExistsError(field="name")
    room = Room.objects.create(
        facility_id=found[0].facility_id,
        name=name,
        capacity=capacity,
        reception=found[0].reception,
        is_public=False,
        valid_from=valid_from,
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
