"""Copying a whole ordinance from one facility of the tenant to another, to be changed there (条例の複写)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import models, transaction

from apps.bookings.errors import BookingsHitError, DayPastError, SettingExistsError, UnknownSettingError
from apps.bookings.models import (
    ClosingRule,
    Facility,
    OpenMonth,
    PortalHours,
    Room,
    RoomPurpose,
    Timetable,
    TimetableSlot,
    Window,
)
from apps.bookings.queries.closings import Rule, closing_from, closings_of, hits_of, rooms_sharing
from apps.bookings.services.calendar_lock import take_calendar
from apps.bookings.services.copying import copy_row
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class Copied:
    """How many of each were copied, and the rooms there that have no room of the same name here."""

    windows: int
    closings: int
    timetables: int
    purposes: int
    portal: int
    """The portal's hours, and open months."""
    without: tuple[str, ...]


def outlook_of_copy(source: UUID, target: UUID) -> Copied:
    """What would be copied. Rooms correspond by name."""
    pairs, without = _pairs(source, target)
    today = clock.today()
    return Copied(
        len(_windows(source, pairs, today)),
        len(_closings(source, pairs, today)),
        Timetable.objects.filter(room__in=pairs).filter(_still(today)).count(),
        RoomPurpose.objects.filter(room__in=pairs).count(),
        len(_held_hours(source, today)) + len(_held_months(source, pairs, today)),
        without,
    )


@transaction.atomic
def copy_ordinance(
    *, actor: Actor, source: UUID, target: UUID, valid_from: dt.date, leaves_bookings: bool = False
) -> Copied:
    """Let what holds at ``source`` today or later hold at ``target`` from ``valid_from`` on.

    The target's closing rules end the day before. Rooms correspond by name; purposes are added, none is taken away.
    ``DayPastError``; ``SettingExistsError`` where the target has windows or timetables of that day;
    ``BookingsHitError`` as with a closing.
    """
    if valid_from < clock.today():
        raise DayPastError(field="valid_from")
    if source == target or Facility.objects.filter(pk__in=[source, target]).count() != 2:
        raise UnknownSettingError(field="target")
    take_calendar()
    seen, (pairs, _without) = outlook_of_copy(source, target), _pairs(source, target)
    _refuse_second(target, pairs, valid_from)
    hit = len(hits_of(target, closings_of(target), closings_after(source, target, valid_from)))
    if hit and not leaves_bookings:
        raise BookingsHitError(count=hit)
    _end_closings(target, valid_from)
    ClosingRule.objects.bulk_create(
        copy_row(row, facility_id=target, room_id=pairs.get(row.room_id), valid_from=max(row.valid_from, valid_from))
        for row in _closings(source, pairs, valid_from)
    )
    Window.objects.bulk_create(
        copy_row(row, facility_id=target, room_id=pairs.get(row.room_id), valid_from=max(row.valid_from, valid_from))
        for row in _windows(source, pairs, valid_from)
    )
    _copy_portal(source, target, pairs, valid_from)
    _copy_rooms(pairs, valid_from)
    record(
        actor,
        Action.CREATE,
        object_type="ordinance",
        object_id=target,
        source=str(source),
        valid_from=valid_from.isoformat(),
        left=hit,
    )
    return seen


def closings_after(source: UUID, target: UUID, valid_from: dt.date) -> list[Rule]:
    """The closing rules of the target as they would be: its own until the day before, then the source's."""
    pairs, _without = _pairs(source, target)
    last = valid_from - dt.timedelta(days=1)
    own = [one for one in closings_of(target) if one.closing.since < valid_from]
    ended = [replace(one, closing=replace(one.closing, until=min(one.closing.until or last, last))) for one in own]
    sharing = rooms_sharing(target)
    copied = [
        Rule(
            None,
            sharing[pairs[row.room_id]] if row.room_id else None,
            replace(closing_from(row), since=max(row.valid_from, valid_from)),
        )
        for row in _closings(source, pairs, valid_from)
    ]
    return [*ended, *copied]


def _pairs(source: UUID, target: UUID) -> tuple[dict[UUID | None, UUID], tuple[str, ...]]:
    """Room here -> room of the same name there."""
    there = {room.name: room.pk for room in Room.objects.filter(facility=target)}
    here = dict(Room.objects.filter(facility=source).values_list("name", "pk"))
    pairs: dict[UUID | None, UUID] = {pk: there[name] for name, pk in here.items() if name in there}
    return pairs, tuple(sorted(there.keys() - here.keys()))


