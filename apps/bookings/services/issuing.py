"""Giving a decision its numbered document (文書番号) and its mark (確認番号), kept as it was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import connection

from apps.bookings.documents.data import (
    Check,
    CombinedSheet,
    NoticeSheet,
    PermitSheet,
    ReductionSheet,
    RefusalSheet,
    Use,
)
from apps.bookings.documents.stored import as_stored
from apps.bookings.models import Booking, Document, DocumentKind, Facility, PaperMark, ReductionRequest
from apps.bookings.queries.fees import fee_of, reduction_of
from apps.bookings.rules.grounds import Ground
from apps.bookings.rules.numbering import document_number
from apps.bookings.services.extras import extras_of
from apps.bookings.services.fees.sheets import asked_reduction, printed_fee, printed_reduction, reduction_sheet
from apps.bookings.services.marks import marked
from apps.bookings.services.papers import Papers, papers_on
from apps.bookings.services.sheets import (
    application_sheet,
    cancellation_sheet,
    change_sheet,
    combined_sheet,
    permit_sheet,
    refusal_sheet,
    revocation_sheet,
)
from kernel import clock
from kernel.wareki import fiscal_year

PapersFor = Callable[[dt.date, Facility], Papers]
AnySheet = PermitSheet | RefusalSheet | NoticeSheet | ReductionSheet | CombinedSheet
BLOCKS_OF: Final[dict[DocumentKind, tuple[str, ...]]] = {
    DocumentKind.PERMIT: ("permit", "combined", "application"),
    DocumentKind.REFUSAL: ("refusal",),
    DocumentKind.REVOCATION: ("revocation",),
    DocumentKind.CHANGE: ("change",),
    DocumentKind.REDUCTION: ("reduction",),
    DocumentKind.GIVEN_UP: ("cancellation",),
}
"""Whose blocks a document rests on, beside the common ones."""
NEXT_SERIAL = """
INSERT INTO bookings_numberseries (fiscal_year, last) VALUES (%s, 1)
ON CONFLICT (fiscal_year) DO UPDATE SET last = bookings_numberseries.last + 1 RETURNING last
"""


@dataclass(frozen=True, slots=True)
class Issued:
    """A document, unsaved, with the mark by which it is found."""

    document: Document
    mark: PaperMark

    @property
    def rows(self) -> tuple[Document, PaperMark]:
        """Both, to be inserted in this order."""
        return self.document, self.mark


def permit_document(booking: Booking, *, papers_for: PapersFor = papers_on) -> Issued:
    """The unsaved 使用許可書 of a booking with registrant, purpose, room and facility; ``NoOperatorError``.

    By the facility's options it is 申請書兼許可書, or 許可書兼減免決定通知書.
    """
    papers = papers_for(clock.today(), booking.room.facility)
    serial = next_serial(fiscal_year(papers.on))
    stored, asked = fee_of(booking.pk), reduction_of(booking.pk)
    fee, reduction = printed_fee(stored, papers.issuer.fee_name), printed_reduction(asked)
    extras = extras_of(booking, stored, for_a_pen=papers.options.one_sheet)
    made, check = _marked(papers, DocumentKind.PERMIT, serial)
    permit = permit_sheet(booking, papers, serial=serial, fee=fee, reduction=reduction, extras=extras, check=check)
    if not papers.options.one_sheet:
        return _issued(booking, DocumentKind.PERMIT, permit, papers, serial=serial, mark=made)
    application = application_sheet(booking, papers, fee=fee, reduction=asked_reduction(asked), extras=extras)
    both = combined_sheet(application, permit, papers)
    return _issued(booking, DocumentKind.PERMIT, both, papers, serial=serial, mark=made)


def refusal_document(booking: Booking, ground: Ground) -> Issued:
    """The unsaved 使用不許可通知書, likewise; the booking already has its reason."""
    papers, serial, made, check = _begun(booking, DocumentKind.REFUSAL)
    sheet = refusal_sheet(booking, papers, ground, serial=serial, check=check)
    return _issued(booking, DocumentKind.REFUSAL, sheet, papers, serial=serial, mark=made)


def revocation_document(booking: Booking, ground: Ground) -> Issued:
    """The unsaved 使用許可取消通知書, likewise."""
    papers, serial, made, check = _begun(booking, DocumentKind.REVOCATION)
    sheet = revocation_sheet(booking, papers, ground, serial=serial, check=check)
    return _issued(booking, DocumentKind.REVOCATION, sheet, papers, serial=serial, mark=made)


def change_document(booking: Booking, before: Use) -> Issued:
    """The unsaved 使用変更許可書 of a booking that was changed; ``before`` is the use as it was."""
    papers, serial, made, check = _begun(booking, DocumentKind.CHANGE)
    sheet = change_sheet(booking, papers, before, serial=serial, check=check)
    return _issued(booking, DocumentKind.CHANGE, sheet, papers, serial=serial, mark=made)


def cancellation_document(booking: Booking, permit: str) -> Issued:
    """The unsaved 使用取消承認通知書 of a permitted booking that was given up; ``permit`` is its permit's number."""
    papers, serial, made, check = _begun(booking, DocumentKind.GIVEN_UP)
    sheet = cancellation_sheet(booking, papers, permit, serial=serial, check=check)
    return _issued(booking, DocumentKind.GIVEN_UP, sheet, papers, serial=serial, mark=made)


def reduction_document(booking: Booking, asked: ReductionRequest, *, granted: bool, reason: str) -> Issued:
    """The unsaved 減免決定通知書, decided today, with the fee that is to be paid."""
    papers, serial, made, check = _begun(booking, DocumentKind.REDUCTION)
    fee = fee_of(booking.pk)
    sheet = reduction_sheet(booking, papers, asked, fee, granted=granted, reason=reason, serial=serial, check=check)
    return _issued(booking, DocumentKind.REDUCTION, sheet, papers, serial=serial, mark=made)


def next_serial(year: int) -> int:
    """The next document number of a fiscal year. The row stays locked until the transaction ends: no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [year])
        serial: int = cursor.fetchone()[0]
    return serial


def _begun(booking: Booking, kind: DocumentKind) -> tuple[Papers, int, PaperMark, Check]:
    papers = papers_on(clock.today(), booking.room.facility)
    serial = next_serial(fiscal_year(papers.on))
    return papers, serial, *_marked(papers, kind, serial)


def _marked(papers: Papers, kind: DocumentKind, serial: int) -> tuple[PaperMark, Check]:
    return marked(papers, kind, document_number(papers.issuer.symbol, serial))


def _issued(
    booking: Booking, kind: DocumentKind, sheet: AnySheet, papers: Papers, *, serial: int, mark: PaperMark
) -> Issued:
    document = Document(
        booking=booking,
        kind=kind,
        fiscal_year=fiscal_year(papers.on),
        serial=serial,
        issued_on=papers.on,
        content=as_stored(sheet),
        texts=papers.ids(*BLOCKS_OF[kind]),
    )
    mark.document = document
    return Issued(document, mark)
