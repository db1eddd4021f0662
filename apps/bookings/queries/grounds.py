"""What a wish for a room, or an application for a hold, is judged by: read in one statement.

These are the hottest reads of the product, so they are SQL and not the ORM's, and what the rows say is parsed once for
each text (``rules``): a parse is a function of its text alone. Nothing that another process may change is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.bookings.errors import RegistrantNotActiveError, UnknownBookingError, UnknownRegistrantError, UnknownRoomError
from apps.bookings.models import Booking, Facility, Room
from apps.bookings.queries.fees import InForce, in_force_of
from apps.bookings.rules.limits import Asking
from apps.bookings.rules.listing import Offer, offer_from
from apps.bookings.rules.measures import InForce as Measured
from apps.bookings.rules.residency import Home
from apps.bookings.rules.terms import Terms, terms_from
from apps.registrants.queries.standing import active_throughout
from kernel import clock
from tenants.scope import scoped_connection

Row = tuple[Any, ...]
OFFER: Final = ("room", "tenant", "facility", "position", "is_public", "capacity", "parts", "details")
LISTED: Final = ", ".join(f"l.{name}" for name in OFFER)
RESIDENCE: Final = "coalesce(r.extras ->> 'residence', '')"
PERSON: Final = ("r.kind", RESIDENCE, "r.address", "r.portal_account", "r.is_counter_only")
WHO: Final = ", ".join(PERSON)
TERMS: Final = """
LEFT JOIN LATERAL (
    SELECT id, xmin AS written, content FROM bookings_bookingterms
    WHERE facility_id = l.facility AND valid_from <= %(today)s ORDER BY valid_from DESC LIMIT 1
) t ON true
"""
FEES: Final = """
LEFT JOIN LATERAL (
    SELECT array_agg(id ORDER BY kind) AS ids, array_agg(kind ORDER BY kind) AS kinds,
           array_agg(content::text ORDER BY kind) AS contents
    FROM (SELECT DISTINCT ON (kind) id, kind, content FROM bookings_feetable
          WHERE facility_id = l.facility AND (room_id = l.room OR room_id IS NULL) AND valid_from <= b.day
          ORDER BY kind, valid_from DESC) newest
) f ON true
"""
MEASURES: Final = """
ARRAY(SELECT json_build_array(m.kind, m.scope, m.first, m.last) FROM bookings_measure m
      WHERE m.registrant_id = r.id AND m.state = 'taken' AND (m.last IS NULL OR m.last >= %(today)s)
      AND (m.kind = 'fewer' OR m.kind = 'suspend' AND m.scope = 'facility')
      AND (m.scope = 'tenant' OR m.facility_id = l.facility))
