"""What a mail about a booking says: plain values, no name and no address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from apps.bookings.models import Booking
from kernel.clock import TOKYO
from tenants.scope import scoped_connection


def mail_context(booking: Booking) -> dict[str, Any]:
    """The template context for ``bookings/mail/*``. The booking comes with room and facility loaded.

    Keys: ``number``, ``facility_name``, ``facility_name_en``, ``room_name``, ``room_name_en``, ``day``
    (YYYY-MM-DD), ``slots`` (labels), ``starts`` and ``ends`` (HH:MM, Asia/Tokyo; midnight at the end is 24:00),
    ``state``, ``reason``, ``path`` (the booking's page on the portal).
    """
    room, facility = booking.room, booking.room.facility
    return {
        "number": booking.number,
        "facility_name": facility.name,
        "facility_name_en": facility.name_en,
        "room_name": room.name,
        "room_name_en": room.name_en,
        "day": booking.day.isoformat(),
        "slots": list(booking.slot_labels),
        "starts": f"{booking.during.lower.astimezone(TOKYO):%H:%M}",
        "ends": hour_of_end(booking.during.upper),
        "state": str(booking.state),
        "reason": booking.reason,
        "due": booking.due_at.isoformat() if booking.due_at else "",
        "path": f"/places/{scoped_connection().scope.schema}/bookings/{booking.pk}/",
    }


def hour_of_end(instant: dt.datetime) -> str:
    """HH:MM in Japan; midnight is the end of the day, 24:00."""
    told = f"{instant.astimezone(TOKYO):%H:%M}"
    return "24:00" if told == "00:00" else told
