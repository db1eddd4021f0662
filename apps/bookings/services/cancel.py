"""A booking is given up: by the citizen, or by staff with a reason (取消)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.bookings.errors import TooLateToCancelError
from apps.bookings.models import Booking, BookingState
from apps.bookings.rules.states import HOLD, check_reason
from apps.bookings.services.acting import booking_for, change, leave_trace
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor


def cancel_by_citizen(*, actor: Actor, booking: UUID, seen_version: int | None = None) -> Booking:
    """Cancel up to the day before; on the day itself ``TooLateToCancelError`` (the counter is asked).

    A hold is simply let go, without a mail.
    """
    with transaction.atomic():
        found = booking_for("cancel", booking=booking, seen_version=seen_version)
        if found.state != HOLD and clock.now().astimezone(TOKYO).date() >= found.day:
            raise TooLateToCancelError
        return _cancel(actor, found, reason="")


def cancel_by_staff(*, actor: Actor, booking: UUID, reason: str, seen_version: int | None = None) -> Booking:
    """Cancel at any time, with a reason that the applicant is told; ``ReasonMissingError`` without one."""
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = booking_for("cancel", booking=booking, seen_version=seen_version)
        return _cancel(actor, found, reason=cleaned)


def _cancel(actor: Actor, booking: Booking, *, reason: str) -> Booking:
    was_hold = booking.state == HOLD
    account: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by booking_for
    booking.occupations.all().delete()
    change(booking, state=BookingState.CANCELLED, hold_expires_at=None, reason=reason)
    leave_trace(actor, booking, "cancel", mail="cancelled", account=None if was_hold else account, reason=reason)
    return booking
