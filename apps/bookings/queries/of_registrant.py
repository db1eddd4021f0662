"""Reading a registrant's bookings at this tenant (使用履歴)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from apps.bookings.models import Booking
from kernel import clock

MOST: Final = 100
"""So many bookings to come are shown."""


def bookings_to_come(registrant: UUID) -> list[Booking]:
    """The bookings of a registrant that are not over, whatever their state, the nearest first; one statement."""
    found = _bookings_of(registrant).filter(during__endswith__gt=clock.now())
    return list(found.order_by("day", "during", "id")[:MOST])


def bookings_that_were(registrant: UUID) -> QuerySet[Booking]:
    """The bookings of a registrant that are over, the newest day of use first."""
    found = _bookings_of(registrant).filter(during__endswith__lte=clock.now())
    return found.order_by("-day", "-during", "id")


def _bookings_of(registrant: UUID) -> QuerySet[Booking]:
    return Booking.objects.filter(registrant=registrant).select_related("room__facility")
