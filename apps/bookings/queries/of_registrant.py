"""Reading a registrant's bookings at this tenant (使用履歴)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.bookings.models import Booking


def bookings_of(registrant: UUID) -> QuerySet[Booking]:
    """All bookings of a registrant, the newest day of use first, with their rooms."""
    found = Booking.objects.filter(registrant=registrant).select_related("room__facility")
    return found.order_by("-day", "-during", "id")
