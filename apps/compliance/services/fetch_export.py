"""Whoever asked for an export fetches its file: once, in time, and from a registered terminal where there are any."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.compliance.errors import ExportStateError, ExportTerminalError, UnknownExportError
from apps.compliance.models.exports import ExportRequest
from apps.compliance.rules.exports import Outcome, management_number
from kernel import clock
from kernel.errors import DomainError
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import MOST_PERSONS, record
from shared.vault.errors import FileGoneError
from shared.vault.keeping import Fetched, take
from shared.vault.models import ExportedPerson


def fetch_export(*, actor: Actor, request: UUID, terminal: UUID | None, needs_terminal: bool) -> Fetched:
    """The file, which the vault then has no more. A refusal leaves its line in the audit.

    ``UnknownExportError``, ``ExportStateError``, ``ExportTerminalError``, ``FileGoneError``.
    """
    try:
        return _fetched(actor, request, terminal, needs_terminal=needs_terminal)
    except (ExportStateError, ExportTerminalError, FileGoneError) as error:
        _refused(actor, request, error)
        raise


def _fetched(actor: Actor, request: UUID, terminal: UUID | None, *, needs_terminal: bool) -> Fetched:
    if needs_terminal and terminal is None:
        raise ExportTerminalError
    with transaction.atomic():
        found = ExportRequest.objects.select_for_update().filter(pk=request).first()
        if found is None or actor.id is None:
            raise UnknownExportError
        if found.outcome != Outcome.MADE or found.file is None:
            raise ExportStateError
        file = take(file=found.file, account=actor.id, terminal=terminal)
        ExportRequest.objects.filter(pk=request).update(outcome=Outcome.FETCHED, fetched_at=clock.now())
        record(
            actor,
            Action.EXPORT,
            object_type="export",
            object_id=request,
            purpose=found.note,
            persons=_persons(found),
            act="fetch",
            count=found.made_count,
            number=management_number(found.fiscal_year or 0, found.serial or 0),
        )
    return file


def _persons(found: ExportRequest) -> list[UUID]:
    """Who is in the file, for "who saw me"; of a longer list than an entry holds the vault alone tells."""
    people = ExportedPerson.objects.filter(request=found.pk).values_list("person", flat=True)
    return list(people) if (found.made_count or 0) <= MOST_PERSONS else []


def _refused(actor: Actor, request: UUID, error: DomainError) -> None:
    record(actor, Action.DENIED, object_type="export", object_id=request, why=error.code)
