"""What every act on a job has in common."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from shared.intake.errors import JobStateError, UnknownJobError
from shared.intake.models import Job, JobState


def job_for(job: UUID, states: Iterable[JobState]) -> Job:
    """The job under lock, if it is in one of ``states``. Inside a transaction."""
    found = Job.objects.select_for_update().filter(pk=job).first()
    if found is None:
        raise UnknownJobError
    if found.state not in set(states):
        raise JobStateError
    return found
