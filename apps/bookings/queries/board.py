"""Reading what occupies a tenant's parts, with the names that its own staff may see, and whether it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, OuterRef, Q, Subquery

from apps.bookings.models import EquipmentUse, Occupation
from apps.bookings.rules.board import Use
from apps.bookings.rules.listing import Offer
from kernel.spans import day_span

MARK: Final = """
SELECT md5(concat_ws('|',
    (SELECT string_agg(concat_ws(':', o.id, o.xmin,
        (SELECT concat_ws(':', b.xmin, r.xmin) FROM bookings_booking b
         JOIN registrants_registrant r ON r.id = b.registrant_id WHERE b.id = o.booking_id),
        (SELECT k.xmin FROM bookings_block k WHERE k.id = o.block_id)), ',' ORDER BY o.id)
     FROM bookings_occupation o
     WHERE o.during && %(span)s AND (o.expires_at IS NULL OR o.expires_at > %(now)s)
     AND (%(room)s::uuid IS NULL
          OR o.part_id IN (SELECT part_id FROM bookings_roompart WHERE room_id = %(room)s))),
    (SELECT string_agg(concat_ws(':', room, xmin), ',' ORDER BY room)
     FROM shared.occupancy_roomlisting WHERE tenant = %(tenant)s)
))
"""
"""Subqueries by key on purpose: a planner that thinks an overlap hits many rows would join them by reading all."""


def uses_on(day: dt.date, offers: Sequence[Offer], *, now: dt.datetime) -> list[Use]:
    """The occupations of the rooms' parts on ``day``; holds that are over do not count. One statement."""
    return uses_between(day, day, offers, now=now)


def uses_between(first: dt.date, last: dt.date, offers: Sequence[Offer], *, now: dt.datetime) -> list[Use]:
    """The occupations of the rooms' parts from ``first`` to ``last``, both included; one statement."""
    pieces = EquipmentUse.objects.filter(booking=OuterRef("booking")).values("booking").annotate(n=Count("*"))
    rows = (
        Occupation.objects.filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            part__in=parts_of(offers),
            during__overlap=DateTimeTZRange(day_span(first).start, day_span(last).end),
        )
        .select_related("booking__registrant", "block")
        .annotate(pieces=Subquery(pieces.values("n")))
        .order_by("during")
    )
    return [_use(row) for row in rows]


def mark_of(first: dt.date, last: dt.date, *, schema: str, now: dt.datetime, room: UUID | None = None) -> str:
    """What stands for all that a board of these days shows: it differs whenever the board does. One statement.

    It is a digest of which version of which rows is visible, so it needs no counter that every booking would wait for,
    and it can name no state that is not committed.
    """
    span = DateTimeTZRange(day_span(first).start, day_span(last).end)
    with connection.cursor() as cursor:
        cursor.execute(MARK, {"span": span, "now": now, "tenant": schema, "room": room})
        mark: str = cursor.fetchone()[0]
    return mark


def parts_of(offers: Iterable[Offer]) -> set[UUID]:
    """All parts that the rooms are made of."""
    return {part for offer in offers for part in offer.parts}


def _use(row: Occupation) -> Use:
    booking, block = row.booking, row.block
    common = {"part": row.part_id, "kind": row.kind, "starts_at": row.during.lower, "ends_at": row.during.upper}
    if booking is None:
        assert block is not None  # noqa: S101  # the constraint somebody_occupies
        return Use(subject=block.pk, room=block.room_id, state="", label=block.label, **common)
    return Use(
        subject=booking.pk,
        room=booking.room_id,
        state=booking.state,
        label=booking.registrant.display_name,
        renter=booking.registrant_id,
        slots=len(booking.slot_numbers),
        version=booking.version,
        headcount=booking.headcount,
        pieces=vars(row)["pieces"] or 0,
        **common,
    )
