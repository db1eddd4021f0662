"""Permit or refuse an application (許可・不許可): the decision and its numbered document in one transaction."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from apps.bookings.models import Booking, BookingState, Document, DocumentKind
from apps.bookings.rules.states import check_reason
from apps.bookings.services.acting import booking_for, change, traces
from kernel import clock
from kernel.wareki import fiscal_year
from shared.actor import Actor
from shared.inserts import insert_together

NEXT_SERIAL = """
INSERT INTO bookings_numberseries (fiscal_year, last) VALUES (%s, 1)
ON CONFLICT (fiscal_year) DO UPDATE SET last = bookings_numberseries.last + 1 RETURNING last
"""


def permit(*, actor: Actor, booking: UUID, seen_version: int | None = None) -> Booking:
    """Permit an application and give its 使用許可書 the next number. Raises the errors of ``booking_for``."""
    with transaction.atomic():
        found = booking_for("permit", booking=booking, seen_version=seen_version)
        change(found, state=BookingState.PERMITTED, decided_at=clock.now())
        _issue(actor, found, DocumentKind.PERMIT, act="permit", mail="permitted")
    return found


def refuse(*, actor: Actor, booking: UUID, reason: str, seen_version: int | None = None) -> Booking:
    """Refuse an application with a reason (理由の提示); its parts are free at once.

    Raises ``ReasonMissingError`` and the errors of ``booking_for``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = booking_for("refuse", booking=booking, seen_version=seen_version)
        found.occupations.all().delete()
        change(found, state=BookingState.REFUSED, decided_at=clock.now(), reason=cleaned)
        _issue(actor, found, DocumentKind.REFUSAL, act="refuse", mail="refused", reason=cleaned)
    return found


def next_serial(year: int) -> int:
    """The next document number of a fiscal year. The row stays locked until the transaction ends: no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [year])
        serial: int = cursor.fetchone()[0]
    return serial


def _issue(actor: Actor, booking: Booking, kind: DocumentKind, *, act: str, mail: str, reason: str = "") -> None:
    today = clock.today()
    document = Document(
        booking=booking,
        kind=kind,
        fiscal_year=fiscal_year(today),
        serial=next_serial(fiscal_year(today)),
        issued_on=today,
        content={},
    )
    account: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by booking_for
    insert_together(document, *traces(actor, booking, act, mail=mail, account=account, reason=reason))
