"""Reading the applications that await a decision (審査待ちの申請)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from apps.bookings.models import Booking, Room
from apps.bookings.rules.states import WAITING


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which of them are wanted; None for any."""

    facility: UUID | None = None
    room: UUID | None = None
    day: dt.date | None = None
    state: str = ""


def applications_awaiting(wanted: InboxFilter) -> QuerySet[Booking]:
    """The applications in the order in which they came, with what a list shows of them."""
    found = Booking.objects.filter(state__in=WAITING)
    if wanted.facility is not None:
        found = found.filter(room__facility=wanted.facility)
    if wanted.room is not None:
        found = found.filter(room=wanted.room)
    if wanted.day is not None:
        found = found.filter(day=wanted.day)
    if wanted.state in WAITING:
        found = found.filter(state=wanted.state)
    return found.select_related("registrant", "room__facility", "purpose").order_by("applied_at", "id")


def rooms_of_desk() -> list[Room]:
    """All rooms of the tenant with their facilities, in the order of the house; one statement."""
    return list(Room.objects.select_related("facility").order_by("facility__position", "facility__name", "position"))
