"""Giving a decision its numbered document (文書番号), kept as it was issued."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from apps.bookings.documents.data import NoticeSheet, PermitSheet, RefusalSheet, Use
from apps.bookings.documents.stored import as_stored
from apps.bookings.models import Booking, Document, DocumentKind
from apps.bookings.queries.fees import fee_of, reduction_of
from apps.bookings.queries.issuer import issuer_on
from apps.bookings.rules.grounds import Ground
from apps.bookings.services.fees.sheets import printed_fee, printed_reduction
from apps.bookings.services.sheets import change_sheet, permit_sheet, refusal_sheet, revocation_sheet
from kernel import clock
from kernel.wareki import fiscal_year

NEXT_SERIAL = """
INSERT INTO bookings_numberseries (fiscal_year, last) VALUES (%s, 1)
ON CONFLICT (fiscal_year) DO UPDATE SET last = bookings_numberseries.last + 1 RETURNING last
"""


def permit_document(booking: Booking) -> Document:
    """The unsaved 使用許可書 of a booking with registrant, purpose, room and facility; ``NoOperatorError``."""
    today = clock.today()
    issuer = issuer_on(today, booking.room.facility)
    serial = next_serial(fiscal_year(today))
    fee, reduction = printed_fee(fee_of(booking.pk), issuer.fee_name), printed_reduction(reduction_of(booking.pk))
    sheet = permit_sheet(booking, issuer, serial=serial, on=today, fee=fee, reduction=reduction)
    return _document(booking, DocumentKind.PERMIT, sheet, today, serial)


def refusal_document(booking: Booking, ground: Ground) -> Document:
    """The unsaved 使用不許可通知書, likewise; the booking already has its reason."""
    today = clock.today()
    issuer = issuer_on(today, booking.room.facility)
    serial = next_serial(fiscal_year(today))
    sheet = refusal_sheet(booking, issuer, ground, serial=serial, on=today)
    return _document(booking, DocumentKind.REFUSAL, sheet, today, serial)


def revocation_document(booking: Booking, ground: Ground) -> Document:
    """The unsaved 使用許可取消通知書, likewise."""
    today = clock.today()
    issuer = issuer_on(today, booking.room.facility)
    serial = next_serial(fiscal_year(today))
    sheet = revocation_sheet(booking, issuer, ground, serial=serial, on=today)
    return _document(booking, DocumentKind.REVOCATION, sheet, today, serial)


def change_document(booking: Booking, before: Use) -> Document:
    """The unsaved 使用変更許可書 of a booking that was changed; ``before`` is the use as it was."""
    today = clock.today()
    issuer = issuer_on(today, booking.room.facility)
    serial = next_serial(fiscal_year(today))
    return _document(
        booking, DocumentKind.CHANGE, change_sheet(booking, issuer, before, serial=serial, on=today), today, serial
    )


def next_serial(year: int) -> int:
    """The next document number of a fiscal year. The row stays locked until the transaction ends: no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [year])
        serial: int = cursor.fetchone()[0]
    return serial


def _document(
    booking: Booking, kind: DocumentKind, sheet: PermitSheet | RefusalSheet | NoticeSheet, today: dt.date, serial: int
) -> Document:
    return Document(
        booking=booking,
        kind=kind,
        fiscal_year=fiscal_year(today),
        serial=serial,
        issued_on=today,
        content=as_stored(sheet),
    )
