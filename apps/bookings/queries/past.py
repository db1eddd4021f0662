"""Reading uses of before: a registrant's, and what was never paid."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext

from apps.bookings.models import PastBooking, PastState
from apps.registrants.errors import Obstacle

MOST: Final = 100
SHOWN_OF_PAST: Final = ("id", "registrant", "number", "day", "state", "fee", "paid", "settled_on")


def past_uses_of(registrant: UUID) -> QuerySet[PastBooking]:
    """All uses of a registrant from before this system, the newest first, with their rooms."""
    found = PastBooking.objects.filter(registrant=registrant).select_related("room__facility")
    return found.order_by(F("day").desc(), F("starts_at").desc(nulls_last=True), "id")


def unpaid_of(registrant: UUID) -> list[PastBooking]:
    """Uses whose fee the other system says was not paid in full, and that the desk has not settled; one statement.

    The portal too reads it, of the own registrations, and these columns alone (``SHOWN_OF_PAST``).
    """
    owed = PastBooking.objects.only(*SHOWN_OF_PAST).filter(
        registrant=registrant, state=PastState.PERMITTED, settled_on=None, paid__lt=F("fee")
    )
    return list(owed.order_by("day", "id")[:MOST])


def unpaid_obstacles(registrant: UUID) -> list[Obstacle]:
    """The same as what stands in the way of closing the registration, whatever the day."""
    what = gettext("未納の使用料（過去の利用）")
    return [Obstacle(what, one.number, None, "desk:past_use", registrant) for one in unpaid_of(registrant)]
