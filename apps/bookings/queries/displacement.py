"""Public uses of rooms (行政使用): which bookings they hit, where these may go, and what was done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.bookings.displacement_errors import UnknownDisplacementError
from apps.bookings.models import (
    Booking,
    BookingState,
    Displacement,
    DisplacementHit,
    EquipmentUse,
    Occupation,
    Payment,
    Refund,
)
from apps.bookings.queries.annexes import families_of
from apps.bookings.queries.offers import offers
from apps.bookings.rules.displacing import Figures, Need, Proposal, Span, Taken, proposals_for
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.states import AHEAD, OCCUPYING
from kernel import clock
from kernel.clock import TOKYO
from shared.occupancy.models import RoomListing
from shared.publicuse.models import Place, PlaceState
from tenants.scope import scoped_connection

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Found:
    """The bookings that are hit, citizens' holds apart, and what is proposed for each of the first."""

    bookings: tuple[Booking, ...]
    holds: tuple[Booking, ...]
    offers: tuple[Offer, ...]
    proposals: dict[UUID, list[Proposal]]


def displacement_of(pk: UUID) -> Displacement:
    """The displacement with its facility; one statement. ``UnknownDisplacementError``."""
    found = Displacement.objects.select_related("facility").filter(pk=pk).first()
    if found is None:
        raise UnknownDisplacementError
    return found


def all_offers() -> tuple[Offer, ...]:
    """What all rooms of the tenant offer; one statement."""
    schema = scoped_connection().scope.schema
    return tuple(offers(RoomListing.objects.filter(tenant=schema).order_by("facility", "position", "room")))


def parts_of(rooms: Collection[UUID], offered: Iterable[Offer]) -> frozenset[UUID]:
    """The parts of which ``rooms`` are made: a whole takes its halves along, and a half the whole."""
    return frozenset(part for offer in offered if offer.room in rooms for part in offer.parts)


def hit_by(parts: Collection[UUID], spans: Sequence[Span]) -> list[Booking]:
    """The bookings that lie ahead, and live holds, of any room that has one of ``parts``; one statement.

    With room, facility, purpose and registrant. Annotated: ``account``, ``paid`` (yen received, less what was decided
    to go back), ``lent`` (kinds of equipment).
    """
    if not parts:
        return []
    now = clock.now()
    taken = Occupation.objects.filter(_during(spans), part__in=parts, booking=OuterRef("pk"))
    found = Booking.objects.filter(
        Exists(taken.filter(Q(expires_at=None) | Q(expires_at__gt=now))),
        Q(state__in=AHEAD) | Q(state=BookingState.HOLD, hold_expires_at__gt=now),
        during__endswith__gt=now,
    )
    return list(_as_hit(found))


def annexes_beside(bookings: Collection[UUID]) -> list[Booking]:
    """The annexes (附属の室場) beside ``bookings`` that are not among them, as ``hit_by`` tells; one statement."""
    if not bookings:
        return []
    beside = Booking.objects.filter(pk__in=families_of(bookings), state__in=OCCUPYING).exclude(pk__in=bookings)
    return list(_as_hit(beside))


def annexes_going(displacement: UUID) -> list[Booking]:
    """The annexes that would be cancelled with the bookings for which that is chosen; three statements."""
    hits = DisplacementHit.objects.filter(displacement=displacement)
    going = list(hits.filter(choice="cancel").values_list("booking", flat=True))
    known = set(hits.values_list("booking", flat=True)) if going else set()
    return [one for one in annexes_beside(going) if one.pk not in known and one.state != BookingState.HOLD]


def _as_hit(found: QuerySet[Booking]) -> QuerySet[Booking]:
    own = OuterRef("pk")
    paid = _sum(Payment.objects.filter(booking=own, void=None), Sum("amount"))
    back = _sum(Refund.objects.filter(booking=own, void_at=None), Sum("amount"))
    lent = _sum(EquipmentUse.objects.filter(booking=own), Count("pk"))
    whole = found.select_related("room__facility", "purpose", "registrant")
    told = whole.annotate(account=F("registrant__portal_account"), paid=paid - back, lent=lent)
    return told.order_by("day", "during", "pk")


def found_by(rooms: Collection[UUID], spans: Sequence[Span]) -> Found:
    """What a use of ``rooms`` hits, and the proposals for all of it; three statements, however many are hit."""
    offered = all_offers()
    parts = parts_of(rooms, offered)
    rows = hit_by(parts, spans)
    bookings = tuple(one for one in rows if one.state != BookingState.HOLD)
    taken = _taken(bookings, parts, spans, offered)
    now = clock.now()
    return Found(
        bookings=bookings,
        holds=tuple(one for one in rows if one.state == BookingState.HOLD),
        offers=offered,
        proposals={one.pk: proposals_for(need_of(one), offered, taken, now) for one in bookings},
    )


