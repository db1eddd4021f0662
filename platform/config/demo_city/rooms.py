"""Facilities, parts, rooms, timetables, closing rules of one tenant; runs at its desk."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.bookings.models import (
    ClosingKind,
    ClosingRule,
    Facility,
    Part,
    Purpose,
    Reception,
    Room,
    RoomPart,
    RoomPurpose,
    Timetable,
    TimetableSlot,
)
from config.demo_city.chance import same_id
from config.demo_city.plans.shape import CITY, FacilityPlan, RoomPlan, TenantPlan
from shared.catalogue.models import CatalogueFacility

SINCE: Final = dt.date(2015, 4, 1)
YEAR_END: Final = ("12-29", "01-03")


def room_id(plan: TenantPlan, facility: FacilityPlan, room: RoomPlan) -> UUID:
    """The id of a room, on every run."""
    return same_id(plan.schema, "room", facility.number, room.name)


def furnish(plan: TenantPlan) -> None:
    """Write all that the tenant offers; what is there already stays as it is."""
    listed = dict(
        CatalogueFacility.objects.filter(municipality_code=CITY, tenant__schema_name=plan.schema).values_list(
            "number", "pk"
        )
    )
    with transaction.atomic():
        Purpose.objects.bulk_create(
            [
                Purpose(code=code, name=name, name_en=name_en, position=position)
                for position, (code, (name, name_en)) in enumerate(plan.purposes.items())
            ],
            ignore_conflicts=True,
        )
        for position, facility in enumerate(plan.facilities):
            _furnish(plan, facility, listed[facility.number], position)


def _furnish(plan: TenantPlan, facility: FacilityPlan, pk: UUID, position: int) -> None:
    row = Facility(id=pk, name=facility.name, name_en=facility.name_en, position=position)
    Facility.objects.bulk_create([row], ignore_conflicts=True)
    parts = [Part(id=_part_id(plan, facility, key), facility=row, name=name) for key, name in facility.parts.items()]
    Part.objects.bulk_create(parts, ignore_conflicts=True)
    rooms = [_room(plan, facility, room, pk, number) for number, room in enumerate(facility.rooms)]
    Room.objects.bulk_create(rooms, ignore_conflicts=True)
    _join(plan, facility)
    _tell_hours(plan, facility)
    if not row.closing_rules.exists():
        ClosingRule.objects.bulk_create(_closings(facility, row))


def _room(plan: TenantPlan, facility: FacilityPlan, room: RoomPlan, facility_pk: UUID, position: int) -> Room:
    return Room(
        id=room_id(plan, facility, room),
        facility_id=facility_pk,
        name=room.name,
        name_en=room.name_en,
        position=position,
        capacity=room.capacity,
        reception=Reception.IMMEDIATE if room.immediate else Reception.REVIEWED,
    )


def _part_id(plan: TenantPlan, facility: FacilityPlan, key: str) -> UUID:
    return same_id(plan.schema, "part", facility.number, key)


def _join(plan: TenantPlan, facility: FacilityPlan) -> None:
    """Which parts each room is made of, and what it is for."""
    RoomPart.objects.bulk_create(
        [
            RoomPart(room_id=room_id(plan, facility, room), part_id=_part_id(plan, facility, key))
            for room in facility.rooms
            for key in room.parts
        ],
        ignore_conflicts=True,
    )
    RoomPurpose.objects.bulk_create(
        [
            RoomPurpose(room_id=room_id(plan, facility, room), purpose_id=code)
            for room in facility.rooms
            for code in room.purposes
        ],
        ignore_conflicts=True,
    )


def _tell_hours(plan: TenantPlan, facility: FacilityPlan) -> None:
    ids = {room_id(plan, facility, room): room for room in facility.rooms}
    Timetable.objects.bulk_create([Timetable(room_id=pk, valid_from=SINCE) for pk in ids], ignore_conflicts=True)
    timetables = Timetable.objects.filter(room_id__in=ids, valid_from=SINCE)
    TimetableSlot.objects.bulk_create(
        [slot for timetable in timetables for slot in _slots(timetable, ids[timetable.room_id])],
        ignore_conflicts=True,
    )


def _slots(timetable: Timetable, room: RoomPlan) -> list[TimetableSlot]:
    return [
        TimetableSlot(
            timetable=timetable,
            number=number,
            label=label,
            label_en=label_en,
            starts=dt.time.fromisoformat(starts),
            ends=dt.time.fromisoformat(ends),
        )
        for number, (label, label_en, starts, ends) in enumerate(room.slots, start=1)
    ]


def _closings(facility: FacilityPlan, row: Facility) -> list[ClosingRule]:
    rules = [ClosingRule(facility=row, kind=ClosingKind.WEEKLY, weekday=day) for day in facility.closed_weekdays]
    if facility.closed_on_holidays:
        rules.append(
            ClosingRule(facility=row, kind=ClosingKind.HOLIDAY, label="祝日休館", label_en="Closed on holidays")
        )
    first, last = YEAR_END
    rules.append(
        ClosingRule(
            facility=row,
            kind=ClosingKind.YEARLY,
            first_day=first,
            last_day=last,
            label="年末年始",
            label_en="New Year closing",
        )
    )
    return rules
