"""Permits of many bookings as one file (一括印刷): ordered at the desk, made by a worker, fetched once.

Each permit is issued in a transaction of its own, so that a worker that is killed leaves what it issued, and the next
one goes on. The file, the counts and the audit come together at the end, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from apps.bookings.documents.data import CombinedSheet, PermitSheet
from apps.bookings.documents.render import many_pdf
from apps.bookings.models import Booking, Document, DocumentKind, PrintJob, PrintJobItem, PrintState
from apps.bookings.paper_errors import (
    NothingToPrintError,
    PrintJobOverError,
    TooManyToPrintError,
    UnknownPrintJobError,
)
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
from shared.vault.keeping import Fetched, destroy, put, take
from shared.vault.models import Destruction

MOST: Final = 200
"""Permits in one file."""
MOST_TRIES: Final = 20
"""Workers that may die over one job before a person looks at it."""
OVER: Final = "wrong_state"

log = structlog.get_logger(__name__)


class _ChangedError(Exception):
    """Somebody printed one of the permits meanwhile, or the job is no longer wanted."""


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
    """Give a job up that is not fetched; what was issued stays issued.

    ``UnknownPrintJobError``, ``PrintJobOverError``.
    """
    with transaction.atomic():
        found = _own(actor, job)
        if found.state not in {PrintState.WAITING, PrintState.READY}:
            raise PrintJobOverError
        if found.file is not None:
            destroy([found.file], Destruction.WITHDRAWN)
        _end(found, PrintState.CALLED_OFF)
        insert_together(entry(actor, Action.CHANGE, object_type="print_job", object_id=job, act="call_off"))


def fetch_prints(*, actor: Actor, job: UUID, terminal: UUID | None) -> Fetched:
    """The file, once. ``UnknownPrintJobError``, ``PrintJobOverError``, ``FileGoneError``."""
    with transaction.atomic():
        found = _own(actor, job)
        if found.state != PrintState.READY or found.file is None:
            raise PrintJobOverError
        file = take(file=found.file, account=found.ordered_by, terminal=terminal)
        _end(found, PrintState.FETCHED)
        insert_together(entry(actor, Action.PRINT, object_type="print_job", object_id=job, act="fetch"))
    return file


def make_waiting() -> int:
    """Make every file that waits in this tenant; how many."""
    done = 0
    for job in list(PrintJob.objects.filter(state=PrintState.WAITING).order_by("ordered_at", "id")):
        done += _made(job)
    return done


def _made(job: PrintJob) -> bool:
    if job.tries >= MOST_TRIES:
        return _failed(job, "tries")
    PrintJob.objects.filter(pk=job.pk).update(tries=F("tries") + 1)
    try:
        with override("ja"):
            return _issue_all(job) and _assemble(job)
    except Exception as error:  # noqa: BLE001  # told by its class: an error of the database may quote a person's row
        return _failed(job, type(error).__qualname__)


def _issue_all(job: PrintJob) -> bool:
    """Issue what is not issued; whether the job is still wanted."""
    papers_for = PapersOnce()
    actor = Actor(kind="staff", id=job.ordered_by)
    for item in list(job.items.filter(document=None, left_out="")):
        if not PrintJob.objects.filter(pk=job.pk, state=PrintState.WAITING).exists():
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


def _assemble(job: PrintJob) -> bool:
    """Lay the permits together as they are now; anew, if one was printed by somebody else in the meantime."""
    for _attempt in range(MOST_TRIES):
        try:
            return _put_together(job)
        except _ChangedError:
            continue
    return _failed(job, "changed")


def _put_together(job: PrintJob) -> bool:
    documents = _documents(job)
    if not documents:
        return _failed(job, "nothing")
    sheets = [permit_of(document, reprint_of(document)) for document in documents]
    pdf = many_pdf(sheets, title=_title(sheets), dated=clock.today())
    with transaction.atomic():
        held = PrintJob.objects.select_for_update().filter(pk=job.pk, state=PrintState.WAITING).first()
        if held is None:
            return False
        _count(documents)
        file = put(
            kind="permits",
            subject=job.pk,
            name="permits.pdf",
            content=pdf,
            media_type="application/pdf",
            made_for=job.ordered_by,
        )
        held.file = file.pk
        _end(held, PrintState.READY)
        insert_together(*_entries(job, documents))
    return True


def _documents(job: PrintJob) -> list[Document]:
    """What was issued for the job and stands still, in order; what stands no more is left out of it."""
    items = job.items.exclude(document=None).filter(left_out="").select_related("document__booking")
    issued = [(item.pk, item.document) for item in items if item.document]
    over = [pk for pk, document in issued if document.booking.state not in STANDING]
    if over:
        PrintJobItem.objects.filter(pk__in=over).update(left_out=OVER)
    return [document for pk, document in issued if pk not in over]


def _count(documents: Sequence[Document]) -> None:
    """Count one print of each, under lock; ``_ChangedError`` where one is not as the file has it."""
    bookings = Booking.objects.filter(pk__in=[one.booking_id for one in documents]).order_by("pk")
    standing = bookings.select_for_update(of=("self",)).values_list("pk", "state")
    if any(state not in STANDING for _, state in standing):
        raise _ChangedError
    wanted = Document.objects.filter(pk__in=[one.pk for one in documents]).order_by("pk")
    now = dict(wanted.select_for_update().values_list("pk", "printed"))
    if now != {one.pk: one.printed for one in documents}:
        raise _ChangedError
    wanted.order_by().update(printed=F("printed") + 1)


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


def _own(actor: Actor, job: UUID) -> PrintJob:
    found = PrintJob.objects.select_for_update().filter(pk=job).first()
    if found is None or found.ordered_by != actor.id:
        raise UnknownPrintJobError
    return found


def _end(job: PrintJob, state: PrintState) -> None:
    job.state, job.finished_at = state, clock.now()
    job.save(update_fields=["state", "finished_at", "file"])


def _failed(job: PrintJob, why: str) -> bool:
    log.warning("print job failed", job=str(job.pk), error=why)
    PrintJob.objects.filter(pk=job.pk, state=PrintState.WAITING).update(
        state=PrintState.FAILED, finished_at=clock.now()
    )
    return False
