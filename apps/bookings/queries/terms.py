"""Reading a facility's terms (予約の定め) on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Subquery
from django.db.models.expressions import OuterRef

from apps.bookings.models import BookingTerms, Facility
from apps.bookings.rules.terms import Terms, from_json


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
