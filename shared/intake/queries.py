"""Reading jobs and rejected rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from shared.intake.errors import UnknownJobError
from shared.intake.models import Job, JobState, RejectedRow, RowState

REASONS: Final = """
SELECT problem->>'code', count(DISTINCT id) FROM intake_rejectedrow CROSS JOIN jsonb_array_elements(problems) problem
WHERE state = 'open' AND (%s::uuid IS NULL OR job_id = %s::uuid) GROUP BY 1 ORDER BY 2 DESC, 1
"""

BRIEF: Final = """(
SELECT left(string_agg(left(cell, %s), ' ｜ ' ORDER BY place), %s)
FROM jsonb_array_elements_text(intake_rejectedrow.cells) WITH ORDINALITY AS one(cell, place))
"""
"""A row may have a million characters: a list brings the first ones, made by the database."""


def waiting_schemas() -> list[str]:
    """The tenants that have files to check or take in; one statement, as nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.intake_backlog()")
        return [row[0] for row in cursor.fetchall()]


def jobs() -> QuerySet[Job]:
    """All jobs, the newest first, each with ``open_rows``: how many of its rows a clerk has to work off."""
    still_open = Count("rejected", filter=Q(rejected__state=RowState.OPEN))
    long = ("header", "mapping", "shapes", "warnings", "texts")
    return Job.objects.defer(*long).annotate(open_rows=still_open).order_by("-created_at", "id")


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


def at_hand_too(job: Job) -> UUID | None:
    """Another job of the very same file that is not through, if there is one: somebody has sent it twice."""
    over = (JobState.DONE, JobState.DISCARDED)
    same = Job.objects.filter(digest=job.digest, kind=job.kind).exclude(state__in=over).exclude(pk=job.pk)
    return same.order_by("created_at").values_list("pk", flat=True).first()


def sources() -> list[str]:
    """The names of the systems that files came from."""
    return list(Job.objects.values_list("source", flat=True).distinct().order_by("source"))


def found_rows(job: Job) -> QuerySet[RejectedRow]:
    """The rows of the file that could not be taken in, by line."""
    return RejectedRow.objects.filter(job=job).order_by("line", "id")


def first_rows(job: Job, most: int, characters: int) -> Sequence[Mapping[str, Any]]:
    """The first ``most`` of them: line, problems, and ``brief``, the beginning of what stands in the row."""
    brief = RawSQL(BRIEF, (characters, characters))  # noqa: S611  # two numbers
    return list(found_rows(job).annotate(brief=brief).values("line", "problems", "brief")[:most])


def open_rows() -> QuerySet[RejectedRow]:
    """The worklist, the oldest file first."""
    return (
        RejectedRow.objects.filter(state=RowState.OPEN).select_related("job").order_by("job__created_at", "line", "id")
    )


def files_with_open_rows() -> list[Job]:
    """The files of which rows are left, the oldest first, each with ``open_rows``."""
    left = RejectedRow.objects.filter(job=OuterRef("pk"), state=RowState.OPEN)
    return list(jobs().filter(Exists(left)).order_by("created_at", "id"))


def open_reasons(file: UUID | None) -> list[tuple[str, int]]:
    """Why the open rows (of one file) could not be taken in, the most frequent first: code and rows."""
    with connection.cursor() as cursor:
        cursor.execute(REASONS, [file, file])
        return [(code, rows) for code, rows in cursor.fetchall()]


def row_of(row: int) -> RejectedRow:
    """A row of the worklist; ``UnknownJobError`` if there is none here."""
    found = RejectedRow.objects.select_related("job").exclude(state=RowState.FOUND).filter(pk=row).first()
    if found is None:
        raise UnknownJobError
    return found
