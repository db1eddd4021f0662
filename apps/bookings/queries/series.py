"""What stands against the days of a series, read before anything is booked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.bookings.queries.offers import offers, only
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.series import Planned, Taken, Use, plan
from kernel import clock
from kernel.clock import TOKYO
from shared.occupancy.models import RoomListing

TAKEN: Final = """
SELECT o.part_id, lower(o.during), upper(o.during)
FROM unnest(%(days)s::timestamptz[]) day
JOIN bookings_occupation o ON o.part_id = ANY (%(parts)s) AND o.during && tstzrange(day, day + interval '2 days')
WHERE o.expires_at IS NULL OR o.expires_at > %(now)s
"""
"""A use may last beyond its midnight."""


def planned(room: UUID, days: Sequence[dt.date], use: Use, *, schema: str) -> tuple[Offer, list[Planned]]:
    """The room, and each day with what stands against it and the other rooms of the facility that are free then.

    Two statements, however many days and rooms. ``UnknownRoomError``.
    """
    mine = RoomListing.objects.filter(room=room, tenant=schema).values("facility")
    house = offers(RoomListing.objects.filter(tenant=schema, facility__in=mine))
    offer = only(one for one in house if one.room == room)
    return offer, plan(offer, house, days, use, taken_on(days, house))


def taken_on(days: Sequence[dt.date], rooms: Sequence[Offer]) -> Taken:
    """What is taken of the rooms on those days; one statement."""
    now, spans = clock.now(), defaultdict(list)
    values: dict[str, Any] = {
        "days": [dt.datetime.combine(day, dt.time(), TOKYO) for day in days],
        "parts": [part for room in rooms for part in room.parts],
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, values)
        for part, starts_at, ends_at in cursor.fetchall():
            spans[part].append((starts_at, ends_at))
    return Taken(spans, now)
