"""A clerk works off a row that could not be read: corrects it and takes it in, or says why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake.errors import ReasonNeededError, RowStateError, UnknownJobError
from shared.intake.models import RejectedRow, RowState
from shared.intake.rules.mapping import from_json
from shared.intake.rules.target import Context, Problem
from shared.intake.targets import fields_of, targets


def take_in(*, actor: Actor, row: int, values: Mapping[str, str]) -> list[Problem]:
    """Take the corrected row in; what is still wrong with it, and then nothing is written but the corrections."""
    with transaction.atomic():
        found = _open_row(row)
        problems = _written(found, actor, values)
        found.values = dict(values)
        if problems:
            found.problems = [problem.as_json() for problem in problems]
        else:
            found.state, found.cells, found.values, found.problems = RowState.TAKEN, [], {}, []
            found.decided_at, found.decided_by = clock.now(), actor.id
            record(actor, Action.CREATE, object_type="intake_row", object_id=row, kind=found.kind)
        found.save()
    return problems


def dismiss(*, actor: Actor, row: int, reason: str) -> None:
    """Say why the row is not taken in. It stays as it was."""
    if not reason.strip():
        raise ReasonNeededError(field="reason")
    with transaction.atomic():
        found = _open_row(row)
        found.state, found.reason = RowState.DISMISSED, reason.strip()
        found.decided_at, found.decided_by = clock.now(), actor.id
        found.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        record(actor, Action.CHANGE, object_type="intake_row", object_id=row, act="dismiss")


def _open_row(row: int) -> RejectedRow:
    found = RejectedRow.objects.select_for_update(of=("self",)).select_related("job").filter(pk=row).first()
    if found is None or found.state == RowState.FOUND:
        raise UnknownJobError
    if found.state != RowState.OPEN:
        raise RowStateError
    return found


def _written(found: RejectedRow, actor: Actor, values: Mapping[str, str]) -> list[Problem]:
    target = targets()[found.kind]
    meanings: Mapping[str, Any] = from_json(found.job.mapping).meanings(fields_of(found.kind))
    writer = target.writer(Context(found.source, actor.kind, actor.id, meanings))
    reading = writer.read(values)
    if reading.problems:
        return list(reading.problems)
    done = writer.sort([(found.line, reading.record)])
    if done.refused:
        return [problem for _, problem in done.refused]
    if done.unchanged or done.kept:
        return [Problem("row_known", "key")]
    writer.write(done)
    writer.end()
    return []
