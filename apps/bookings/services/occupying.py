"""The one path by which anything occupies parts (面): locks in order, then a look, then the insert.

Sorted advisory locks let one contender through at a time; the exclusion constraint is the backstop
(design, section 4). Every path goes through ``secure`` and then inserts ``occupations``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from apps.bookings.displacement_errors import StoppedError
from apps.bookings.errors import CalendarChangedError, DisturbedError, RegistrantNotActiveError, SlotTakenError
from apps.bookings.models import Occupation, OccupationKind
from apps.bookings.rules.limits import Counted
from apps.bookings.services.locking import lock_keys
from apps.bookings.services.unpaid import STANDING, UNPAID_IF_IT_COSTS
from kernel.clock import TOKYO
from tenants.scope import scoped_connection

LOCK: Final = """
SELECT ARRAY(SELECT nextval('bookings_receipt_seq') FROM generate_series(1, %s)), (SELECT count(*) FROM (
    SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) key) locked),
    pg_advisory_xact_lock_shared(hashtextextended('room listing ' || %s, 0))::text
"""
LOOK: Final = """
WITH lapsed AS (
    DELETE FROM bookings_occupation
    WHERE part_id = ANY (%(parts)s) AND during && %(span)s AND expires_at <= %(now)s AND expires_at <= now()
    RETURNING id
)
SELECT
    (SELECT id FROM bookings_booking WHERE registrant_id = %(registrant)s AND idempotency_key = %(key)s),
    EXISTS (SELECT FROM bookings_occupation
            WHERE part_id = ANY (%(parts)s) AND during && %(span)s AND id NOT IN (SELECT id FROM lapsed)
            AND booking_id IS DISTINCT FROM %(booking)s),
    (SELECT xmin::text FROM shared.occupancy_roomlisting WHERE room = %(room)s),
    {others},
    {unpaid}
"""
"""What is taken, and what the registrant has: counted in the same look, under the same locks."""
OTHERS: Final = """
    (SELECT coalesce(json_agg(json_build_array(b.id, b.room_id, r.facility_id, b.day,
        (coalesce(b.applied_at, b.created_at) AT TIME ZONE 'Asia/Tokyo')::date, cardinality(b.slot_numbers), b.state,
        extract(epoch FROM lower(b.during)), extract(epoch FROM upper(b.during)), b.series_id)), '[]')
     FROM bookings_booking b JOIN bookings_room r ON r.id = b.room_id
     WHERE b.registrant_id = %(registrant)s
     AND (b.day >= %(since)s OR coalesce(b.applied_at, b.created_at) >= %(since)s)
     AND (b.state = ANY (%(counted)s) OR b.state = 'hold' AND b.hold_expires_at > %(now)s - interval '1 minute'))
