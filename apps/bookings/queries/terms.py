"""Reading a facility's terms (予約の定め) on a day, and measures in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery
from django.db.models.expressions import OuterRef

from apps.bookings.models import BookingTerms, Facility, Measure, MeasureState
from apps.bookings.queries.offers import COLUMNS, only
from apps.bookings.rules.listing import Offer, offer_from
from apps.bookings.rules.terms import Terms, from_json
from shared.occupancy.models import RoomListing


def terms_of(facility: OuterRef, day: dt.date) -> Subquery:
    """Of another query: the content of the terms of its facility that hold on ``day``, or NULL."""
    held = BookingTerms.objects.filter(facility=facility, valid_from__lte=day).order_by("-valid_from")
    return Subquery(held.values("content")[:1])


def terms_on(facility: UUID, day: dt.date) -> Terms:
    """The newest terms that have begun by ``day``, or the defaults; one statement."""
    found = BookingTerms.objects.filter(facility=facility, valid_from__lte=day).order_by("-valid_from")
    return from_json(found.values_list("content", flat=True).first())


def terms_by_facility(day: dt.date) -> dict[UUID, Terms]:
    """The terms of every facility of the tenant; one statement."""
    rows = Facility.objects.annotate(held=terms_of(OuterRef("pk"), day)).values_list("pk", "held")
    return {facility: from_json(content) for facility, content in rows}


def offer_and_terms(room: UUID, *, schema: str, day: dt.date) -> tuple[Offer, Terms]:
    """A room's offer and its facility's terms on ``day``; one statement. ``UnknownRoomError``."""
    rows = RoomListing.objects.filter(room=room, tenant=schema).annotate(terms=terms_of(OuterRef("facility"), day))
    row = rows.values(*COLUMNS, "terms").first()
    content = row.pop("terms") if row else None
    return only([offer_from(**row)] if row else []), from_json(content)


@dataclass(frozen=True, slots=True)
class TermsInTime:
    """Terms with their day: whether they hold now, or are still to come."""

    valid_from: dt.date
    terms: Terms
    holds: bool
    comes: bool


def terms_in_time(facility: UUID, today: dt.date) -> list[TermsInTime]:
    """All terms of a facility, the newest first; one statement."""
    rows = list(BookingTerms.objects.filter(facility=facility).order_by("-valid_from"))
    begun = next((row.valid_from for row in rows if row.valid_from <= today), None)
    return [
        TermsInTime(row.valid_from, from_json(row.content), row.valid_from == begun, row.valid_from > today)
        for row in rows
    ]


def measures_of(registrant: UUID, kind: str, day: dt.date) -> QuerySet[Measure]:
    """The measures of ``kind`` that are in force against somebody on ``day``."""
    in_time = Q(first__lte=day) & (Q(last=None) | Q(last__gte=day))
    return Measure.objects.filter(in_time, registrant=registrant, kind=kind, state=MeasureState.TAKEN)
