"""The month's use of all facilities, for the city: four statements, whatever the number of tenants."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db import connection

from apps.bookings.queries.availability import TakenByDay, days_of_month
from apps.bookings.queries.offers import offers
from apps.bookings.rules.availability import Taken
from apps.bookings.rules.usage import CITY_USE, SHUT, Asked, FacilityUsage, usage
from shared.catalogue.models import CatalogueFacility
from shared.occupancy.models import Occupancy, RoomListing

ASKED: Final = """
SELECT room, day, state, starts_at, ends_at, headcount, outcome, people FROM shared.city_booking
WHERE day BETWEEN %s AND %s AND applied_at IS NOT NULL
UNION ALL
SELECT room, day, state, starts_at, ends_at, headcount,
       CASE WHEN state = 'permitted' AND headcount > 0 THEN 'came' ELSE '' END,
       CASE WHEN state = 'permitted' THEN coalesce(headcount, 0) ELSE 0 END
FROM shared.city_past_booking
WHERE day BETWEEN %s AND %s
"""


def usage_of_month(month: dt.date) -> list[FacilityUsage]:
    """The figures of every facility with rooms, in the catalogue's order. Holds (仮押え) are no applications.

    Uses from before this system (``PastBooking``) count like bookings.
    """
    days = days_of_month(month)
    places = _places()
    rooms = offers(RoomListing.objects.all())
    rooms.sort(key=lambda offer: places.get(offer.facility, len(places)))
    return usage(rooms, days, _blocks(days), _asked(days))


def _places() -> Mapping[UUID, int]:
    """Facility -> its place in the catalogue's order."""
    ids = CatalogueFacility.objects.filter(tenant__isnull=False).values_list("pk", flat=True)
    return {facility: place for place, facility in enumerate(ids)}


def _blocks(days: Sequence[dt.date]) -> TakenByDay:
    rows = Occupancy.objects.filter(day__range=(days[0], days[-1]), kind__in=[*SHUT, CITY_USE])
    found: TakenByDay = defaultdict(list)
    for day, part, kind, starts_at, ends_at in rows.values_list("day", "part", "kind", "starts_at", "ends_at"):
        found[day].append(Taken(part, kind, starts_at, ends_at))
    return found


def _asked(days: Sequence[dt.date]) -> list[Asked]:
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [days[0], days[-1]] * 2)
        return [Asked(*row) for row in cursor.fetchall()]
