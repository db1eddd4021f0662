"""A clerk has a checked file taken in (取込みの実行), stops that (中止), or gives the file up (取りやめ)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake import storage
from shared.intake.errors import NotCheckedError
from shared.intake.models import JobState, RejectedRow, RowState
from shared.intake.services.acting import job_for


def start(*, actor: Actor, job: UUID) -> None:
    """A worker will take the file in. Only what was checked is; a run that failed can be tried again."""
    with transaction.atomic():
        found = job_for(job, {JobState.CHECKED, JobState.FAILED})
        if not found.is_checked:
            raise NotCheckedError
        found.state, found.asked_by, found.attempts, found.rows_done = JobState.TO_RUN, actor.id, 0, 0
        found.save(update_fields=["state", "asked_by", "attempts", "rows_done"])
        record(actor, Action.CHANGE, object_type="intake", object_id=job, act="run")


def stop(*, actor: Actor, job: UUID) -> None:
    """Stop what waits or is under way: nothing of it is written, and the file stays for another try."""
    with transaction.atomic():
        found = job_for(job, JobState.for_worker())
        is_run = found.state in {JobState.TO_RUN, JobState.RUNNING}
        found.state, found.rows_done = JobState.CHECKED if is_run else JobState.RECEIVED, 0
        found.save(update_fields=["state", "rows_done"])
        record(actor, Action.CHANGE, object_type="intake", object_id=job, act="stop")


def discard(*, actor: Actor, job: UUID) -> None:
    """Delete the file; nothing of it was taken in."""
    with transaction.atomic():
        found = job_for(job, JobState.for_clerk())
        found.state, found.finished_at, found.texts = JobState.DISCARDED, clock.now(), {}
        found.save(update_fields=["state", "finished_at", "texts"])
        storage.forget(found)
        RejectedRow.objects.filter(job=found, state=RowState.FOUND).delete()
        record(actor, Action.CHANGE, object_type="intake", object_id=job, act="discard")