"""
WISH: Final = f"""
SELECT {LISTED}, {WHO}, l.xmin::text, t.content, {active_throughout()}, {MEASURES}
FROM occupancy_roomlisting l {TERMS} LEFT JOIN registrants_registrant r ON r.id = %(registrant)s
WHERE l.room = ANY (%(rooms)s) AND l.tenant = %(schema)s
"""  # noqa: S608  # constants
FIELDS: Final = tuple(field.attname for field in Booking._meta.concrete_fields)
ROOM, FACILITY = ("id", "facility_id", "name", "name_en"), ("id", "name", "name_en")
BOOKING: Final = ", ".join(
    f"{table}.{name}" for table, names in (("b", FIELDS), ("m", ROOM), ("p", FACILITY)) for name in names
)
STAMP: Final = "concat_ws(' ', l.room, l.xmin, t.id, t.written, f.ids)"
"""Which writing of the listing, of the terms and of the fee tables: whatever changes one of them changes it."""
HOLD: Final = f"""
FROM bookings_booking b
JOIN registrants_registrant r ON r.id = b.registrant_id
JOIN bookings_room m ON m.id = b.room_id
JOIN bookings_facility p ON p.id = m.facility_id
JOIN occupancy_roomlisting l ON l.room = b.room_id AND l.tenant = %(schema)s
{TERMS} {FEES}
WHERE b.id = %(booking)s
"""  # constants
SEEN: Final = f"SELECT {BOOKING}, {WHO}, {STAMP}, {LISTED}, t.content, f.ids, f.kinds, f.contents {HOLD}"
ACTIVE_FOR_IT: Final = active_throughout("ARRAY[%(today)s::date, b.day]", "greatest(%(today)s::date, b.day)")
LOCKED: Final = f"SELECT {BOOKING}, {WHO}, {STAMP}, {MEASURES}, {ACTIVE_FOR_IT} {HOLD} FOR UPDATE OF b"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks, as far as limits, windows and fees look at it."""

    asking: Asking
    home: Home
    account: UUID | None
    """The portal account to be written to."""
    is_counter_only: bool = False

    @classmethod
    def of(cls, kind: str, residence: str, address: str, account: UUID | None, is_counter_only: bool) -> Applicant:
        """From the registration."""
        return cls(Asking(kind, residence), Home(residence, address), account, is_counter_only)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a wish is judged by: the room's offer, the facility's terms, and who asks."""

    offer: Offer
    terms: Terms
    who: Applicant
    measures: tuple[Measured, ...]
    """Those in force or to come that hold at the room's facility, but a suspension of the registration itself."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an application for a hold rests on, and which writing of it this is."""

    stamp: str
    offer: Offer
    terms: Terms
    tables: InForce | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A hold with the ground of its application, as a page shows it."""

    booking: Booking
    who: Applicant
    ground: Ground


@dataclass(frozen=True, slots=True)
class Locked:
    """A hold under lock, who holds it, which writing of the ground there is now, and measures as of ``Asked``.

    ``is_active``: the registration is in force, today and on the day of use; it may have ended since the hold.
    """

    booking: Booking
    who: Applicant
    stamp: str
    measures: tuple[Measured, ...]
    is_active: bool


def ground_of_wish(registrant: UUID, room: UUID, day: dt.date, *, whatever_state: bool = False) -> Asked:
    """What a wish for ``day`` is judged by, once the registrant is known to be in force; one statement.

    ``whatever_state``: of a use that is permitted already, and goes elsewhere.
    Raises ``UnknownRoomError``, ``UnknownRegistrantError`` or ``RegistrantNotActiveError``.
    """
    [found] = grounds_of_wishes(registrant, [room], [day], whatever_state=whatever_state).values()
    return found


def grounds_of_wishes(
    registrant: UUID, rooms: Collection[UUID], days: Collection[dt.date], *, whatever_state: bool = False
) -> dict[UUID, Asked]:
    """The same for several rooms and days, by room; one statement."""
    today = clock.today()
    values = {"registrant": registrant, "rooms": list(rooms), "today": today, "days": [today, *days]}
    rows = _all(WISH, {**values, "until": max(today, *days)})
    if len(rows) < len(set(rooms)):
        raise UnknownRoomError
    return {row[0]: _asked(row, whatever_state=whatever_state) for row in rows}


def seen_hold(booking: UUID) -> Seen:
    """A booking with the ground of an application for it; one statement. ``UnknownBookingError``."""
    found, who, rest = _booking(SEEN, booking)
    return Seen(found, who, _ground(rest))


def lock_hold(booking: UUID) -> Locked:
    """A booking under lock until the transaction ends; one statement. ``UnknownBookingError``."""
    found, who, (stamp, measures, is_active) = _booking(LOCKED, booking)
    return Locked(found, who, stamp, _measures(measures), is_active)


def _asked(row: Row, *, whatever_state: bool) -> Asked:
    offer, (kind, *person), (listed, terms, is_active, measures) = _cut(row, len(OFFER), len(PERSON))
    if kind is None:
        raise UnknownRegistrantError(field="registrant")
    if not (is_active or whatever_state):
        raise RegistrantNotActiveError(field="registrant")
    who = Applicant.of(kind, *person)
    return Asked(replace(_offer(offer), listed=listed), terms_from(terms), who, _measures(measures))


def _all(statement: str, values: Mapping[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "schema": scoped_connection().scope.schema})
        rows: list[Row] = cursor.fetchall()
    return rows


def _booking(statement: str, booking: UUID) -> tuple[Booking, Applicant, Row]:
    """The booking with its room and facility, as far as a mail tells them, whose it is, and what stands beside."""
    rows = _all(statement, {"booking": booking, "today": clock.today()})
    if not rows:
        raise UnknownBookingError
    own, room, facility, person, rest = _cut(rows[0], len(FIELDS), len(ROOM), len(FACILITY), len(PERSON))
    found = Booking.from_db("default", FIELDS, own)
    found.room = Room.from_db("default", ROOM, room)
    found.room.facility = Facility.from_db("default", FACILITY, facility)
    return found, Applicant.of(*person), rest


def _ground(row: Row) -> Ground:
    (stamp,), offer, (terms, ids, kinds, contents) = _cut(row, 1, len(OFFER))
    return Ground(stamp, _offer(offer), terms_from(terms), in_force_of(ids or (), kinds or (), contents or ()))


def _measures(rows: Sequence[Sequence[str]]) -> tuple[Measured, ...]:
    return tuple(
        Measured(kind, scope, dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else None)
        for kind, scope, first, last in rows
    )


def _offer(values: Row) -> Offer:
    return offer_from(**dict(zip(OFFER, values, strict=True)))


def _cut(row: Row, *lengths: int) -> list[Row]:
    """The row in pieces of those lengths, and what is left."""
    ends = [0, *accumulate(lengths), len(row)]
    return [row[begin:end] for begin, end in pairwise(ends)]
