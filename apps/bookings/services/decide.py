"""Decide on an application (許可・不許可・保留・許可の取消し): the act and its numbered document in one transaction."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.bookings.errors import WrongStateError
from apps.bookings.models import Booking, BookingState
from apps.bookings.rules.grounds import ground_of
from apps.bookings.rules.states import STAFF, after, check_reason
from apps.bookings.services.acting import booking_for, change, leave_trace, traces
from apps.bookings.services.annexes import booking_to_end
from apps.bookings.services.ending import Why, end
from apps.bookings.services.issuing import permit_document
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together

WHATEVER_ELSE = "management"
"""The ground that stands for itself when none of the others is named."""
BY_DAY = frozenset({"come", "stay_away"})
"""Acts that nobody does before the day of use."""


def permit(*, actor: Actor, booking: UUID, seen_version: int | None = None, silent: bool = False) -> Booking:
    """Permit an application and issue its 使用許可書 under the next number; ``silent``: the caller writes the mail.

    Raises the errors of ``booking_for``, and ``NoOperatorError`` when nobody can sign.
    """
    with transaction.atomic():
        found = booking_for("permit", booking=booking, seen_version=seen_version)
        change(found, state=BookingState.PERMITTED, decided_at=clock.now(), due_at=None, reason="")
        issued = permit_document(found)
        account: UUID | None = None if silent else found.account  # type: ignore[attr-defined]  # annotated by booking_for
        insert_together(*issued.rows, *traces(actor, found, "permit", mail="permitted", account=account))
    return found


def refuse(
    *, actor: Actor, booking: UUID, reason: str, ground: str = WHATEVER_ELSE, seen_version: int | None = None
) -> Booking:
    """Refuse an application on one of the ordinance's grounds, with a reason (理由の提示); its parts are free at once.

    The annexes that rest on it are refused with it, those that were permitted called off.
    Raises ``ReasonMissingError``, ``TooLongError``, ``UnknownGroundError``, ``NoOperatorError`` and the errors of
    ``booking_for``.
    """
    cleaned, applied = check_reason(reason), ground_of(ground)
    with transaction.atomic():
        found, annexes = booking_to_end("refuse", booking=booking, seen_version=seen_version)
        end(actor, found, "refuse", Why(cleaned, ground=applied), annexes=annexes)
    return found


def revoke(
    *, actor: Actor, booking: UUID, reason: str, ground: str = WHATEVER_ELSE, seen_version: int | None = None
) -> Booking:
    """Take a permit back (許可の取消し, 不利益処分): with the provision, a reason, and a notice that tells of 教示.

    Raises the errors of ``refuse``.
    """
    cleaned, applied = check_reason(reason), ground_of(ground)
    with transaction.atomic():
        found, annexes = booking_to_end("revoke", booking=booking, seen_version=seen_version)
        end(actor, found, "revoke", Why(cleaned, ground=applied), annexes=annexes)
    return found


def formalise(*, actor: Actor, booking: UUID, seen_version: int | None = None) -> Booking:
    """The formal application (本申請) for a 仮予約 came in: it does not expire any more and waits for the decision."""
    return _moved(actor, "formalise", booking, seen_version)


def defer(*, actor: Actor, booking: UUID, reason: str, seen_version: int | None = None) -> Booking:
    """Put the decision off (審査保留), with a reason that stays among staff. Raises as ``check_reason`` does."""
    return _moved(actor, "defer", booking, seen_version, check_reason(reason))


def resume(*, actor: Actor, booking: UUID, seen_version: int | None = None) -> Booking:
    """Take an application up again that was put off."""
    return _moved(actor, "resume", booking, seen_version)


def attend(*, actor: Actor, booking: UUID, act: str, seen_version: int | None = None) -> Booking:
    """Note who came: ``come`` (来場) or ``stay_away`` (不来場), or the other one by mistake."""
    return _moved(actor, act, booking, seen_version)


def _moved(actor: Actor, act: str, booking: UUID, seen_version: int | None, reason: str = "") -> Booking:
    with transaction.atomic():
        found = booking_for(act, booking=booking, seen_version=seen_version, who=STAFF)
        if act in BY_DAY and found.day > clock.today():
            raise WrongStateError
        change(found, state=after(act, found.state), due_at=None)
        leave_trace(actor, found, act, mail="", account=None, reason=reason)
    return found
