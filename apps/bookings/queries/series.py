"""What stands against the days of a series, read before anything is booked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from apps.bookings.errors import BookingError, ClosedDayError
from apps.bookings.models import Occupation
from apps.bookings.rules.choice import choose
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.series import CLOSED, FREE, NO_SLOT, PAST, TAKEN, Planned
from kernel.clock import TOKYO


def planned(offer: Offer, days: Sequence[dt.date], slots: Collection[int], *, now: dt.datetime) -> list[Planned]:
    """Each day with what stands against it: closed, no such slots, begun, taken, or nothing; one statement."""
    begin = dt.datetime.combine(days[0], dt.time(), TOKYO)
    span = DateTimeTZRange(begin, dt.datetime.combine(days[-1], dt.time(), TOKYO) + dt.timedelta(days=2))
    found = Occupation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), part__in=offer.parts)
    taken = list(found.filter(during__overlap=span).values_list("during", flat=True))
    return [_planned(offer, day, slots, taken, now) for day in days]


def _planned(
    offer: Offer, day: dt.date, slots: Collection[int], taken: Sequence[DateTimeTZRange], now: dt.datetime
) -> Planned:
    try:
        choice = choose(offer, day, slots)
    except ClosedDayError as error:
        return Planned(day, CLOSED, str(error.params["label"]))
    except BookingError:
        return Planned(day, NO_SLOT)
    if choice.starts_at <= now:
        return Planned(day, PAST)
    if any(one.lower < choice.ends_at and choice.starts_at < one.upper for one in taken):
        return Planned(day, TAKEN)
    return Planned(day, FREE)
