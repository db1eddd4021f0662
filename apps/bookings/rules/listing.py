"""What a room offers, as frozen values: the shape of ``shared.occupancy.RoomListing``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
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
    """The slots that hold from a day on (時間割), perhaps until one, perhaps in one season of each year.

    ``first`` and ``last`` are MM-DD; both empty: the whole year.
    """

    valid_from: dt.date
    slots: tuple[Slot, ...]
    valid_until: dt.date | None = None
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing rule (休館日の定め), or with ``effect`` 「opens」 an exception from them (例外開館日).

    ``kind``: weekly (on ``weekday``, all of the month or its ``ordinals``, -1 the last), monthly (on ``days`` of the
    month), holiday, yearly (``first`` to ``last``, MM-DD), period (every day from ``since`` to ``until``).
    ``shift`` tells what becomes of a closed day that is a holiday (振替).
    """

    kind: str
    weekday: int | None
    first: str
    last: str
    label: str
    label_en: str
    ordinals: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    shift: str = "stay"
    effect: str = "closes"
    block: str = "closure"
    since: dt.date = dt.date.min
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a window (受付の開始・締切): three ways to tell a day before the day of use, and the hour.

    ``kind``: same_day (``months`` and ``days`` before, 同日方式), days (``days`` before), month_day (day ``days`` of
    the month that is ``months`` before that of use, 月指定方式). ``shift``: none, or the next day on which the house
    (next_open) or the city's offices (next_office) are open.
    """

    kind: str
    months: int
    days: int
    at: dt.time
    shift: str = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """When applications of ``who`` (resident, other) are received, for days of use from ``since`` on (受付期間)."""

    who: str
    since: dt.date
    opens: Edge
    closes: Edge
    of_room: bool = False


@dataclass(frozen=True, slots=True)
class AllowedPurpose:
    """A purpose (利用目的) that the room allows, and the group (分類) that it stands in."""

    code: str
    name: str
    name_en: str
    group: str = ""
    group_en: str = ""
    is_loud: bool = False
    needs_quiet: bool = False


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
    hold_minutes: int
    parts: tuple[UUID, ...]
    timetables: tuple[Timetable, ...]
    closings: tuple[Closing, ...]
    purposes: tuple[AllowedPurpose, ...]
    windows: tuple[Window, ...] = ()
    city: str = ""
    """The municipality whose residents are residents here."""
    since: dt.date | None = None
    until: dt.date | None = None
    """The first and the last day on which there is the room at all."""
    listed: str = ""
    """Which writing of the listing this is, where the reader asked for it."""


def offer_from(
    *,
    room: UUID,
    tenant: str,
    facility: UUID,
    position: int,
    is_public: bool,
    capacity: int,
    parts: list[UUID],
    details: Mapping[str, Any] | str,
) -> Offer:
    """The offer that a listing row describes, its ``details`` as JSON or its text.

    ``KeyError`` if the row is not one of ours. A text is parsed once.
    """
    return Offer(
        room=room,
        tenant=tenant,
        facility=facility,
        position=position,
        is_public=is_public,
        capacity=capacity,
        parts=tuple(sorted(parts)),
        **(_read(details) if isinstance(details, str) else _said(details)),
    )


PLAIN = (
    "name",
    "name_en",
    "facility_name",
    "facility_name_en",
    "reception",
    "hold_minutes",
    "city",
)


@lru_cache(maxsize=512)
def _read(text: str) -> Mapping[str, Any]:
    return MappingProxyType(_said(json.loads(text)))


def _said(details: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "timetables": tuple(_timetable(row) for row in details["timetables"]),
        "closings": tuple(_closing(**row) for row in details["closings"]),
        "windows": tuple(_window(**row) for row in details["windows"]),
        "since": _day(details["since"]),
        "until": _day(details["until"]),
        "purposes": tuple(AllowedPurpose(**row) for row in details["purposes"]),
        **{key: details[key] for key in PLAIN},
    }


def _timetable(row: Mapping[str, Any]) -> Timetable:
    return Timetable(
        valid_from=dt.date.fromisoformat(row["from"]),
        slots=tuple(
            Slot(number, label, label_en, dt.time.fromisoformat(starts), dt.time.fromisoformat(ends))
            for number, label, label_en, starts, ends in row["slots"]
        ),
        valid_until=_day(row["until"]),
        first=row["first"],
        last=row["last"],
    )


def _closing(*, ordinals: list[int], days: list[int], since: str, until: str | None, **row: Any) -> Closing:
    return Closing(
        ordinals=tuple(ordinals),
        days=tuple(days),
        since=dt.date.fromisoformat(since),
        until=_day(until),
        **row,
    )


def _window(*, who: str, since: str, opens: list[Any], closes: list[Any], of_room: bool) -> Window:
    return Window(who, dt.date.fromisoformat(since), _edge(*opens), _edge(*closes), of_room)


def _edge(kind: str, months: int, days: int, at: str, shift: str) -> Edge:
    return Edge(kind, months, days, dt.time.fromisoformat(at), shift)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
