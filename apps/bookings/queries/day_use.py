"""A day's uses as they are entered (利用実績の入力): what was permitted, and what is entered of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from apps.bookings.models import Booking, DayCount, Facility
from apps.bookings.queries.counters import categories_on, closed_among, undivided
from apps.bookings.rules.attendance import Category
from apps.bookings.rules.states import USABLE


@dataclass(frozen=True, slots=True)
class DayAt:
    """One facility's day: its categories, its uses in the order of the clock, its count of individuals."""

    facility: Facility
    categories: tuple[Category, ...]
    bookings: tuple[Booking, ...]
    """With room, purpose and registrant; ``use_record`` is fetched too, and may be missing."""
    individuals: DayCount | None
    is_closed: bool


def day_of_use(day: dt.date) -> list[DayAt]:
    """The day at every facility of the tenant, in the order of the house; six statements."""
    categories, closed = categories_on(day), closed_among(day.replace(day=1))
    bookings: dict[UUID, list[Booking]] = {}
    related = ("room__facility", "purpose", "registrant", "use_record")
    for one in (
        Booking.objects.filter(day=day, state__in=USABLE)
        .select_related(*related)
        .order_by("during", "room__position", "id")
    ):
        bookings.setdefault(one.room.facility_id, []).append(one)
    individuals = {one.facility_id: one for one in DayCount.objects.filter(day=day)}
    return [
        DayAt(
            facility=place,
            categories=categories.get(place.pk) or undivided(),
            bookings=tuple(bookings.get(place.pk, ())),
            individuals=individuals.get(place.pk),
            is_closed=place.pk in closed,
        )
        for place in Facility.objects.all()
    ]


def days_missing(first: dt.date, until: dt.date, *, facility: UUID | None = None) -> dict[dt.date, int]:
    """Day -> permitted bookings without an entry, from ``first`` until ``until`` (not in it); one statement."""
    found = Booking.objects.filter(day__gte=first, day__lt=until, state__in=USABLE, use_record=None)
    if facility is not None:
        found = found.filter(room__facility=facility)
    return dict(found.order_by("day").values_list("day").annotate(Count("pk")))
