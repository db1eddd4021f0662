"""Notices about a registration (登録の通知書): numbered and kept at the first print, 再交付 afterwards."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.documents.data import NoticeSheet, Reprint
from apps.bookings.documents.render import notice_pdf
from apps.bookings.documents.stored import as_stored, from_stored
from apps.bookings.errors import UnknownDocumentError
from apps.bookings.models import Facility, PaperMark, RegistrationPaper
from apps.bookings.queries.registration_papers import papers_owed
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.registration_papers import Owed
from apps.bookings.services.issuing import next_serial
from apps.bookings.services.marks import marked
from apps.bookings.services.papers import papers_on
from apps.bookings.services.registration_sheets import DOCUMENT, registration_sheet
from apps.registrants.models import Registrant
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.standing import state_on
from kernel import clock
from kernel.wareki import fiscal_year
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.inserts import insert_together


@transaction.atomic
def print_registration_paper(*, actor: Actor, registrant: UUID, act: int, facility: UUID | None = None) -> bytes:
    """The notice of an act as PDF, signed in the name of ``facility``, else of the tenant's first.

    Two first prints at once make one document: the registrant's row is locked. ``UnknownDocumentError`` for an act
    that calls for no notice, ``NoOperatorError``.
    """
    found = Registrant.objects.select_for_update(of=("self",), no_key=True).filter(pk=registrant).first()
    if found is None:
        raise UnknownDocumentError
    state = state_on(spans_of(registrant), found.valid_until, clock.today())
    line = next((one for one in papers_owed(found, state) if one.owed.deed.id == act), None)
    if line is None:
        raise UnknownDocumentError
    paper = RegistrationPaper.objects.filter(act=act).first() or _issued(found, line.owed, _place(facility))
    reprint = Reprint(paper.printed, clock.today()) if paper.printed else None
    pdf = notice_pdf(replace(from_stored(NoticeSheet, paper.content), reprint=reprint))
    RegistrationPaper.objects.filter(pk=paper.pk).update(printed=F("printed") + 1)
    record(actor, Action.PRINT, object_type="registrant", object_id=registrant, form=f"registration_{paper.kind}")
    return pdf


def _place(facility: UUID | None) -> Facility:
    found = Facility.objects.filter(**({"pk": facility} if facility else {})).first()
    if found is None:
        raise UnknownDocumentError
    return found


def _issued(found: Registrant, called_for: Owed, place: Facility) -> RegistrationPaper:
    if PaperMark.objects.filter(act=called_for.deed.id).exists():  # issued once, and erased after its years
        raise UnknownDocumentError
    papers = papers_on(clock.today(), place)
    year = fiscal_year(papers.on)
    serial = next_serial(year)
    number = document_number(papers.issuer.symbol, serial)
    mark, check = marked(papers, DOCUMENT, number, act=called_for.deed.id)
    paper = RegistrationPaper(
        registrant=found,
        act_id=called_for.deed.id,
        kind=called_for.kind.value,
        facility=place,
        fiscal_year=year,
        serial=serial,
        issued_on=papers.on,
        content=as_stored(registration_sheet(called_for, found, papers, serial=serial, check=check)),
        texts=papers.ids(DOCUMENT),
    )
    insert_together(paper, mark)
    return paper
