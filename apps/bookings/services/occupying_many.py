"""The write path for several days at once (定期利用): the same locks, look and count as ``secure``, two statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.bookings.errors import BookingError, CalendarChangedError, SlotTakenError
from apps.bookings.rules.counted import Counted
from apps.bookings.services.locking import lock_keys
from apps.bookings.services.occupying import LOCK, OTHERS, Claim, counted, locked
from apps.bookings.services.unpaid import STANDING, UNPAID
from kernel.clock import TOKYO
from tenants.scope import scoped_connection

LOOK: Final = f"""
WITH wanted AS (
    SELECT number, part, tstzrange(begins, ends) AS during
    FROM unnest(%(numbers)s::int[], %(parts)s::uuid[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
        AS w (number, part, begins, ends)
), lapsed AS (
    DELETE FROM bookings_occupation o USING wanted w
    WHERE o.part_id = w.part AND o.during && w.during AND o.expires_at <= %(now)s AND o.expires_at <= now()
    RETURNING o.id
)
SELECT
    EXISTS (SELECT FROM bookings_series WHERE id = %(series)s),
    ARRAY(SELECT DISTINCT w.number FROM wanted w
          JOIN bookings_occupation o ON o.part_id = w.part AND o.during && w.during
          WHERE o.id NOT IN (SELECT id FROM lapsed) ORDER BY w.number),
    ARRAY(SELECT l.room FROM shared.occupancy_roomlisting l
          JOIN unnest(%(rooms)s::uuid[], %(listed)s::text[]) AS seen (room, listed) ON seen.room = l.room
          WHERE l.xmin::text = seen.listed),
    {OTHERS},
    ({UNPAID})
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class SecuredMany:
    """The locks are held: a receipt number for each claim, and what the registrant has beside."""

    serials: tuple[int, ...]
    known: bool
    """Whether there is the series already."""
    others: tuple[Counted, ...]
    unpaid: int


def secure_all(claims: Sequence[Claim], *, registrant: UUID, series: UUID, now: dt.datetime) -> SecuredMany:
    """Lock the parts of all claims and the registrant, and see that all are free; two statements.

    ``SlotTakenError`` or ``CalendarChangedError`` with the day (``on``) of the first that is not.
    """
    schema = scoped_connection().scope.schema
    things = {thing for claim in claims for thing in locked(claim)}
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [len(claims), lock_keys(schema, things), schema])
        serials: list[int] = cursor.fetchone()[0]
        cursor.execute(LOOK, _wanted(claims) | {"registrant": registrant, "series": series, "now": now})
        known, taken, unchanged, others, unpaid = cursor.fetchone()
    if not known:
        _check(claims, set(taken), set(unchanged))
    return SecuredMany(tuple(serials), known, tuple(counted(*one) for one in others), unpaid)


def _check(claims: Sequence[Claim], taken: set[int], unchanged: set[UUID]) -> None:
    for number, claim in enumerate(claims):
        error: BookingError | None = None
        if claim.room not in unchanged:
            error = CalendarChangedError(field="slots")
        elif number in taken:
            error = SlotTakenError(field="slots")
        if error is not None:
            error.params["on"] = claim.starts_at.astimezone(TOKYO).date().isoformat()
            raise error


def _wanted(claims: Sequence[Claim]) -> dict[str, Any]:
    rows = [(number, part, one.starts_at, one.ends_at) for number, one in enumerate(claims) for part in one.parts]
    numbers, parts, begins, ends = (list(column) for column in zip(*rows, strict=True))
    rooms = {one.room: one.listed for one in claims}
    return {
        "numbers": numbers,
        "parts": parts,
        "begins": begins,
        "ends": ends,
        "rooms": list(rooms),
        "listed": list(rooms.values()),
        "since": min(one.since for one in claims if one.since),
        "booking": None,
        "counted": STANDING,
    }
