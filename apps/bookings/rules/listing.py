"""What a room offers, as frozen values: the shape of ``shared.occupancy.RoomListing``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot (区分) of a day in local time; an end of 0:00 is midnight after the day."""

    number: int
    label: str
    label_en: str
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, slots=True)
class Timetable:
    """The slots that hold from a day on (時間割)."""

    valid_from: dt.date
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing rule (休館日の定め): weekly, holiday or yearly."""

    kind: str
    weekday: int | None
    first: str
    last: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class AllowedPurpose:
    """A purpose (利用目的) that the room allows."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything about a room (室場) that its availability and an application depend on."""

    room: UUID
    tenant: str
    facility: UUID
    position: int
    is_public: bool
    name: str
    name_en: str
    facility_name: str
    facility_name_en: str
    capacity: int
    reception: str
    opens_months_before: int
    closes_days_before: int
    hold_minutes: int
    parts: tuple[UUID, ...]
    timetables: tuple[Timetable, ...]
    closings: tuple[Closing, ...]
    purposes: tuple[AllowedPurpose, ...]


def offer_from(
    *,
    room: UUID,
    tenant: str,
    facility: UUID,
    position: int,
    is_public: bool,
    capacity: int,
    parts: list[UUID],
    details: Mapping[str, Any],
) -> Offer:
    """The offer that a listing row describes. ``KeyError`` if the row is not one of ours."""
    return Offer(
        room=room,
        tenant=tenant,
        facility=facility,
        position=position,
        is_public=is_public,
        capacity=capacity,
        parts=tuple(sorted(parts)),
        timetables=tuple(_timetable(row) for row in details["timetables"]),
        closings=tuple(Closing(**row) for row in details["closings"]),
        purposes=tuple(AllowedPurpose(**row) for row in details["purposes"]),
        **{key: details[key] for key in PLAIN},
    )


PLAIN = (
    "name",
    "name_en",
    "facility_name",
    "facility_name_en",
    "reception",
    "opens_months_before",
    "closes_days_before",
    "hold_minutes",
)


def _timetable(row: Mapping[str, Any]) -> Timetable:
    return Timetable(
        valid_from=dt.date.fromisoformat(row["from"]),
        slots=tuple(
            Slot(number, label, label_en, dt.time.fromisoformat(starts), dt.time.fromisoformat(ends))
            for number, label, label_en, starts, ends in row["slots"]
        ),
    )
