"""Staff enter who came on a day (実績入力): all bookings of one page in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import StalePageError, UnknownBookingError, WrongStateError
from apps.bookings.models import Booking, DayCount, Facility, UseRecord
from apps.bookings.queries.counters import categories_on, closed_among, undivided
from apps.bookings.rules.attendance import Category, check_day, check_use, counted
from apps.bookings.rules.states import USABLE
from apps.bookings.use_errors import MonthClosedError, UnknownCounterError
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together

WRITTEN: Final = ("outcome", "headcount", "counts", "entered_at", "entered_by", "version")


@dataclass(frozen=True, slots=True)
class UseEntry:
    """What was typed of one booking. ``seen_version`` is that of the entry the page showed, 0 where there was none."""

    booking: UUID
    outcome: str
    counts: Mapping[str, int | None]
    seen_version: int = 0


def enter_uses(*, actor: Actor, day: dt.date, entries: Sequence[UseEntry]) -> int:
    """Keep the entries of ``day`` that differ from what is kept, all or none; return how many. At most 9 statements.

    Raises ``UseNotYetError``, ``MonthClosedError``, ``UnknownBookingError`` for a booking of another day,
    ``WrongStateError``, ``StalePageError`` and the errors of ``check_use``.
    """
    check_day(day, clock.today())
    with transaction.atomic():
        bookings = _locked(day, entries)
        check_open(day, {booking.room.facility_id for booking in bookings.values()})
        categories = categories_on(day)
        changed = [row for one in entries if (row := _row(one, bookings[one.booking], categories, actor)) is not None]
        if changed:
            _write(actor, bookings, changed)
    return len(changed)


def count_day(
    *, actor: Actor, facility: UUID, day: dt.date, counts: Mapping[str, int | None], seen_version: int = 0
) -> None:
    """Keep the number of individuals of a day (個人利用の人数). Raises as ``enter_uses`` does."""
    check_day(day, clock.today())
    with transaction.atomic():
        if not Facility.objects.filter(pk=facility).exists():
            raise UnknownCounterError
        check_open(day, {facility})
        kept = DayCount.objects.select_for_update().filter(facility=facility, day=day).first()
        if (kept.version if kept else 0) != seen_version:
            raise StalePageError
        found = counted(counts, categories_on(day).get(facility) or undivided())
        values: dict[str, Any] = {
            "counts": found,
            "headcount": sum(found.values()),
            "entered_at": clock.now(),
            "entered_by": actor.id,
            "version": seen_version + 1,
        }
        DayCount.objects.update_or_create(facility_id=facility, day=day, defaults=values)
        record(actor, Action.CHANGE, object_type="day_count", object_id=f"{day}", people=values["headcount"])


def check_open(day: dt.date, facilities: set[UUID]) -> None:
    """``MonthClosedError`` where one of ``facilities`` has closed the month of ``day``; one statement."""
    if facilities & closed_among(day.replace(day=1)):
        raise MonthClosedError(month=f"{day:%Y-%m}")


def _locked(day: dt.date, entries: Sequence[UseEntry]) -> dict[UUID, Booking]:
    wanted = {one.booking for one in entries}
    rows = Booking.objects.select_for_update(of=("self",)).select_related("room", "use_record")
    found = {row.pk: row for row in rows.filter(pk__in=wanted, day=day).order_by("pk")}
    if set(found) != wanted:
        raise UnknownBookingError
    if any(row.state not in USABLE for row in found.values()):
        raise WrongStateError
    return found


def _row(
    one: UseEntry, booking: Booking, categories: Mapping[UUID, tuple[Category, ...]], actor: Actor
) -> UseRecord | None:
    """The entry to be written, or None where nothing differs."""
    kept: UseRecord | None = getattr(booking, "use_record", None)
    if (kept.version if kept else 0) != one.seen_version:
        raise StalePageError
    entered = check_use(one.outcome, one.counts, categories.get(booking.room.facility_id) or undivided())
    if kept is not None and (kept.outcome, kept.counts) == (entered.outcome, dict(entered.counts)):
        return None
    return UseRecord(
        pk=kept.pk if kept else None,
        booking=booking,
        day=booking.day,
        outcome=entered.outcome,
        headcount=entered.headcount,
        counts=dict(entered.counts),
        entered_at=clock.now(),
        entered_by=actor.id,
        version=one.seen_version + 1,
    )


def _write(actor: Actor, bookings: Mapping[UUID, Booking], rows: Sequence[UseRecord]) -> None:
    UseRecord.objects.bulk_create([row for row in rows if row.version == 1])
    changed = [row for row in rows if row.version > 1]
    if changed:
        UseRecord.objects.bulk_update(changed, WRITTEN)
    insert_together(
        *(
            entry(
                actor,
                Action.CHANGE,
                object_type="booking",
                object_id=row.booking_id,
                persons=[bookings[row.booking_id].registrant_id],
                act=row.outcome,
            )
            for row in rows
        )
    )
