"""A clerk hands a file over (ファイルの受付): it is looked at, kept, and its columns are guessed."""

from __future__ import annotations

import unicodedata
from typing import IO

from django.db import transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.intake import storage
from shared.intake.errors import FileError
from shared.intake.inspecting import inspect
from shared.intake.models import ColumnMapping, Job
from shared.intake.rules.cells import looks_like_data
from shared.intake.rules.mapping import from_json, guess
from shared.intake.rules.records import looks_like_a_title
from shared.intake.targets import fields_of


def receive(*, actor: Actor, kind: str, source: str, filename: str, stream: IO[bytes]) -> Job:
    """The job of the file. ``FileError`` for one that cannot be taken in; nothing is kept then."""
    found = inspect(stream)
    known = ColumnMapping.objects.filter(source=source, kind=kind).first()
    mapping = guess(found.header, fields_of(kind), from_json(known.mapping) if known else None)
    is_header = any(mapping.columns.values()) or not (looks_like_data(found.header) or looks_like_a_title(found.header))
    if not is_header:
        raise FileError("no_header")
    job = Job(
        kind=kind,
        source=source,
        filename=_shown(filename),
        digest=found.digest,
        size=found.size,
        lines=found.lines,
        encoding=found.encoding,
        delimiter=found.delimiter,
        header=found.header,
        shapes=found.shapes,
        mapping=mapping.as_json(),
        created_at=clock.now(),
        created_by=actor.id,
    )
    with transaction.atomic():
        job.save(force_insert=True)
        storage.keep(job, stream)
        record(actor, Action.CREATE, object_type="intake", object_id=job.pk, kind=kind, bytes=found.size)
    return job


def _shown(filename: str) -> str:
    """The file's name without what cannot be shown."""
    kept = "".join(char for char in filename if unicodedata.category(char)[0] != "C")
    return kept[-100:]