def _windows(source: UUID, pairs: dict[UUID | None, UUID], day: dt.date) -> list[Window]:
    """The windows that hold on ``day`` or begin later; for the whole house and for rooms that correspond."""
    rows = [row for row in Window.objects.filter(facility=source) if row.room_id is None or row.room_id in pairs]
    newest: dict[UUID | None, dt.date] = {}
    for row in rows:
        if row.valid_from <= day:
            newest[row.room_id] = max(newest.get(row.room_id, row.valid_from), row.valid_from)
    return [row for row in rows if row.valid_from > day or row.valid_from == newest[row.room_id]]


def _closings(source: UUID, pairs: dict[UUID | None, UUID], day: dt.date) -> list[ClosingRule]:
    rows = ClosingRule.objects.filter(_still(day), facility=source)
    return [row for row in rows if row.room_id is None or row.room_id in pairs]


def _held_hours(source: UUID, day: dt.date) -> list[PortalHours]:
    """The portal's hours that hold on ``day`` or begin later."""
    rows = list(PortalHours.objects.filter(facility=source).order_by("valid_from"))
    begun = [row for row in rows if row.valid_from <= day]
    return [*begun[-1:], *(row for row in rows if row.valid_from > day)]


def _held_months(source: UUID, pairs: dict[UUID | None, UUID], day: dt.date) -> list[OpenMonth]:
    """What is said of the month of ``day`` and of later ones; for the house and for rooms that correspond."""
    rows = OpenMonth.objects.filter(facility=source).order_by("since")
    newest: dict[UUID | None, OpenMonth] = {}
    later = []
    for row in rows:
        if row.room_id is not None and row.room_id not in pairs:
            continue
        if row.since <= day:
            newest[row.room_id] = row
        else:
            later.append(row)
    return [*newest.values(), *later]


def _copy_portal(source: UUID, target: UUID, pairs: dict[UUID | None, UUID], valid_from: dt.date) -> None:
    """Hours from their day on, months from the month of that day on; what the target said of later ones goes."""
    hours, months = _held_hours(source, valid_from), _held_months(source, pairs, valid_from)
    if hours:
        PortalHours.objects.filter(facility=target, valid_from__gte=valid_from).delete()
    PortalHours.objects.bulk_create(
        copy_row(row, facility_id=target, valid_from=max(row.valid_from, valid_from)) for row in hours
    )
    first = valid_from.replace(day=1)
    if months:
        OpenMonth.objects.filter(facility=target, since__gte=first).delete()
    OpenMonth.objects.bulk_create(
        copy_row(row, facility_id=target, room_id=pairs.get(row.room_id), since=max(row.since, first)) for row in months
    )


def _still(day: dt.date) -> models.Q:
    return models.Q(valid_until=None) | models.Q(valid_until__gte=day)


def _refuse_second(target: UUID, pairs: dict[UUID | None, UUID], valid_from: dt.date) -> None:
    windows = Window.objects.filter(facility=target, valid_from__gte=valid_from)
    timetables = Timetable.objects.filter(room__in=pairs.values(), valid_from__gte=valid_from)
    if windows.exists() or timetables.exists():
        raise SettingExistsError(field="valid_from")


def _end_closings(target: UUID, valid_from: dt.date) -> None:
    ClosingRule.objects.filter(facility=target, valid_from__gte=valid_from).delete()
    ending = ClosingRule.objects.filter(_still(valid_from), facility=target)
    ending.update(valid_until=valid_from - dt.timedelta(days=1))


def _copy_rooms(pairs: dict[UUID | None, UUID], valid_from: dt.date) -> None:
    known: set[tuple[UUID, dt.date, str]] = set()
    rows = Timetable.objects.filter(_still(valid_from), room__in=pairs).prefetch_related("slots")
    for row in rows.order_by("-valid_from"):
        slots, room, since = list(row.slots.all()), pairs[row.room_id], max(row.valid_from, valid_from)
        if (room, since, row.first_day) in known:
            continue  # an older one, which the newer has replaced by then
        known.add((room, since, row.first_day))
        copied = copy_row(row, room_id=room, valid_from=since)
        copied.save()
        TimetableSlot.objects.bulk_create(copy_row(slot, timetable_id=copied.pk) for slot in slots)
    allowed = RoomPurpose.objects.filter(room__in=pairs).values_list("room", "purpose")
    RoomPurpose.objects.bulk_create(
        [RoomPurpose(room_id=pairs[room], purpose_id=purpose) for room, purpose in allowed], ignore_conflicts=True
    )
