"""Reading what occupies a tenant's parts on a day, with the names that its own staff may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from apps.bookings.models import Occupation
from apps.bookings.rules.board import Use
from apps.bookings.rules.listing import Offer
from kernel.spans import day_span


def uses_on(day: dt.date, offers: Sequence[Offer], *, now: dt.datetime) -> list[Use]:
    """The occupations of the rooms' parts on ``day``; holds that are over do not count. One statement."""
    span = day_span(day)
    rows = (
        Occupation.objects.filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            part__in=parts_of(offers),
            during__overlap=DateTimeTZRange(span.start, span.end),
        )
        .select_related("booking__registrant", "block")
        .order_by("during")
    )
    return [_use(row) for row in rows]


def parts_of(offers: Iterable[Offer]) -> set[UUID]:
    """All parts that the rooms are made of."""
    return {part for offer in offers for part in offer.parts}


def _use(row: Occupation) -> Use:
    if row.booking is not None:
        subject, room, state = row.booking.pk, row.booking.room_id, row.booking.state
        label, renter = row.booking.registrant.display_name, row.booking.registrant_id
    else:
        assert row.block is not None  # noqa: S101  # the constraint somebody_occupies
        subject, room, state, label = row.block.pk, row.block.room_id, "", row.block.label
        renter = None
    return Use(
        part=row.part_id,
        subject=subject,
        room=room,
        kind=row.kind,
        state=state,
        label=label,
        starts_at=row.during.lower,
        ends_at=row.during.upper,
        renter=renter,
    )
