"""A clerk works off a row that could not be read: corrects it and takes it in, or says why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, Length

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake.errors import BusyError, ReasonNeededError, RowStateError, UnknownJobError
from shared.intake.models import ColumnMapping, Job, JobState, RejectedRow, RowState
from shared.intake.rules.mapping import ColumnMap, from_json
from shared.intake.rules.target import Context, Problem, Writer
from shared.intake.services.bad_rows import TAKEN
from shared.intake.services.passage import BATCH_TEXT
from shared.intake.targets import fields_of, targets

BATCH: Final = 1000
MOST: Final = 10 * BATCH
"""Rows that are read again while somebody waits."""
FOR_A_PERSON: Final = frozenset({"row_broken", "row_columns", "row_undecodable", "row_twice"})
"""Whether such a row says what it seems to say, and whether it or the other one is right, only a person can tell."""


def take_in(*, actor: Actor, row: int, values: Mapping[str, str]) -> list[Problem]:
    """Take the corrected row in; what is still wrong with it, and then nothing is written but the corrections.

    Of a field that the file has no column for, and that was left empty, the row says nothing.
    """
    with transaction.atomic():
        found = _open_row(row)
        said = {code: value for code, value in values.items() if value.strip() or code in found.values}
        problems = _written(found, actor, said)
        found.values = said
        if problems:
            found.problems = [problem.as_json() for problem in problems]
            record(actor, Action.CHANGE, object_type="intake_row", object_id=row, act="correct")
        else:
            _settle(found, actor)
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


def read_again(*, actor: Actor, rows: QuerySet[RejectedRow]) -> tuple[int, int]:
    """Read open rows of one kind and source once more, with the meanings that were chosen since: how many were taken
    in, and how many are left as they are. At most ``MOST`` of them, batch by batch: those that nothing can be done
    about keep none behind them from being read."""
    sized = rows.filter(state=RowState.OPEN).annotate(text=Length(Cast("values", TextField())))
    found = list(sized.values_list("pk", "text")[:MOST])
    keys: set[str] = set()
    taken = sum(_batch_again(rows.filter(pk__in=batch), actor, keys) for batch in _batches(found))
    return taken, len(found) - taken


def _batches(found: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Rows that are in memory at a time: at most ``BATCH``, and no more behind those that reach ``BATCH_TEXT``."""
    batch: list[int] = []
    text = 0
    for row, length in found:
        batch.append(row)
        text += length
        if len(batch) == BATCH or text > BATCH_TEXT:
            yield batch
            batch, text = [], 0
    if batch:
        yield batch


def _batch_again(rows: QuerySet[RejectedRow], actor: Actor, keys: set[str]) -> int:
    with transaction.atomic():
        chosen = rows.filter(state=RowState.OPEN).defer("cells").select_related("job")
        found = list(chosen.select_for_update(of=("self",)))
        if not found:
            return 0
        before = [row.problems for row in found]
        taken = _read_again(found, actor, keys)
        RejectedRow.objects.filter(pk__in=taken).update(**TAKEN, decided_at=clock.now(), decided_by=actor.id)
        told_anew = [row for row, told in zip(found, before, strict=True) if row.problems != told]
        RejectedRow.objects.bulk_update(told_anew, ["problems"])
        job, left = found[0].job_id, len(found) - len(taken)
        record(actor, Action.CREATE, object_type="intake", object_id=job, act="read_again", taken=len(taken), left=left)
    return len(taken)


def dismiss_all(*, actor: Actor, rows: QuerySet[RejectedRow], reason: str) -> int:
    """Say of all these open rows why they are not taken in; how many. They stay as they were."""
    if not reason.strip():
        raise ReasonNeededError(field="reason")
    with transaction.atomic():
        found = rows.filter(state=RowState.OPEN)
        job = found.values_list("job", flat=True).first()
        values = {"reason": reason.strip(), "decided_at": clock.now(), "decided_by": actor.id}
        done = RejectedRow.objects.filter(pk__in=found.order_by().values("pk")).update(
            state=RowState.DISMISSED, **values
        )
        if job is not None:
            record(actor, Action.CHANGE, object_type="intake", object_id=job, act="dismiss", rows=done)
    return done


def _read_again(found: Sequence[RejectedRow], actor: Actor, keys: set[str]) -> set[int]:
    """Ids of those of which the records are here now; the others say why not."""
    given = frozenset.intersection(*(frozenset(row.values) for row in found))
    writer = _writer(found[0], actor, given)
    good = _readable(found, writer, keys)
    done = writer.sort([(place, record) for place, (_, record) in good.items()])
    for place, problem in done.refused:
        row, _ = good.pop(place)
        row.problems = [problem.as_json()]
    writer.write(done)
    writer.end()
    return {row.pk for row, _ in good.values()}


def _readable(found: Sequence[RejectedRow], writer: Writer[Any], keys: set[str]) -> dict[int, tuple[RejectedRow, Any]]:
    """Place -> row and record, of those that can be read by now; of two with one key the first. Others say why not.

    ``keys``: those of the rows before them, and then theirs.
    """
    good: dict[int, tuple[RejectedRow, Any]] = {}
    for place, row in enumerate(found):
        if FOR_A_PERSON & {problem["code"] for problem in row.problems}:
            continue
        reading = writer.read(row.values)
        if reading.problems:
            row.problems = [problem.as_json() for problem in reading.problems]
        elif reading.key not in keys:
            keys.add(reading.key)
            good[place] = row, reading.record
    return good


def _settle(row: RejectedRow, actor: Actor) -> None:
    for name, value in TAKEN.items():
        setattr(row, name, value)
    row.decided_at, row.decided_by = clock.now(), actor.id


def _newest_mapping(row: RejectedRow) -> ColumnMap:
    kept = ColumnMapping.objects.filter(kind=row.kind, source=row.source).first()
    return from_json(kept.mapping if kept else row.job.mapping)


def _writer(row: RejectedRow, actor: Actor, given: frozenset[str]) -> Writer[Any]:
    """``BusyError`` while a worker takes such records in."""
    if Job.objects.filter(kind=row.kind, state=JobState.RUNNING).exists():
        raise BusyError
    meanings = _newest_mapping(row).meanings(fields_of(row.kind))
    return targets()[row.kind].writer(Context(row.source, actor.kind, actor.id, meanings, given, row.job_id))


def _open_row(row: int) -> RejectedRow:
    found = RejectedRow.objects.select_for_update(of=("self",)).select_related("job").filter(pk=row).first()
    if found is None or found.state == RowState.FOUND:
        raise UnknownJobError
    if found.state != RowState.OPEN:
        raise RowStateError
    return found


def _written(found: RejectedRow, actor: Actor, values: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the row; if nothing is, its record is here, also if it was before."""
    writer = _writer(found, actor, frozenset(values))
    reading = writer.read(values)
    if reading.problems:
        return list(reading.problems)
    done = writer.sort([(found.line, reading.record)])
    if done.refused:
        return [problem for _, problem in done.refused]
    if done.kept:
        return [Problem("row_known", "key")]
    writer.write(done)
    writer.end()
    return []
