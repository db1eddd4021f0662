"""A document as it was issued, as PDF: which kind of sheet it is, its record tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from apps.bookings.documents import data
from apps.bookings.documents.data import CombinedSheet, PermitSheet, Reprint
from apps.bookings.documents.render import combined_pdf, notice_pdf, permit_pdf, reduction_pdf, refusal_pdf
from apps.bookings.documents.stored import from_stored
from apps.bookings.models import Document, DocumentKind
from kernel import clock

NOTICES: Final = frozenset({DocumentKind.REVOCATION, DocumentKind.CHANGE, DocumentKind.GIVEN_UP})


def document_pdf(document: Document) -> bytes:
    """The document; marked 再交付 where it was printed before."""
    reprint = reprint_of(document)
    if document.kind == DocumentKind.PERMIT:
        sheet = permit_of(document, reprint)
        return combined_pdf(sheet) if isinstance(sheet, CombinedSheet) else permit_pdf(sheet)
    if document.kind in NOTICES:
        return notice_pdf(replace(from_stored(data.NoticeSheet, document.content), reprint=reprint))
    if document.kind == DocumentKind.REDUCTION:
        return reduction_pdf(replace(from_stored(data.ReductionSheet, document.content), reprint=reprint))
    return refusal_pdf(replace(from_stored(data.RefusalSheet, document.content), reprint=reprint))


def permit_of(document: Document, reprint: Reprint | None) -> PermitSheet | CombinedSheet:
    """The sheet of a permit, alone or together with its application."""
    if document.content["is"] == CombinedSheet.__name__:
        both = from_stored(CombinedSheet, document.content)
        return replace(both, permit=replace(both.permit, reprint=reprint))
    return replace(from_stored(PermitSheet, document.content), reprint=reprint)


def reprint_of(document: Document) -> Reprint | None:
    """再交付, from the second print on."""
    return Reprint(document.printed, clock.today()) if document.printed else None
