"""A booking is given up: by the citizen, by staff for the citizen, or by the facility for its own reasons (取消).

The annexes (附属の室場) that rest on it go with it, whatever their own deadline is.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.bookings.life_errors import TooLateForThisError
from apps.bookings.models import Booking
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.deadlines import (
    CITIZENS_CAUSE,
    FACILITYS_CAUSE,
    Cause,
    cause_of,
    check_deadline,
    chosen_by_citizens,
)
from apps.bookings.rules.states import CITIZEN, CLOCK, HOLD, PERMITTED, STAFF, check_reason
from apps.bookings.services.acting import booking_for
from apps.bookings.services.annexes import annexes_of, booking_to_end
from apps.bookings.services.ending import Why, end
from kernel import clock
from shared.actor import SYSTEM, Actor

OWN_CAUSE = "own"
CITY_CAUSE = "city"
UNPAID_CAUSE = "unpaid"
UNPAID = Cause(UNPAID_CAUSE, "使用料が納付されないため", "Fee not paid", percent=0)


def cancel_by_citizen(
    *, actor: Actor, booking: UUID, cause: str = OWN_CAUSE, seen_version: int | None = None
) -> Booking:
    """Cancel in time, with one of the citizen's causes (取消事由). A hold is simply let go, without a mail.

    Raises the errors of ``booking_for`` and ``check_deadline``, and ``UnknownCauseError``.
    """
    with transaction.atomic():
        found, annexes = booking_to_end("cancel", booking=booking, seen_version=seen_version, who=CITIZEN)
        if found.state == HOLD:
            end(actor, found, "cancel", Why())
            return found
        terms = terms_on(found.room.facility_id, clock.today())
        why = cause_of(chosen_by_citizens(terms.causes), cause, whose=CITIZENS_CAUSE)
        deadline = terms.cancel_permitted if found.state == PERMITTED else terms.cancel_portal
        check_deadline(deadline, day=found.day, starts_at=found.during.lower, now=clock.now())
        end(actor, found, "cancel", Why(cause=why, terms=terms), annexes=annexes)
    return found


def cancel_by_staff(
    *,
    actor: Actor,
    booking: UUID,
    reason: str,
    cause: str = OWN_CAUSE,
    late: bool = False,
    seen_version: int | None = None,
    silent: bool = False,
) -> Booking:
    """Cancel for the citizen, with a reason that the applicant is told; after the counter's deadline only if ``late``.

    Raises ``ReasonMissingError``, ``UnknownCauseError``, ``TooLateForThisError`` and the errors of ``booking_for``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found, annexes = booking_to_end("cancel", booking=booking, seen_version=seen_version, who=STAFF)
        terms = terms_on(found.room.facility_id, clock.today())
        why = Why(cleaned, cause=cause_of(terms.causes, cause, whose=CITIZENS_CAUSE), terms=terms)
        if not late:
            try:
                check_deadline(terms.cancel_counter, day=found.day, starts_at=found.during.lower, now=clock.now())
            except TooLateForThisError as error:
                error.field = "late"
                raise
        end(actor, found, "cancel", why, annexes=annexes, silent=silent)
    return found


def cancel_unpaid(*, booking: UUID) -> Booking:
    """Cancel what was not paid in time (期限切れ自動取消), by the clock. Raises as ``booking_for`` does."""
    with transaction.atomic():
        found, annexes = booking_to_end("cancel", booking=booking, seen_version=None, who=CLOCK)
        terms = terms_on(found.room.facility_id, clock.today())
        cause = next((one for one in terms.causes if one.code == UNPAID_CAUSE), UNPAID)
        why = Why("納付期限までに納付がなかったため", cause=cause, terms=terms)
        end(SYSTEM, found, "cancel", why, annexes=annexes)
    return found


def call_off(
    *, actor: Actor, booking: UUID, reason: str, cause: str = CITY_CAUSE, seen_version: int | None = None
) -> Booking:
    """The facility cannot let the room (施設都合の取消): everything that was paid is returned.

    Raises ``ReasonMissingError``, ``UnknownCauseError`` and the errors of ``booking_for``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found, annexes = booking_to_end("call_off", booking=booking, seen_version=seen_version, who=STAFF)
        terms = terms_on(found.room.facility_id, clock.today())
        why = Why(cleaned, cause=cause_of(terms.causes, cause, whose=FACILITYS_CAUSE), terms=terms)
        end(actor, found, "call_off", why, annexes=annexes)
    return found


def make_way(*, actor: Actor, booking: UUID, reason: str, besides: Collection[UUID] = ()) -> list[Booking]:
    """The room is needed for a public use (行政使用): as ``call_off``, without a mail of its own; a hold is let go.

    The caller holds the booking's row. Gives the annexes that went along, but for those of ``besides``, which the
    caller ends. Raises ``ReasonMissingError`` and the errors of ``booking_for``.
    """
    cleaned = check_reason(reason)
    is_hold = Booking.objects.filter(pk=booking, state=HOLD).exists()
    act = "cancel" if is_hold else "call_off"
    found = booking_for(act, booking=booking, seen_version=None, who=STAFF)
    terms = terms_on(found.room.facility_id, clock.today())
    cause = next(one for one in terms.causes if one.whose == FACILITYS_CAUSE)
    annexes = [one for one in annexes_of(found) if one.pk not in besides]
    return end(actor, found, act, Why(cleaned, cause=cause, terms=terms), annexes=annexes, silent=True)
