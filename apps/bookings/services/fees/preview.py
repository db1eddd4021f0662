"""What a new table would change: examples, computed by what holds and by what would hold. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from apps.bookings.models import Booking, BookingState, FeeSheet, FeeTable, Room
from apps.bookings.queries.fees import InForce, tables_on
from apps.bookings.queries.offers import offer_of
from apps.bookings.rules.fees.codec import decode
from apps.bookings.rules.fees.tables import Tables, Tariff
from apps.bookings.rules.fees.use import Facts
from apps.bookings.rules.listing import Offer
from apps.bookings.services.fees.pricing import Wanted, price_by, used_slots
from apps.bookings.services.fees.tables import NewTable
from kernel.errors import DomainError
from tenants.scope import scoped_connection

MOST: Final = 3
"""So many real bookings of a room are looked at."""
MOST_ROOMS: Final = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A use of a room and what it costs before and after; None where nothing is said about it."""

    room: str
    day: dt.date
    slots: str
    facts: Facts
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Examples, how many bookings from then on keep their fee as it was computed, and when another table follows."""

    examples: tuple[Example, ...]
    kept: int
    until: dt.date | None


def preview(new: NewTable) -> Preview:
    """What ``new`` would change from its first day on."""
    rooms = Room.objects.filter(facility=new.facility).order_by("position", "name")
    if new.room is not None:
        rooms = rooms.filter(pk=new.room)
    examples = [example for room in rooms[:MOST_ROOMS] for example in _examples(room, new)]
    return Preview(tuple(examples), _kept(new), _next(new))


def _next(new: NewTable) -> dt.date | None:
    """The first day of the table that was entered for later already."""
    found = FeeTable.objects.filter(facility=new.facility, room=new.room, kind=new.kind, valid_from__gt=new.valid_from)
    return found.order_by("valid_from").values_list("valid_from", flat=True).first()


def _kept(new: NewTable) -> int:
    states = [BookingState.UNDER_REVIEW, BookingState.PERMITTED]
    found = Booking.objects.filter(room__facility=new.facility, day__gte=new.valid_from, state__in=states)
    if new.room is not None:
        found = found.filter(room=new.room)
    return found.filter(fee_sheets__isnull=False).distinct().count()


def _examples(room: Room, new: NewTable) -> Iterator[Example]:
    offer = offer_of(room.pk, schema=scoped_connection().scope.schema)
    held = tables_on(room.facility_id, room.pk, new.valid_from)
    for day, numbers, facts in _uses(room, offer, new.valid_from):
        slots = "・".join(slot.label for slot in used_slots(offer, day, numbers))
        before = _total(held, offer, day, numbers, facts)
        after = _total(_replaced(held, new), offer, day, numbers, facts)
        yield Example(room.name, day, slots, facts, before, after)


def _uses(room: Room, offer: Offer, since: dt.date) -> Iterator[tuple[dt.date, tuple[int, ...], Facts]]:
    """Real bookings of late, brought to the same day of the week; without any, each slot and the whole day."""
    newest = FeeSheet.objects.filter(booking__room=room).select_related("booking").order_by("-made_at")[:MOST]
    found = False
    for sheet in newest:
        found = True
        day = since + dt.timedelta(days=(sheet.booking.day.isoweekday() - since.isoweekday()) % 7)
        yield day, tuple(sheet.booking.slot_numbers), decode(Facts, sheet.facts)
    if not found:
        numbers = [slot.number for slot in used_slots(offer, since)][:MOST]
        for number in numbers:
            yield since, (number,), Facts()
        if len(numbers) > 1:
            yield since, tuple(numbers), Facts()


def _total(held: InForce | None, offer: Offer, day: dt.date, numbers: tuple[int, ...], facts: Facts) -> int | None:
    wanted = Wanted(offer.room, day, numbers)
    try:
        priced = price_by(held, wanted, offer, facts) if held and used_slots(offer, day, numbers) else None
    except DomainError:
        return None
    return priced.fee.total if priced else None


def _replaced(held: InForce | None, new: NewTable) -> InForce | None:
    changed: dict[str, Any] = {str(new.kind): new.table}
    if held is not None:
        return InForce((), replace(held.tables, **changed))
    return InForce((), Tables(tariff=new.table)) if isinstance(new.table, Tariff) else None
