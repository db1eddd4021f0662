"""A public use of rooms as the tests draft it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, Final

from apps.bookings.models import Booking, Displacement, DisplacementHit, Room
from apps.bookings.rules.displacing import Span
from apps.bookings.services.displacement.carry_out import carry_out
from apps.bookings.services.displacement.choosing import Choice, choose
from apps.bookings.services.displacement.draft import Draft, draft
from apps.bookings.services.displacement.find import find_hits
from kernel.clock import TOKYO
from shared.actor import Actor
from tests import factories

STAFF: Final = Actor(kind="staff", id=uuid.uuid4())
REASON: Final = "市議会議員選挙の投票所とするため"


def whole_day(day: dt.date | None = None) -> Span:
    """A day from midnight to midnight."""
    first = dt.datetime.combine(day or factories.soon(), dt.time(), TOKYO)
    return first, first + dt.timedelta(days=1)


def hours(starts: int, ends: int, day: dt.date | None = None) -> Span:
    """Some hours of a day."""
    at = whole_day(day)[0]
    return at + dt.timedelta(hours=starts), at + dt.timedelta(hours=ends)


def wanted(*rooms: Room, spans: Sequence[Span] = (), **values: Any) -> Draft:
    """What is needed: the rooms on a polling day."""
    said = {"occasion": "polling", "article": "公職選挙法第39条", "reason": REASON} | values
    ids = tuple(room.pk for room in rooms)
    return Draft(facility=rooms[0].facility_id, rooms=ids, spans=tuple(spans) or (whole_day(),), **said)


def looked_for(*rooms: Room, **values: Any) -> Displacement:
    """Drafted, and its hits found; inside the tenant's unit of work."""
    drafted = draft(actor=STAFF, wanted=wanted(*rooms, **values))
    return find_hits(actor=STAFF, displacement=drafted.pk)


def hit_of(found: Displacement, booking: Booking) -> DisplacementHit:
    """What the displacement says of a booking."""
    return DisplacementHit.objects.get(displacement=found, booking=booking.pk)


def chosen(found: Displacement, **fates: tuple[Booking, Choice]) -> None:
    """Choose for bookings, each under any name."""
    said = {hit_of(found, booking).pk: choice for booking, choice in fates.values()}
    choose(actor=STAFF, displacement=found.pk, choices=said)


def carried_out(found: Displacement) -> Displacement:
    """Carried out as it was chosen."""
    return carry_out(actor=STAFF, displacement=found.pk)
