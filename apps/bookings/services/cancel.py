"""A booking is given up: by the citizen, by staff for the citizen, or by the facility for its own reasons (取消)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.bookings.life_errors import TooLateForThisError
from apps.bookings.models import Booking, BookingState
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
from apps.bookings.rules.terms import Terms
from apps.bookings.services.acting import booking_for, change, leave_trace
from apps.bookings.services.fees.refunding import rate_for
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
        found = booking_for("cancel", booking=booking, seen_version=seen_version, who=CITIZEN)
        if found.state == HOLD:
            return _end(actor, found, "cancel", BookingState.CANCELLED)
        terms = terms_on(found.room.facility_id, clock.today())
        why = cause_of(chosen_by_citizens(terms.causes), cause, whose=CITIZENS_CAUSE)
        deadline = terms.cancel_permitted if found.state == PERMITTED else terms.cancel_portal
        check_deadline(deadline, day=found.day, starts_at=found.during.lower, now=clock.now())
        return _end(actor, found, "cancel", BookingState.CANCELLED, terms=terms, cause=why)


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
        found = booking_for("cancel", booking=booking, seen_version=seen_version, who=STAFF)
        terms = terms_on(found.room.facility_id, clock.today())
        why = cause_of(terms.causes, cause, whose=CITIZENS_CAUSE)
        if not late:
            try:
                check_deadline(terms.cancel_counter, day=found.day, starts_at=found.during.lower, now=clock.now())
            except TooLateForThisError as error:
                error.field = "late"
                raise
        return _end(
            actor, found, "cancel", BookingState.CANCELLED, terms=terms, cause=why, reason=cleaned, silent=silent
        )


def cancel_unpaid(*, booking: UUID) -> Booking:
    """Cancel what was not paid in time (期限切れ自動取消), by the clock. Raises as ``booking_for`` does."""
    with transaction.atomic():
        found = booking_for("cancel", booking=booking, seen_version=None, who=CLOCK)
        terms = terms_on(found.room.facility_id, clock.today())
        why = next((one for one in terms.causes if one.code == UNPAID_CAUSE), UNPAID)
        reason = "納付期限までに納付がなかったため"
        return _end(SYSTEM, found, "cancel", BookingState.CANCELLED, terms=terms, cause=why, reason=reason)


def call_off(
    *, actor: Actor, booking: UUID, reason: str, cause: str = CITY_CAUSE, seen_version: int | None = None
) -> Booking:
    """The facility cannot let the room (施設都合の取消): everything that was paid is returned.

    Raises ``ReasonMissingError``, ``UnknownCauseError`` and the errors of ``booking_for``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = booking_for("call_off", booking=booking, seen_version=seen_version, who=STAFF)
        terms = terms_on(found.room.facility_id, clock.today())
        why = cause_of(terms.causes, cause, whose=FACILITYS_CAUSE)
        return _end(actor, found, "call_off", BookingState.CALLED_OFF, terms=terms, cause=why, reason=cleaned)


def make_way(*, actor: Actor, booking: UUID, reason: str) -> Booking:
    """The room is needed for a public use (行政使用): as ``call_off``, without a mail of its own; a hold is let go.

    The caller holds the booking's row. Raises ``ReasonMissingError`` and the errors of ``booking_for``.
    """
    cleaned = check_reason(reason)
    is_hold = Booking.objects.filter(pk=booking, state=BookingState.HOLD).exists()
    act, state = ("cancel", BookingState.CANCELLED) if is_hold else ("call_off", BookingState.CALLED_OFF)
    found = booking_for(act, booking=booking, seen_version=None, who=STAFF)
    terms = terms_on(found.room.facility_id, clock.today())
    why = next(one for one in terms.causes if one.whose == FACILITYS_CAUSE)
    return _end(actor, found, act, state, terms=terms, cause=why, reason=cleaned, silent=True)


def _end(
    actor: Actor,
    booking: Booking,
    act: str,
    state: BookingState,
    *,
    terms: Terms | None = None,
    cause: Cause | None = None,
    reason: str = "",
    silent: bool = False,
) -> Booking:
    was_hold = booking.state == HOLD
    account: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by booking_for
    percent = None
    if terms is not None and cause is not None:
        percent = rate_for(booking, cause, terms).percent
    booking.occupations.all().delete()
    change(
        booking,
        state=state,
        hold_expires_at=None,
        due_at=None,
        ended_at=clock.now(),
        cause=cause.code if cause else "",
        refund_percent=percent,
        reason=reason,
    )
    mail = "called_off" if state == BookingState.CALLED_OFF else "cancelled"
    leave_trace(actor, booking, act, mail=mail, account=None if was_hold or silent else account, reason=reason)
    return booking
