"""Permits of many bookings as one file (一括印刷): ordered at the desk, made by a worker, fetched once.

Each permit is issued in a transaction of its own, so that a worker that is killed leaves what it issued, and the next
one goes on. The file, the counts and the audit come together at the end, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.documents.data import CombinedSheet, PermitSheet
from apps.bookings.documents.render import many_pdf
from apps.bookings.models import Booking, Document, DocumentKind, PrintJob, PrintJobItem
from apps.bookings.paper_errors import NothingToPrintError, TooManyToPrintError
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.rules.states import STANDING
from apps.bookings.services.papers import PapersOnce
from apps.bookings.services.printing import issued_document
from apps.bookings.services.rendering import permit_of, reprint_of
from kernel import clock
from kernel.errors import DomainError
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.vault.keeping import Fetched
from shared.vault.printing import jobs
from shared.vault.printing.jobs import ChangedError, Laid, PrintKind

MOST: Final = 200
"""Permits in one file."""
OVER: Final = "wrong_state"


def order_prints(*, actor: Actor, bookings: Sequence[UUID]) -> PrintJob:
    """Order the permits of ``bookings`` as one file. ``NothingToPrintError``, ``TooManyToPrintError``."""
    wanted = list(dict.fromkeys(bookings))
    if len(wanted) > MOST:
        raise TooManyToPrintError(most=MOST)
    with transaction.atomic():
        known = set(Booking.objects.filter(pk__in=wanted, state__in=STANDING).values_list("pk", flat=True))
        if not known or actor.id is None:
            raise NothingToPrintError
        job = PrintJob(ordered_at=clock.now(), ordered_by=actor.id)
        items = [
            PrintJobItem(job=job, position=number, booking_id=booking)
            for number, booking in enumerate((one for one in wanted if one in known), 1)
        ]
        told = entry(actor, Action.CREATE, object_type="print_job", object_id=job.pk, count=len(items))
        insert_together(job, *items, told)
    return job


def call_off_prints(*, actor: Actor, job: UUID) -> None:
    """``jobs.call_off``; what was issued stays issued."""
    jobs.call_off(PERMITS, actor=actor, job=job)


def fetch_prints(*, actor: Actor, job: UUID, terminal: UUID | None) -> Fetched:
    """``jobs.fetch``."""
    return jobs.fetch(PERMITS, actor=actor, job=job, terminal=terminal)


def make_waiting() -> int:
    """Make every file that waits in this tenant; how many."""
    return jobs.make_waiting(PERMITS)


def _issue_all(job: PrintJob) -> bool:
    """Issue what is not issued; whether the job is still wanted."""
    papers_for = PapersOnce()
    actor = Actor(kind="staff", id=job.ordered_by)
    for item in list(job.items.filter(document=None, left_out="")):
        if not jobs.is_wanted(job):
            return False
        _issue(actor, item, papers_for)
    return True


def _issue(actor: Actor, item: PrintJobItem, papers_for: PapersOnce) -> None:
    """One permit and where it belongs, or why it does not: a transaction of its own."""
    waiting = PrintJobItem.objects.filter(pk=item.pk)
    try:
        with transaction.atomic():
            if not waiting.select_for_update().filter(document=None, left_out="").exists():
                return
            booking = desk_booking(item.booking_id)
            document = issued_document(actor, booking, DocumentKind.PERMIT, papers_for=papers_for)
            waiting.update(document=document)
    except DomainError as error:
        waiting.update(left_out=error.code)


def _lay(job: PrintJob) -> Laid | None:
    documents = _documents(job)
    if not documents:
        return None
    sheets = [permit_of(document, reprint_of(document)) for document in documents]
    pdf = many_pdf(sheets, title=_title(sheets), dated=clock.today())
    return Laid(pdf, partial(_count, job, documents))


def _documents(job: PrintJob) -> list[Document]:
    """What was issued for the job and stands still, in order; what stands no more is left out of it."""
    items = job.items.exclude(document=None).filter(left_out="").select_related("document__booking")
    issued = [(item.pk, item.document) for item in items if item.document]
    over = [pk for pk, document in issued if document.booking.state not in STANDING]
    if over:
        PrintJobItem.objects.filter(pk__in=over).update(left_out=OVER)
    return [document for pk, document in issued if pk not in over]


def _all_stand(job: PrintJob) -> bool:
    """Whether no use was given up since the file was made: its permit is not given out."""
    inside = job.items.exclude(document=None).filter(left_out="")
    return not inside.exclude(document__booking__state__in=STANDING).exists()


def _count(job: PrintJob, documents: Sequence[Document]) -> list[AuditEntry]:
    """Count one print of each, under lock; ``ChangedError`` where one is not as the file has it."""
    bookings = Booking.objects.filter(pk__in=[one.booking_id for one in documents]).order_by("pk")
    standing = bookings.select_for_update(of=("self",)).values_list("pk", "state")
    if any(state not in STANDING for _, state in standing):
        raise ChangedError
    wanted = Document.objects.filter(pk__in=[one.pk for one in documents]).order_by("pk")
    now = dict(wanted.select_for_update().values_list("pk", "printed"))
    if now != {one.pk: one.printed for one in documents}:
        raise ChangedError
    wanted.order_by().update(printed=F("printed") + 1)
    return _entries(job, documents)


def _entries(job: PrintJob, documents: Sequence[Document]) -> list[AuditEntry]:
    """One PRINT for each permit, by whoever ordered it."""
    actor = Actor(kind="staff", id=job.ordered_by)
    return [
        entry(
            actor,
            Action.PRINT,
            object_type="booking",
            object_id=one.booking_id,
            persons=[one.booking.registrant_id],
            form=DocumentKind.PERMIT.value,
            reprint=one.printed,
            job=str(job.pk),
        )
        for one in documents
    ]


def _title(sheets: Sequence[PermitSheet | CombinedSheet]) -> str:
    return f"使用許可書（{len(sheets)}件）"


PERMITS: Final = PrintKind(
    jobs=PrintJob, object_type="print_job", file="permits", lay=_lay, prepare=_issue_all, may_leave=_all_stand
)
