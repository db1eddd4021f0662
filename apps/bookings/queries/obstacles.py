"""Bookings that stand in the way of closing their registrant's registration (抹消を妨げる予約)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from apps.bookings.models import Booking
from apps.bookings.queries.ledgers import GOES_BACK, OWING, ledger_from, with_ledger
from apps.bookings.rules.states import AHEAD, HOLD
from apps.registrants.errors import Obstacle
from kernel import clock

MOST: Final = 100
"""So many are told; whoever has more knows enough."""
OWN: Final = "citizen:booking"
"""Where the booking's own citizen sees it."""


def future_bookings(registrant: UUID) -> list[Obstacle]:
    """The registrant's bookings that occupy a room and are not over, the nearest first; one statement."""
    now = clock.now()
    occupying = Q(state__in=AHEAD) | Q(state=HOLD, hold_expires_at__gt=now)
    found = Booking.objects.filter(occupying, registrant=registrant, during__endswith__gt=now)
    rows = found.order_by("day", "during").values_list("pk", "number", "day")[:MOST]
    return [Obstacle(gettext("予約"), number, day, "desk:booking", pk, OWN) for pk, number, day in rows]


def open_money(registrant: UUID) -> list[Obstacle]:
    """The registrant's fees that are not paid and refunds that are not finished, whatever the day; one statement.

    A fee counts before the use too: a closing from a later day on would leave it behind.
    """
    found = with_ledger(Booking.objects.filter(registrant=registrant)).filter(OWING | GOES_BACK)
    return [_of_money(one) for one in found.order_by("day", "during")[:MOST]]


def _of_money(booking: Booking) -> Obstacle:
    what = gettext("未納の使用料") if ledger_from(booking).owed > 0 else gettext("終わっていない還付")
    return Obstacle(what, booking.number, None, "desk:payments", booking.pk, OWN)
