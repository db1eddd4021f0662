"""Reading which permits wait to be printed, and how far a print job is."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from apps.bookings.models import Booking, BookingState, Document, DocumentKind, PrintJob, PrintJobItem
from kernel import clock
from kernel.clock import TOKYO
from shared.vault.printing.model import PrintState
from shared.vault.printing.progress import Progress, file_of, newest_jobs

DONE: Final = Q(items__document__isnull=False) | ~Q(items__left_out="")


def waiting_schemas() -> list[str]:
    """The tenants that have a print job waiting; one statement, before any role is chosen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.print_backlog()")
        return [row[0] for row in cursor.fetchall()]


def unprinted(*, decided_since: dt.date | None = None) -> QuerySet[Booking]:
    """Permitted uses that lie ahead and whose permit nobody has printed or ordered, by day of use."""
    printed = Document.objects.filter(booking=OuterRef("pk"), kind=DocumentKind.PERMIT, printed__gt=0)
    ordered = PrintJobItem.objects.filter(booking=OuterRef("pk"), job__state__in=[PrintState.WAITING, PrintState.READY])
    found = Booking.objects.filter(
        ~Exists(printed),
        ~Exists(ordered),
        state=BookingState.PERMITTED,
        day__gte=clock.today(),
        registrant__forgotten_on=None,
    )
    if decided_since is not None:
        start = dt.datetime.combine(decided_since, dt.time(), TOKYO)
        found = found.annotate(permitted_at=Coalesce("decided_at", "applied_at")).filter(permitted_at__gte=start)
    return found.select_related("registrant", "room__facility").order_by("day", "during", "id")


def jobs_of(account: UUID) -> list[Progress]:
    """The newest print jobs of a member of staff; two statements."""
    return newest_jobs(PrintJob, account, done=DONE)


def progress_of(job: UUID, account: UUID) -> Progress | None:
    """One print job of that member of staff; at most three statements."""
    found = PrintJob.objects.filter(pk=job, ordered_by=account).first()
    if found is None:
        return None
    items = list(found.items.select_related("booking").order_by("position"))
    return Progress(
        job=found,
        total=len(items),
        done=sum(item.document_id is not None or item.left_out != "" for item in items),
        left_out=[(item.booking.number, item.left_out) for item in items if item.left_out],
        file=file_of(found),
    )
