"""A clerk says which column is read into which field (項目の対応付け), and asks for the check."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake.models import ColumnMapping, Job, JobState
from shared.intake.rules.mapping import ColumnMap, adapted, check
from shared.intake.services.acting import job_for
from shared.intake.targets import targets


def choose_columns(*, actor: Actor, job: UUID, mapping: ColumnMap) -> Job:
    """Keep the mapping for this file and the next of its source, and have the file checked."""
    with transaction.atomic():
        found = job_for(job, JobState.for_clerk())
        check(mapping, targets()[found.kind].fields)
        found.mapping, found.state = mapping.as_json(), JobState.TO_CHECK
        found.asked_by, found.attempts, found.rows_done = actor.id, 0, 0
        found.counts, found.warnings = {}, []
        found.save(update_fields=["mapping", "state", "asked_by", "attempts", "rows_done", "counts", "warnings"])
        ColumnMapping.objects.update_or_create(
            source=found.source,
            kind=found.kind,
            defaults={"mapping": found.mapping, "saved_at": clock.now(), "saved_by": actor.id},
        )
        record(actor, Action.CHANGE, object_type="intake", object_id=job, act="check", columns=len(mapping.columns))
    return found


def load_columns(*, actor: Actor, job: UUID, mapping: ColumnMap) -> None:
    """Take over what a mapping file says, as far as this file has the columns. It is shown, and nothing is checked."""
    with transaction.atomic():
        found = job_for(job, JobState.for_clerk())
        found.mapping, found.state = adapted(mapping, found.header).as_json(), JobState.RECEIVED
        found.counts, found.warnings = {}, []
        found.save(update_fields=["mapping", "state", "counts", "warnings"])
        record(actor, Action.CHANGE, object_type="intake", object_id=job, act="load", columns=len(mapping.columns))
