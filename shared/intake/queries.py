"""Reading jobs and rejected rows."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from shared.intake.errors import UnknownJobError
from shared.intake.models import Job, JobState, RejectedRow, RowState


def waiting_schemas() -> list[str]:
    """The tenants that have files to check or take in; one statement, as nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.intake_backlog()")
        return [row[0] for row in cursor.fetchall()]


def jobs() -> QuerySet[Job]:
    """All jobs, the newest first, each with ``open_rows``: how many of its rows a clerk has to work off."""
    still_open = Count("rejected", filter=Q(rejected__state=RowState.OPEN))
    return (
        Job.objects.defer("shapes", "warnings", "unknown").annotate(open_rows=still_open).order_by("-created_at", "id")
    )


def job_of(job: UUID) -> Job:
    """A job; ``UnknownJobError`` if there is none here."""
    found = Job.objects.filter(pk=job).first()
    if found is None:
        raise UnknownJobError
    return found


def taken_before(job: Job) -> dt.datetime | None:
    """When the very same file was taken in before, if it was."""
    same = Job.objects.filter(digest=job.digest, kind=job.kind, state=JobState.DONE).exclude(pk=job.pk)
    return same.order_by("-finished_at").values_list("finished_at", flat=True).first()


def sources() -> list[str]:
    """The names of the systems that files came from."""
    return list(Job.objects.values_list("source", flat=True).distinct().order_by("source"))


def found_rows(job: Job) -> QuerySet[RejectedRow]:
    """The rows of the file that could not be taken in, by line."""
    return RejectedRow.objects.filter(job=job).order_by("line", "id")


def open_rows() -> QuerySet[RejectedRow]:
    """The worklist, the oldest file first."""
    return (
        RejectedRow.objects.filter(state=RowState.OPEN).select_related("job").order_by("job__created_at", "line", "id")
    )


def row_of(row: int) -> RejectedRow:
    """A row of the worklist; ``UnknownJobError`` if there is none here."""
    found = RejectedRow.objects.select_related("job").exclude(state=RowState.FOUND).filter(pk=row).first()
    if found is None:
        raise UnknownJobError
    return found