def need_of(booking: Booking) -> Need:
    """A booking as another place must suit it; annotated by ``hit_by``."""
    return Need(
        booking=booking.pk,
        room=booking.room_id,
        day=booking.day,
        starts_at=booking.during.lower,
        ends_at=booking.during.upper,
        slots=tuple(booking.slot_numbers),
        purpose=booking.purpose_id,
        headcount=booking.headcount or 1,
        has_equipment=bool(getattr(booking, "lent", 0)),
    )


def spans_of(row: Any) -> tuple[Span, ...]:
    """The spans of a displacement or an order, as pairs of instants."""
    return tuple((one.lower, one.upper) for one in row.spans)


def ranges(spans: Iterable[Span]) -> list[DateTimeTZRange]:
    """Spans as PostgreSQL takes them."""
    return [DateTimeTZRange(*span) for span in spans]


def hits_of(displacement: UUID) -> QuerySet[DisplacementHit]:
    """The hits with their bookings, in the order of time."""
    rows = DisplacementHit.objects.filter(displacement=displacement)
    return rows.select_related("booking__room", "booking__registrant", "booking__purpose", "target_room").order_by(
        "was__day", "was__starts", "id"
    )


def figures_of(displacement: UUID) -> Figures:
    """What is chosen so far in numbers; one statement."""
    rows = DisplacementHit.objects.filter(displacement=displacement)
    sums = rows.aggregate(
        hits=Count("pk"),
        renters=Count("booking__registrant", distinct=True),
        people=Coalesce(Sum("booking__headcount"), 0),
        moved=Count("pk", filter=Q(choice="move")),
        cancelled=Count("pk", filter=Q(choice="cancel")),
        kept=Count("pk", filter=Q(choice="keep")),
        refund=Coalesce(Sum("paid", filter=Q(choice="cancel")), 0),
    )
    return Figures(**sums)


def displacements() -> QuerySet[Displacement]:
    """All of the tenant with their facilities, the newest first."""
    return Displacement.objects.select_related("facility").order_by("-drafted_at", "id")


def waiting_orders() -> list[Place]:
    """Orders of the city to this tenant that were not carried out, the oldest first; one statement."""
    rows = Place.objects.filter(state__in=[PlaceState.SENT, PlaceState.RECEIVED]).select_related("order")
    return list(rows.order_by("order__ordered_at", "id"))


def place_of(found: Displacement) -> Place | None:
    """The city's order that a displacement carries out, if it is one; at most one statement."""
    return Place.objects.select_related("order").filter(pk=found.place).first() if found.place else None


def live_holds(parts: Collection[UUID], spans: Sequence[Span]) -> int:
    """How many citizens hold one of ``parts`` at this moment; one statement."""
    now = clock.now()
    rows = Occupation.objects.filter(_during(spans), part__in=parts, expires_at__gt=now, booking__isnull=False)
    return rows.values("booking").distinct().count()


def order_to(place: UUID) -> Place:
    """One of them, whatever its state. ``UnknownDisplacementError`` for another tenant's."""
    found = Place.objects.select_related("order").filter(pk=place).first()
    if found is None:
        raise UnknownDisplacementError
    return found


def _sum(rows: QuerySet[Any], of: Sum | Count) -> Coalesce:
    """Of another query's booking: ``of`` over its rows, or nothing."""
    summed = rows.order_by().values("booking").annotate(sum=of).values("sum")
    return Coalesce(Subquery(summed, output_field=IntegerField()), 0)


def _during(spans: Sequence[Span]) -> Q:
    return reduce(or_, (Q(during__overlap=DateTimeTZRange(*span)) for span in spans))


def _taken(
    bookings: Sequence[Booking], parts: Collection[UUID], spans: Sequence[Span], offered: Sequence[Offer]
) -> Taken:
    """What is not free in the weeks of the bookings, the rooms that are needed among it; one statement, or none."""
    taken: dict[UUID, list[Span]] = defaultdict(list)
    for part in parts:
        taken[part] += spans
    if not bookings:
        return taken
    first = dt.datetime.combine(min(one.day for one in bookings) - WEEK, dt.time(), TOKYO)
    last = dt.datetime.combine(max(one.day for one in bookings) + WEEK, dt.time(), TOKYO)
    rows = Occupation.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=clock.now()), during__overlap=DateTimeTZRange(first, last)
    )
    for part, during in rows.values_list("part", "during"):
        taken[part].append((during.lower, during.upper))
    return taken
