"""Finding rooms across tenants: by place, day, hours, people, purpose and equipment; two statements.

A third is sent only where nothing was found: it looks for what is nearest (``queries.nearest``). The number of tenants,
facilities, days and rooms changes none of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from apps.bookings.queries.availability import RoomDays, room_days
from apps.bookings.rules.availability import DayMark
from apps.bookings.rules.lending import Lendable, left_for, lendable
from apps.bookings.rules.listing import Offer, offer_from
from apps.bookings.rules.searching import ANY_TIME, Stretch, Times, stretches
from apps.bookings.rules.window import Who
from kernel import clock
from kernel.clock import at

CHOICES: Final = """
SELECT DISTINCT 'area', area, '', '', '' FROM catalogue_cataloguefacility WHERE area <> ''
UNION ALL
SELECT 'purpose', code, name, name_en, grouped FROM (
    SELECT DISTINCT ON (one->>'code') one->>'code' AS code, one->>'name' AS name, one->>'name_en' AS name_en,
           one->>'group' || E'\t' || (one->>'group_en') AS grouped
    FROM occupancy_roomlisting, jsonb_array_elements(details->'purposes') one
    WHERE is_public ORDER BY one->>'code') purposes
UNION ALL
SELECT DISTINCT 'equipment', name, name, max(name_en), '' FROM occupancy_equipmentlisting GROUP BY name
ORDER BY 1, 5, 2
"""
PLACES: Final = """
SELECT c.id, c.slug, c.name, c.name_en, c.address, c.area, c.tenant_id IS NOT NULL AND t.state = 'active',
       {lendable}, l.room, l.tenant, l.position, l.capacity, l.parts, l.details
FROM catalogue_cataloguefacility c
LEFT JOIN tenants_tenant t ON t.id = c.tenant_id
LEFT JOIN occupancy_roomlisting l ON l.facility = c.id AND l.is_public AND t.state = 'active'
    AND l.capacity >= %(people)s
    AND (%(purpose)s = '' OR l.purposes @> ARRAY[%(purpose)s]::varchar[])
    AND (%(group)s = '' OR l.details->'purposes' @> jsonb_build_array(jsonb_build_object('group', %(group)s)))
WHERE (%(word)s = '' OR concat_ws(E'\n', c.name, c.name_kana, c.common_name, c.name_en) ILIKE %(like)s)
  AND (%(area)s = '' OR c.area = %(area)s) AND (%(category)s = '' OR c.category = %(category)s)
  AND (NOT %(about_rooms)s OR l.room IS NOT NULL)
ORDER BY c.tenant_id IS NULL, c.name_kana, c.id, l.position, l.room
"""
LENDABLE: Final = """
(SELECT jsonb_agg(jsonb_build_object('name', e.name, 'name_en', e.name_en, 'unit', e.unit, 'is_counted', e.is_counted,
    'before', e.minutes_before, 'after', e.minutes_after, 'since', e.valid_from, 'until', e.valid_until,
    'stocks', e.stocks, 'lent', coalesce((
        SELECT jsonb_agg(jsonb_build_array(o.quantity, o.starts_at, o.ends_at)) FROM occupancy_equipmentout o
        WHERE o.equipment = e.equipment AND o.ends_at > %(from)s AND o.starts_at < %(to)s
          AND (o.expires_at IS NULL OR o.expires_at > %(now)s)), '[]')))
 FROM occupancy_equipmentlisting e WHERE e.facility = c.id AND e.name = %(equipment)s)
"""
GROUP: Final = "group:"
"""Before the name of a whole group of purposes (利用目的の分類)."""
MARGIN: Final = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a citizen looks for; empty means any."""

    word: str = ""
    area: str = ""
    category: str = ""
    purpose: str = ""
    """The code of a purpose, or ``GROUP`` and the name of a group."""
    days: tuple[dt.date, ...] = ()
    times: Times = ANY_TIME
    people: int = 0
    equipment: str = ""
    pieces: int = 1
    who: Who = Who.RESIDENT

    @property
    def day(self) -> dt.date | None:
        """The first of the days."""
        return self.days[0] if self.days else None

    @property
    def about_rooms(self) -> bool:
        """Whether only facilities with a fitting room are wanted."""
        return bool(self.purpose or self.days or self.people or self.equipment)


@dataclass(frozen=True, slots=True)
class Place:
    """A facility of the catalogue, as a result shows it."""

    id: UUID
    slug: str
    name: str
    name_en: str
    address: str
    area: str
    is_bookable: bool


@dataclass(frozen=True, slots=True)
class FoundRoom:
    """A room that fits, the marks of the days asked for, and what is free; ``left``: pieces of the equipment."""

    offer: Offer
    days: list[DayMark]
    free: list[tuple[Stretch, int | None]]


