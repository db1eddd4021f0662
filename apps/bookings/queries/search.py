"""Finding facilities across tenants: by name, area, kind, purpose and day, in at most three statements."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from apps.bookings.queries.availability import RoomDays, room_days
from apps.bookings.queries.offers import public_offers
from shared.catalogue.models import CatalogueFacility
from shared.occupancy.models import RoomListing

PURPOSES = """
SELECT DISTINCT ON (one->>'code') one->>'code', one->>'name', one->>'name_en'
FROM shared.occupancy_roomlisting, jsonb_array_elements(details->'purposes') one
WHERE is_public ORDER BY one->>'code'
"""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a citizen looks for; empty means any."""

    word: str = ""
    area: str = ""
    category: str = ""
    purpose: str = ""
    day: dt.date | None = None

    @property
    def about_rooms(self) -> bool:
        """Whether only facilities with a fitting room are wanted."""
        return bool(self.purpose or self.day)


@dataclass(frozen=True, slots=True)
class FoundFacility:
    """A facility that fits, with its fitting public rooms and their marks on the day, if one was given."""

    facility: CatalogueFacility
    rooms: list[RoomDays] = field(default_factory=list)


def search(criteria: Criteria) -> list[FoundFacility]:
    """The facilities that fit, bookable ones first; at most three statements."""
    facilities = list(_facilities(criteria))
    rooms = RoomListing.objects.filter(facility__in=[one.pk for one in facilities])
    if criteria.purpose:
        rooms = rooms.filter(purposes__contains=[criteria.purpose])
    by_facility: dict[UUID, list[RoomDays]] = defaultdict(list)
    for one in room_days(public_offers(rooms), [criteria.day] if criteria.day else []):
        by_facility[one.offer.facility].append(one)
    found = [FoundFacility(facility, by_facility[facility.pk]) for facility in facilities]
    return [one for one in found if one.rooms or not criteria.about_rooms]


def areas() -> list[str]:
    """The areas (地域) that the catalogue knows; one statement."""
    rows = CatalogueFacility.objects.exclude(area="").order_by("area").values_list("area", flat=True)
    return list(rows.distinct())


def purposes() -> list[tuple[str, str, str]]:
    """Code, name and English name of every purpose that some public room allows; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(PURPOSES)
        rows: list[tuple[str, str, str]] = cursor.fetchall()
    return rows


def _facilities(criteria: Criteria) -> QuerySet[CatalogueFacility]:
    bookable_first = F("tenant_id").asc(nulls_last=True)
    rows = CatalogueFacility.objects.select_related("tenant").order_by(bookable_first, "name_kana", "pk")
    if criteria.word:
        rows = rows.filter(
            Q(name__icontains=criteria.word)
            | Q(name_kana__icontains=criteria.word)
            | Q(common_name__icontains=criteria.word)
            | Q(name_en__icontains=criteria.word)
        )
    if criteria.area:
        rows = rows.filter(area=criteria.area)
    if criteria.category:
        rows = rows.filter(category=criteria.category)
    return rows
