"""Whose window an application falls under."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.bookings.rules.listing import Offer
from apps.bookings.rules.residency import Home, best_of
from apps.bookings.rules.window import Who, depends_on_who
from apps.registrants.models import Registrant
from apps.registrants.queries.standing import in_force
from kernel import clock


def home_of(registrant: UUID) -> Home:
    """What is known of where somebody lives; one statement. Nothing of whom the caller may not see."""
    row = Registrant.objects.filter(pk=registrant).values_list("extras", "address").first()
    return _home(*row) if row else Home("", "")


def who_looks(offer: Offer, day: dt.date) -> Who:
    """Of the signed-in account, by its registrations here; one statement where the window depends on it."""
    if not depends_on_who(offer, day):
        return Who.RESIDENT
    rows = in_force(clock.today()).values_list("extras", "address")
    return best_of((_home(*row) for row in rows), offer.city)


def _home(extras: dict[str, str], address: str) -> Home:
    return Home(str(extras.get("residence") or ""), address)
