"""What a clerk should look at before two records become one."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext

from apps.bookings.models import Booking
from apps.bookings.rules.states import AHEAD
from apps.registrants.errors import Obstacle
from kernel import clock

MOST: Final = 20


def clashing(one: UUID, other: UUID) -> list[Obstacle]:
    """Bookings to come of the two records at the same time, the nearest first; one statement."""
    ahead = Booking.objects.filter(Q(registrant=one) | Q(registrant=other), state__in=AHEAD)
    theirs = ahead.filter(during__overlap=OuterRef("during")).exclude(registrant=OuterRef("registrant"))
    found = ahead.filter(Exists(theirs), during__endswith__gt=clock.now()).order_by("day", "during", "number")
    rows = found.values_list("pk", "number", "day", F("registrant__number"))[:MOST]
    what = gettext("同じ時間に、もう一方の登録の予約もあります")
    return [Obstacle(what, f"{number}（{whose}）", day, "desk:booking", pk) for pk, number, day, whose in rows]
