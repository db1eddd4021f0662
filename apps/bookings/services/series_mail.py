"""One mail for all that was done to a series."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import models

from apps.bookings.mail import mail_context
from apps.bookings.models import Booking
from kernel.clock import TOKYO
from shared.outbox.messages import message


def series_mail(account: UUID | None, bookings: Sequence[Booking], done: str) -> list[models.Model]:
    """The message, unsaved; none without an account to write to, or without a booking."""
    if account is None or not bookings:
        return []
    found = sorted(bookings, key=lambda one: (one.day, one.during.lower))
    lines = [_line(one) for one in found]
    context = mail_context(found[0]) | {"done": done, "lines": lines, "count": len(lines)}
    return [message(template="bookings/mail/series", recipient=account, context=context)]


def _line(booking: Booking) -> dict[str, str]:
    starts, ends = (one.astimezone(TOKYO) for one in (booking.during.lower, booking.during.upper))
    return {
        "day": booking.day.isoformat(),
        "hours": f"{starts:%H:%M}–{ends:%H:%M}",
        "room": booking.room.name,
        "room_en": booking.room.name_en,
        "number": booking.number,
    }
