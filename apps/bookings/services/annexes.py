"""A room does not go while its annex (附属室場) stays booked alone."""

from __future__ import annotations

from apps.bookings.gear_errors import AnnexStandsError
from apps.bookings.models import Booking
from apps.bookings.rules.states import HOLD, OCCUPYING


def check_annexes_gone(booking: Booking) -> None:
    """Raise ``AnnexStandsError`` while the registrant has an annex of the booking's room in its time; one statement."""
    found = Booking.objects.filter(
        registrant=booking.registrant_id,
        room__parent=booking.room_id,
        during__overlap=booking.during,
        state__in=OCCUPYING - {HOLD},
    )
    number = found.values_list("number", flat=True).first()
    if number is not None:
        raise AnnexStandsError(number=number)