@dataclass(frozen=True, slots=True)
class FoundFacility:
    """A facility that fits: its rooms with free time first, then those without; all of them where no day is asked."""

    facility: Place
    rooms: list[FoundRoom]
    shut: list[FoundRoom]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers to choose from."""

    areas: list[str]
    purposes: list[tuple[str, str, str, str, str]]
    """Code, name, English name, group and its English name, group by group."""
    equipment: list[tuple[str, str]]


def choices() -> Choices:
    """Areas, purposes and equipment that there are anywhere; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(CHOICES)
        rows = cursor.fetchall()
    return Choices(
        areas=[row[1] for row in rows if row[0] == "area"],
        purposes=[(code, name, english, *(group.split("\t"))) for kind, code, name, english, group in rows
                  if kind == "purpose"],
        equipment=[(name, english) for kind, _, name, english, _ in rows if kind == "equipment"],
    )  # fmt: skip


def search(criteria: Criteria) -> list[FoundFacility]:
    """The facilities that fit: those with something free first, then in the order of the catalogue; two statements."""
    places = candidates(criteria)
    offers = [offer for _, _, rooms in places for offer in rooms]
    marks = {one.offer.room: one for one in room_days(offers, list(criteria.days), criteria.who)}
    found = [
        _facility(place, [found_room(marks[offer.room], kinds, criteria) for offer in rooms], criteria)
        for place, kinds, rooms in places
        if rooms or not criteria.about_rooms
    ]
    return sorted(found, key=lambda one: bool(criteria.days) and not one.rooms)


def candidates(criteria: Criteria) -> list[tuple[Place, list[Lendable], list[Offer]]]:
    """Facilities with the rooms that fit whatever the day, and their equipment of the wanted name; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES.format(lendable=LENDABLE if criteria.equipment else "NULL"), parameters(criteria))
        rows = cursor.fetchall()
    found: dict[UUID, tuple[Place, list[Lendable], list[Offer]]] = {}
    for *place, kinds, room, tenant, position, capacity, parts, details in rows:
        if place[0] not in found:
            found[place[0]] = Place(*place), [lendable(one) for one in json.loads(kinds or "[]")], []
        if room is not None:
            row = Listed(room, tenant, position, capacity, tuple(parts), details)
            found[place[0]][2].append(listed(place[0], row))
    lacks = [key for key, (_, kinds, _) in found.items() if criteria.equipment and not kinds]
    return [one for key, one in found.items() if key not in lacks]


def parameters(criteria: Criteria) -> dict[str, Any]:
    """What the statements are told."""
    now = clock.now()
    days = criteria.days or (clock.today(),)
    is_group = criteria.purpose.startswith(GROUP)
    return {
        "word": criteria.word,
        "like": f"%{_literal(criteria.word)}%",
        "area": criteria.area,
        "category": criteria.category,
        "purpose": "" if is_group else criteria.purpose,
        "group": criteria.purpose.removeprefix(GROUP) if is_group else "",
        "people": criteria.people,
        "about_rooms": criteria.about_rooms,
        "equipment": criteria.equipment,
        "from": at(days[0], dt.time(0)) - MARGIN,
        "to": at(days[-1], dt.time(0)) + MARGIN,
        "now": now,
    }


def found_room(marks: RoomDays, kinds: Sequence[Lendable], criteria: Criteria) -> FoundRoom:
    """The room with what is free of the days for the times asked for, as long as the equipment is there."""
    free = [one for day in marks.days for one in stretches(day, criteria.times)]
    return FoundRoom(marks.offer, marks.days, list(with_equipment(free, kinds, criteria)))


def with_equipment(
    free: Iterable[Stretch], kinds: Sequence[Lendable], criteria: Criteria
) -> Iterable[tuple[Stretch, int | None]]:
    """The stretches in which enough pieces are left, each with how many."""
    for one in free:
        if not criteria.equipment:
            yield one, None
            continue
        lefts = [left_for(kind, one.starts_at, one.ends_at) for kind in kinds]
        if any(left is None or left >= criteria.pieces for left in lefts):
            yield one, None if None in lefts else max(left or 0 for left in lefts)


class Listed(NamedTuple):
    """A public row of the listing, as a statement tells it."""

    room: UUID
    tenant: str
    position: int
    capacity: int
    parts: tuple[UUID, ...]
    details: str


@lru_cache(maxsize=3000)
def listed(facility: UUID, row: Listed) -> Offer:
    """The offer of a row. The same row is read once a process, until it is written anew."""
    return offer_from(
        room=row.room,
        tenant=row.tenant,
        facility=facility,
        position=row.position,
        is_public=True,
        capacity=row.capacity,
        parts=list(row.parts),
        details=json.loads(row.details),
    )


def _facility(place: Place, rooms: list[FoundRoom], criteria: Criteria) -> FoundFacility:
    if not criteria.days:
        return FoundFacility(place, rooms, [])
    by_state: dict[bool, list[FoundRoom]] = defaultdict(list)
    for one in rooms:
        by_state[bool(one.free)].append(one)
    return FoundFacility(place, by_state[True], by_state[False])


def _literal(word: str) -> str:
    """The word for ILIKE, with nothing in it that means anything else."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
