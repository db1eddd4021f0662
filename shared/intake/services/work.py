"""What a worker does: it checks files and takes them in, each in one transaction. Killed, it begins anew."""

from __future__ import annotations

from typing import Final

import structlog
from django.db import transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake import storage
from shared.intake.models import Job, JobState, RejectedRow, RowState
from shared.intake.services.passage import Passage, Tally
from shared.intake.side import Side, beside

MOST_ATTEMPTS: Final = 5
"""A file that kills its worker so often is left to a person."""
BEGUN: Final = {
    JobState.TO_CHECK: JobState.CHECKING,
    JobState.CHECKING: JobState.CHECKING,
    JobState.TO_RUN: JobState.RUNNING,
    JobState.RUNNING: JobState.RUNNING,
}
BEGIN: Final = "UPDATE intake_job SET state = %s, attempts = attempts + 1, begun_at = %s, rows_done = 0 WHERE id = %s"

log = structlog.get_logger(__name__)


def work() -> int:
    """Do all that waits in this tenant, the oldest first; how many files. Nothing, while another worker does it."""
    done = 0
    with beside() as side:
        if not side.take_turn():
            return 0
        while job := Job.objects.filter(state__in=JobState.for_worker()).order_by("created_at").first():
            _perform(job, side)
            done += 1
    return done


def _perform(job: Job, side: Side) -> None:
    state = BEGUN[JobState(job.state)]
    if job.attempts >= MOST_ATTEMPTS:
        _give_up(job, "killed")
        return
    side.run(BEGIN, state.value, clock.now(), job.pk)
    job.refresh_from_db()
    try:
        with transaction.atomic():
            tally = Passage(job, side, writes=state is JobState.RUNNING).go()
            _finish(job, tally, JobState.DONE if state is JobState.RUNNING else JobState.CHECKED)
    except Exception as error:  # noqa: BLE001  # told by its class: an error of the database may quote a person's row
        log.warning("intake failed", job=str(job.pk), error=type(error).__qualname__)
        _give_up(job, type(error).__qualname__)


def _finish(job: Job, tally: Tally, state: JobState) -> None:
    """In the transaction of the passage: what is told and what was written are there together."""
    job.state, job.counts, job.warnings = state, dict(tally.counts), tally.told()
    job.unknown = {code: dict(texts.most_common()) for code, texts in tally.unknown.items()}
    job.finished_at = clock.now()
    job.save(update_fields=["state", "counts", "warnings", "unknown", "finished_at"])
    if state is JobState.DONE:
        storage.forget(job)
    actor = Actor(kind="staff", id=job.asked_by)
    record(actor, Action.CHANGE, object_type="intake", object_id=job.pk, act=state.value, counts=dict(tally.counts))


def _give_up(job: Job, why: str) -> None:
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, finished_at=clock.now())
        RejectedRow.objects.filter(job=job, state=RowState.FOUND).delete()
        actor = Actor(kind="staff", id=job.asked_by)
        record(actor, Action.CHANGE, object_type="intake", object_id=job.pk, act="failed", why=why)
