"""Permit or refuse an application (許可・不許可): the decision and its numbered document in one transaction."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.bookings.models import Booking, BookingState, Document
from apps.bookings.rules.grounds import ground_of
from apps.bookings.rules.states import check_reason
from apps.bookings.services.acting import booking_for, change, traces
from apps.bookings.services.issuing import permit_document, refusal_document
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together

WHATEVER_ELSE = "management"
"""The ground that stands for itself when none of the others is named."""


def permit(*, actor: Actor, booking: UUID, seen_version: int | None = None) -> Booking:
    """Permit an application and issue its 使用許可書 under the next number.

    Raises the errors of ``booking_for``, and ``NoOperatorError`` when nobody can sign.
    """
    with transaction.atomic():
        found = booking_for("permit", booking=booking, seen_version=seen_version)
        change(found, state=BookingState.PERMITTED, decided_at=clock.now())
        _announce(actor, found, permit_document(found), act="permit", mail="permitted")
    return found


def refuse(
    *, actor: Actor, booking: UUID, reason: str, ground: str = WHATEVER_ELSE, seen_version: int | None = None
) -> Booking:
    """Refuse an application on one of the ordinance's grounds, with a reason (理由の提示); its parts are free at once.

    Raises ``ReasonMissingError``, ``TooLongError``, ``UnknownGroundError``, ``NoOperatorError`` and the errors of
    ``booking_for``.
    """
    cleaned, applied = check_reason(reason), ground_of(ground)
    with transaction.atomic():
        found = booking_for("refuse", booking=booking, seen_version=seen_version)
        found.occupations.all().delete()
        change(found, state=BookingState.REFUSED, decided_at=clock.now(), reason=cleaned)
        _announce(actor, found, refusal_document(found, applied), act="refuse", mail="refused", reason=cleaned)
    return found


def _announce(actor: Actor, booking: Booking, document: Document, *, act: str, mail: str, reason: str = "") -> None:
    account: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by booking_for
    insert_together(document, *traces(actor, booking, act, mail=mail, account=account, reason=reason))
