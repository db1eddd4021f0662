"""What a worker does: it checks files and takes them in, each in one transaction. Killed, it begins anew."""

from __future__ import annotations

from typing import Final

import structlog
from django.db import IntegrityError, OperationalError, transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake import storage
from shared.intake.errors import StoppedError
from shared.intake.models import Job, JobState, RejectedRow, RowState
from shared.intake.rules.tally import Tally
from shared.intake.services.passage import Passage
from shared.intake.side import Side, beside

MOST_ATTEMPTS: Final = 5
"""A file that kills its worker so often is left to a person."""
TRIES: Final = 3
"""So often is tried what may have failed in passing."""
BEGUN: Final = {
    JobState.TO_CHECK: JobState.CHECKING,
    JobState.CHECKING: JobState.CHECKING,
    JobState.TO_RUN: JobState.RUNNING,
    JobState.RUNNING: JobState.RUNNING,
}
AGAIN: Final = {JobState.CHECKING: JobState.TO_CHECK, JobState.RUNNING: JobState.TO_RUN}
BEGIN: Final = (
    "UPDATE intake_job SET state = %s, attempts = attempts + 1, begun_at = %s, rows_done = 0"
    " WHERE id = %s AND state = %s RETURNING id"
)
IN_PASSING: Final = (OperationalError, IntegrityError)
"""A deadlock, a lock that did not come, a server that went away, somebody who entered the same at the same moment."""

log = structlog.get_logger(__name__)


def work() -> int:
    """Do all that waits in this tenant, the oldest first; how many files. Nothing, while another worker does it."""
    done = 0
    with beside() as side:
        if not side.take_turn():
            return 0
        while job := Job.objects.filter(state__in=JobState.for_worker()).order_by("created_at").first():
            done += _perform(job, side)
    return done


def _perform(job: Job, side: Side) -> bool:
    """Whether the file was worked off; not, if it was stopped, or is to be tried again."""
    state = BEGUN[JobState(job.state)]
    if job.state == state:  # nobody but this worker has the turn: who had begun it is no more
        _note(job, "rolled_back", "killed")
    if job.attempts >= MOST_ATTEMPTS:
        _give_up(job, state, "killed")
        return True
    if not side.run(BEGIN, state.value, clock.now(), job.pk, job.state):
        return False
    job.refresh_from_db()
    try:
        with transaction.atomic():
            tally = Passage(job, side, writes=state is JobState.RUNNING).go()
            _finish(job, state, tally)
    except StoppedError:
        return False
    except Exception as error:  # noqa: BLE001  # told by its class: an error of the database may quote a person's row
        log.warning("intake failed", job=str(job.pk), error=type(error).__qualname__)
        if isinstance(error, IN_PASSING) and job.attempts < TRIES:
            _put_back(job, state, type(error).__qualname__)
            return False
        _give_up(job, state, type(error).__qualname__)
    return True


def _finish(job: Job, state: JobState, tally: Tally) -> None:
    """In the transaction of the passage: what is told and what was written are there together.

    ``StoppedError`` if somebody has stopped it in the meantime.
    """
    if not Job.objects.select_for_update().filter(pk=job.pk, state=state).exists():
        raise StoppedError
    job.state = JobState.DONE if state is JobState.RUNNING else JobState.CHECKED
    job.counts, job.warnings = dict(tally.counts), tally.told()
    job.texts = {} if job.state == JobState.DONE else tally.told_texts()
    job.finished_at = clock.now()
    job.save(update_fields=["state", "counts", "warnings", "texts", "finished_at"])
    if job.state == JobState.DONE:
        storage.forget(job)
    actor = Actor(kind="staff", id=job.asked_by)
    counts = dict(tally.counts)
    record(actor, Action.CHANGE, object_type="intake", object_id=job.pk, act=str(job.state.value), counts=counts)


def _put_back(job: Job, state: JobState, why: str) -> None:
    """It waits again, unless somebody has stopped it; nothing is left of the attempt but that there was one."""
    with transaction.atomic():
        if Job.objects.filter(pk=job.pk, state=state).update(state=AGAIN[state]):
            _note(job, "rolled_back", why)


def _note(job: Job, act: str, why: str) -> None:
    """Tell in the audit of an attempt of which nothing was written."""
    actor = Actor(kind="staff", id=job.asked_by)
    record(actor, Action.CHANGE, object_type="intake", object_id=job.pk, act=act, why=why, attempt=job.attempts)


def _give_up(job: Job, state: JobState, why: str) -> None:
    with transaction.atomic():
        begun = Job.objects.filter(pk=job.pk, state__in=[state, job.state])
        if not begun.update(state=JobState.FAILED, finished_at=clock.now()):
            return
        RejectedRow.objects.filter(job=job, state=RowState.FOUND).delete()
        _note(job, "failed", why)
