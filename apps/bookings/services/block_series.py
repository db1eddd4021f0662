"""Blocks that come again (休館・保守・工事・主催事業・開放の枠): entered together, conflicts told first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from apps.bookings.errors import SlotTakenError, SpanUpsideDownError, UnknownSettingError
from apps.bookings.models import Block, BlockSeries, Occupation, OccupationKind
from apps.bookings.queries.offers import offer_of
from apps.bookings.rules.days import closing_on, span_of
from apps.bookings.rules.listing import Offer, Slot
from apps.bookings.rules.recurrence import Recurrence, days_of, split
from apps.bookings.services.occupying import Claim, conflicts_told, occupations, secure
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together
from tenants.scope import scoped_connection


@dataclass(frozen=True, slots=True)
class Wanted:
    """A series of blocks: in which room, of which kind, on which days, from when to when (0:00: midnight)."""

    room: UUID
    kind: str
    label: str
    recurrence: Recurrence
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of it: days to be blocked, days on which the house is closed anyway, and what is in the way."""

    free: tuple[dt.date, ...]
    closed: tuple[dt.date, ...]
    taken: tuple[Occupation, ...]

    @property
    def taken_days(self) -> set[dt.date]:
        """The days on which something is in the way."""
        return {one.during.lower.astimezone(clock.TOKYO).date() for one in self.taken}


def outlook(wanted: Wanted) -> Outlook:
    """What the series would meet; two statements.

    ``SpanUpsideDownError``, ``SeriesTooLongError``, ``UnknownRoomError``.
    """
    offer = offer_of(wanted.room, schema=scoped_connection().scope.schema)
    if wanted.starts >= wanted.ends and wanted.ends != dt.time():
        raise SpanUpsideDownError(field="ends")
    open_, closed = split(days_of(wanted.recurrence), lambda day: closing_on(offer, day) is not None)
    claims = {day: _claim(offer, wanted, day) for day in open_}
    rows = _in_the_way(offer, list(claims.values()))
    free = tuple(day for day, claim in claims.items() if not any(_overlaps(row, claim) for row in rows))
    taken = tuple(row for row in rows if any(_overlaps(row, claim) for claim in claims.values()))
    return Outlook(free, tuple(closed), taken)


def block_series(*, actor: Actor, wanted: Wanted, skips_taken: bool = False) -> BlockSeries:
    """Block all days of the series on which the house is open, in one transaction.

    ``SlotTakenError`` where something is in the way, unless those days are skipped. Also the errors of ``outlook``.
    """
    with conflicts_told(), transaction.atomic():
        seen = outlook(wanted)
        if (seen.taken and not skips_taken) or not seen.free:
            raise SlotTakenError(field="last_day")
        offer = offer_of(wanted.room, schema=scoped_connection().scope.schema)
        series = _series(wanted)
        rows: list[Block | Occupation] = []
        for day in seen.free:
            claim = _claim(offer, wanted, day)
            secure(claim, now=clock.now())
            block = Block(
                series=series,
                room_id=wanted.room,
                kind=wanted.kind,
                during=claim.span,
                label=wanted.label,
                created_at=series.created_at,
            )
            rows += [block, *occupations(claim, kind=OccupationKind(wanted.kind), block=block.pk)]
        blocks = [row for row in rows if isinstance(row, Block)]
        insert_together(
            series,
            *blocks,
            *(row for row in rows if isinstance(row, Occupation)),
            entry(
                actor,
                Action.CREATE,
                object_type="block_series",
                object_id=series.pk,
                kind=wanted.kind,
                days=len(blocks),
                skipped=len(seen.taken_days),
            ),
        )
    return series


@transaction.atomic
def lift_series(*, actor: Actor, series: UUID) -> int:
    """Lift the blocks of a series that have not begun, and say how many; ``UnknownSettingError`` for none."""
    ahead = Block.objects.filter(series=series, during__startswith__gt=clock.now())
    lifted = ahead.count()
    if not lifted:
        raise UnknownSettingError
    ahead.delete()
    record(actor, Action.DELETE, object_type="block_series", object_id=series, days=lifted)
    return lifted


def _series(wanted: Wanted) -> BlockSeries:
    rule = wanted.recurrence
    return BlockSeries(
        room_id=wanted.room,
        kind=wanted.kind,
        label=wanted.label,
        weekdays=sorted(rule.weekdays),
        ordinals=sorted(rule.ordinals),
        first_day=rule.first,
        last_day=rule.last,
        starts=wanted.starts,
        ends=wanted.ends,
        created_at=clock.now(),
    )


def _claim(offer: Offer, wanted: Wanted, day: dt.date) -> Claim:
    starts_at, ends_at = span_of(Slot(0, "", "", wanted.starts, wanted.ends), day)
    return Claim(offer.parts, starts_at, ends_at)


def _in_the_way(offer: Offer, claims: Sequence[Claim]) -> list[Occupation]:
    if not claims:
        return []
    span = DateTimeTZRange(claims[0].starts_at, claims[-1].ends_at)
    rows = Occupation.objects.filter(part__in=offer.parts, during__overlap=span).select_related("booking", "block")
    now = clock.now()
    return [row for row in rows.order_by("during") if row.expires_at is None or row.expires_at > now]


def _overlaps(row: Occupation, claim: Claim) -> bool:
    return bool(row.during.lower < claim.ends_at and claim.starts_at < row.during.upper)
