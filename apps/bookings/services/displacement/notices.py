"""The notices (通知書) of a public use: numbered as it is carried out, printed one by one or all as one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.displacement_errors import UnknownDisplacementError
from apps.bookings.documents.data import NoticeSheet, Reprint
from apps.bookings.documents.render import notice_pdf, notices_pdf
from apps.bookings.documents.stored import as_stored, from_stored
from apps.bookings.errors import UnknownDocumentError
from apps.bookings.models import Became, Displacement, DisplacementHit, DisplacementState, PaperMark
from apps.bookings.queries.displacement import hits_of
from apps.bookings.rules.numbering import document_number
from apps.bookings.services.displacement.notice_sheets import kind_of, notice_sheet
from apps.bookings.services.issuing import next_serial
from apps.bookings.services.marks import marked
from apps.bookings.services.papers import Papers, papers_on
from kernel import clock
from kernel.wareki import fiscal_year
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record

NOTIFIED = (Became.MOVED, Became.CANCELLED)


def number_notices(found: Displacement, hits: Sequence[DisplacementHit]) -> list[PaperMark]:
    """Give every booking that was moved or cancelled its numbered notice, unsaved; the unsaved marks of these.

    ``NoOperatorError``.
    """
    today = clock.today()
    told = [hit for hit in hits if hit.became in NOTIFIED]
    if not told:
        return []
    papers = papers_on(today, found.facility)
    return [_issued(found, hit, papers) for hit in told]


def _issued(found: Displacement, hit: DisplacementHit, papers: Papers) -> PaperMark:
    year = fiscal_year(papers.on)
    hit.fiscal_year, hit.serial = year, next_serial(year)
    mark, check = marked(papers, "displacement", document_number(papers.issuer.symbol, hit.serial), hit=hit)
    hit.notice = as_stored(notice_sheet(found, hit, papers, serial=hit.serial, check=check))
    hit.texts = papers.ids(kind_of(hit).document)
    return mark


def print_notice(*, actor: Actor, displacement: UUID, hit: UUID) -> bytes:
    """One notice as it was issued; from the second time on it says 再交付. ``UnknownDocumentError``."""
    return _printed(actor, displacement, [hit])


def print_notices(*, actor: Actor, displacement: UUID) -> bytes:
    """All notices of a displacement as one file, one after the other. ``UnknownDocumentError`` where there are none."""
    return _printed(actor, displacement, None)


def _printed(actor: Actor, displacement: UUID, only: Sequence[UUID] | None) -> bytes:
    with transaction.atomic():
        found = Displacement.objects.filter(pk=displacement).first()
        if found is None or found.state not in {DisplacementState.DONE, DisplacementState.ENDED}:
            raise UnknownDisplacementError
        rows = hits_of(displacement).filter(serial__isnull=False, booking__registrant__forgotten_on=None)
        rows = (rows if only is None else rows.filter(pk__in=only)).select_for_update(of=("self",))
        hits = [hit for hit in rows if hit.notice]
        if not hits:
            raise UnknownDocumentError
        sheets = [_sheet(hit) for hit in hits]
        pdf = notice_pdf(sheets[0]) if len(sheets) == 1 else notices_pdf(sheets)
        DisplacementHit.objects.filter(pk__in=[hit.pk for hit in hits]).update(printed=F("printed") + 1)
        record(
            actor,
            Action.PRINT,
            object_type="displacement",
            object_id=displacement,
            persons=[hit.booking.registrant_id for hit in hits],
            form="notice",
            count=len(hits),
        )
    return pdf


def _sheet(hit: DisplacementHit) -> NoticeSheet:
    sheet = from_stored(NoticeSheet, hit.notice)
    return replace(sheet, reprint=Reprint(hit.printed, clock.today()) if hit.printed else None)