"""
"""The registrant's bookings. A hold counts a minute longer than it lasts, since an application that was sent in time
may still be on its way."""
GUARD: Final = "a_part_is_taken_once"
CLOSED_GUARD: Final = "a_closed_registrant_books_nothing"
STOPPED_GUARD: Final = "stopped_for_public_use"
QUIET_GUARD: Final = "no_loud_use_beside_a_quiet_one"


@dataclass(frozen=True, slots=True)
class Claim:
    """Which parts are wanted for which span, and by which key of which registrant, if by one."""

    parts: tuple[UUID, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime
    registrant: UUID | None = None
    key: UUID | None = None
    booking: UUID | None = None
    """A booking whose own occupations do not count as taken."""
    room: UUID | None = None
    listed: str | None = None
    """By which listing of ``room`` the wish was judged: another one by now is refused (``CalendarChangedError``)."""
    since: dt.date | None = None
    """The registrant's bookings are counted from this day of use, or of application, on."""
    unpaid: bool = False
    """Whether those that are to be paid for are counted, of whatever day."""

    @property
    def span(self) -> DateTimeTZRange:
        """The half-open span, as PostgreSQL takes it."""
        return DateTimeTZRange(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class Secured:
    """The locks are held: ``serial`` is a fresh receipt number, ``existing`` the booking of the same key.

    ``others`` are the registrant's bookings and live holds that limits may count, ``unpaid`` how many are to be paid
    for, where that was asked and the room has a price.
    """

    serial: int
    existing: UUID | None
    others: tuple[Counted, ...] = ()
    unpaid: int = 0


def secure(claim: Claim, *, now: dt.datetime) -> Secured:
    """Lock the parts until the transaction ends and see that they are free; two statements.

    Holds that are over are removed on the way. Raises ``SlotTakenError`` when a part is taken; a booking
    that exists under the same key is returned instead, so that a request sent twice books once.
    """
    with connection.cursor() as cursor:
        schema = scoped_connection().scope.schema
        cursor.execute(LOCK, [1, lock_keys(schema, locked(claim)), schema])
        [serial] = cursor.fetchone()[0]
        cursor.execute(
            LOOK.format(others=OTHERS, unpaid=UNPAID_IF_IT_COSTS if claim.unpaid else "0"),
            {
                "parts": list(claim.parts),
                "span": claim.span,
                "now": now,
                "registrant": claim.registrant,
                "key": claim.key,
                "booking": claim.booking,
                "room": claim.room,
                "since": claim.since or dt.date.max,
                "counted": STANDING,
                "day": claim.starts_at.astimezone(TOKYO).date(),
            },
        )
        existing, taken, listed, others, unpaid = cursor.fetchone()
    if claim.listed is not None and claim.listed != listed and existing is None:
        raise CalendarChangedError(field="slots")
    if taken and existing is None:
        raise SlotTakenError(field="slots")
    return Secured(serial=serial, existing=existing, others=tuple(counted(*one) for one in others), unpaid=unpaid)


def lock_ahead(claims: Iterable[Claim]) -> None:
    """Take the locks of several claims at once and in order, before each of them is secured; one statement."""
    things = {thing for claim in claims for thing in locked(claim)}
    schema = scoped_connection().scope.schema
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [0, lock_keys(schema, things), schema])


def occupations(
    claim: Claim,
    *,
    kind: OccupationKind,
    booking: UUID | None = None,
    block: UUID | None = None,
    expires_at: dt.datetime | None = None,
) -> list[Occupation]:
    """Unsaved occupation rows of a secured claim, one a part."""
    return [
        Occupation(
            part_id=part, during=claim.span, kind=kind, booking_id=booking, block_id=block, expires_at=expires_at
        )
        for part in claim.parts
    ]


@contextmanager
def conflicts_told() -> Iterator[None]:
    """Answer a violation of a guarding constraint or trigger like any other conflict."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        guard = diagnosis.constraint_name if diagnosis is not None else None
        detail = diagnosis.message_detail if diagnosis is not None else None
        if guard == GUARD:
            raise SlotTakenError(field="slots") from None
        if guard == QUIET_GUARD:
            raise DisturbedError(field="purpose", room=detail or "") from None
        if guard == STOPPED_GUARD:
            raise StoppedError(field="slots") from None
        if guard == CLOSED_GUARD:
            raise RegistrantNotActiveError(field="registrant") from None
        raise


def locked(claim: Claim) -> tuple[UUID, ...]:
    """The parts, and the registrant whose bookings are counted: of two at once the second counts the first."""
    return claim.parts if claim.registrant is None else (*claim.parts, claim.registrant)


def counted(*row: Any) -> Counted:
    """A booking as ``OTHERS`` tells it."""
    ids, (day, applied_on), (slots, state, starts, ends, series) = row[:3], row[3:5], row[5:]
    booking, room, facility = (UUID(one) for one in ids)
    return Counted(
        id=booking,
        room=room,
        facility=facility,
        day=dt.date.fromisoformat(day),
        applied_on=dt.date.fromisoformat(applied_on),
        slots=slots,
        state=state,
        starts_at=dt.datetime.fromtimestamp(starts, TOKYO),
        ends_at=dt.datetime.fromtimestamp(ends, TOKYO),
        series=UUID(series) if series else None,
    )
