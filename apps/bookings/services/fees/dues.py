"""By when a fee is paid (納付期限), as the facility's terms of the day of the charge have it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.bookings.models import Booking
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.fees.due import DueTerms, due_on
from kernel import clock
from kernel.clock import TOKYO


@dataclass(frozen=True, slots=True)
class DueDay:
    """The kind of 納期 and its day; None where none is set."""

    kind: str = ""
    day: dt.date | None = None


NOT_SET: Final = DueDay()


def due_for(booking: Booking, facility: UUID) -> DueDay:
    """By when a fee that is charged today is paid; one statement."""
    return due_by(terms_on(facility, clock.today()).payment, booking)


def due_by(terms: DueTerms, booking: Booking) -> DueDay:
    """By when a fee that is charged today is paid, by terms that were read already; no statement."""
    today = clock.today()
    applied = booking.applied_at.astimezone(TOKYO).date() if booking.applied_at else today
    return DueDay(terms.kind, due_on(terms, use=booking.day, applied=applied, charged=today))
