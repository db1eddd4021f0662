"""次に空いている日時: of any rooms of any tenants, in one statement."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Final
from uuid import UUID

from django.db.models import Q

from apps.bookings.queries.availability import TakenByDay
from apps.bookings.rules.availability import Taken
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.searching import ANY_TIME, Stretch, Times, next_stretches, wanted_days
from apps.bookings.rules.window import Who
from kernel import clock
from shared.occupancy.models import Occupancy

FARTHEST: Final = dt.timedelta(days=92)
"""So far a room's next free time is looked for."""


def next_free(
    offers: Sequence[Offer],
    *,
    times: Times = ANY_TIME,
    weekdays: Collection[int] = (),
    who: Mapping[UUID, Who] | None = None,
    days: dt.timedelta = FARTHEST,
    at_most: int = 1,
) -> dict[UUID, list[Stretch]]:
    """Room -> its next free stretches from today on, ``at_most`` of each; one statement."""
    first, now = clock.today(), clock.now()
    span = wanted_days(first, first + days, weekdays)
    taken = _taken(offers, first, first + days) if offers else {}
    return {
        offer.room: list(
            islice(
                next_stretches(
                    offer, span, taken.get(offer.room, {}), now, times, who=(who or {}).get(offer.room, Who.RESIDENT)
                ),
                at_most,
            )
        )
        for offer in offers
    }


def _taken(offers: Sequence[Offer], first: dt.date, last: dt.date) -> dict[UUID, TakenByDay]:
    """Room -> day -> what is taken of its parts. Holds that are over do not count."""
    rooms: dict[UUID, list[UUID]] = defaultdict(list)
    for offer in offers:
        for part in offer.parts:
            rooms[part].append(offer.room)
    rows = Occupancy.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=clock.now()),
        facility__in={offer.facility for offer in offers},
        part__in=list(rooms),
        day__range=(first, last),
    ).values_list("day", "part", "kind", "starts_at", "ends_at")
    found: dict[UUID, TakenByDay] = defaultdict(lambda: defaultdict(list))
    for day, part, kind, starts_at, ends_at in rows:
        for room in rooms[part]:
            found[room][day].append(Taken(part, kind, starts_at, ends_at))
    return found
