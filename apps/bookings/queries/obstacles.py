"""Bookings that stand in the way of closing their registrant's registration (抹消を妨げる予約)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from apps.bookings.models import Booking
from apps.bookings.rules.states import AHEAD, HOLD
from apps.registrants.errors import Obstacle
from kernel import clock

MOST: Final = 100
"""So many are told; whoever has more knows enough."""


def future_bookings(registrant: UUID) -> list[Obstacle]:
    """The registrant's bookings that occupy a room and are not over, the nearest first; one statement."""
    now = clock.now()
    occupying = Q(state__in=AHEAD) | Q(state=HOLD, hold_expires_at__gt=now)
    found = Booking.objects.filter(occupying, registrant=registrant, during__endswith__gt=now)
    rows = found.order_by("day", "during").values_list("pk", "number", "day")[:MOST]
    return [Obstacle(gettext("予約"), number, day, "desk:booking", pk) for pk, number, day in rows]
