"""Working print jobs off, whatever they lay together: fetching, calling off, and what a worker does.

The file, the counts of its prints and the audit come together at the end, or not at all: a worker that is killed leaves
a job that the next one goes on with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import structlog
from django.db import models, transaction
from django.db.models import F, QuerySet
from django.utils.translation import override

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.vault.errors import PrintJobOverError, PrintJobStaleError, UnknownPrintJobError
from shared.vault.keeping import Fetched, destroy, put, take
from shared.vault.models import Destruction
from shared.vault.printing.model import PrintJobBase, PrintState

MOST_TRIES: Final = 20
"""Workers that may die over one job before a person looks at it."""

log = structlog.get_logger(__name__)
J = TypeVar("J", bound=PrintJobBase)


class ChangedError(Exception):
    """Somebody printed one of the documents meanwhile, or one may not be printed any more: they are laid anew."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The file, and how what is in it is counted."""

    pdf: bytes
    count: Callable[[], Sequence[models.Model]]
    """Counts one print of each under lock, in the transaction that keeps the file; the unsaved audit entries of it.
    ``ChangedError`` where one is not as the file has it."""


@dataclass(frozen=True, slots=True)
class PrintKind(Generic[J]):
    """One kind of print jobs."""

    jobs: type[J]
    object_type: str
    """In the audit."""
    file: str
    """What the vault calls its files."""
    lay: Callable[[J], Laid | None]
    """Lays together what there is now; None where nothing is left of it."""
    prepare: Callable[[J], bool] | None = None
    """What is done before, step by step in transactions of its own; whether the job is still wanted."""
    may_leave: Callable[[J], bool] | None = None
    """Whether all that is in the file may still be printed, when it is fetched."""


def call_off(kind: PrintKind[J], *, actor: Actor, job: UUID) -> None:
    """Give a job up that is not fetched; what was prepared for it stays. ``UnknownPrintJobError``,
    ``PrintJobOverError``."""
    with transaction.atomic():
        found = _own(kind, actor, job)
        if found.state not in {PrintState.WAITING, PrintState.READY}:
            raise PrintJobOverError
        if found.file is not None:
            destroy([found.file], Destruction.WITHDRAWN)
        _end(found, PrintState.CALLED_OFF)
        insert_together(entry(actor, Action.CHANGE, object_type=kind.object_type, object_id=job, act="call_off"))


def fetch(kind: PrintKind[J], *, actor: Actor, job: UUID, terminal: UUID | None) -> Fetched:
    """The file, once. ``UnknownPrintJobError``, ``PrintJobOverError``, ``PrintJobStaleError``, ``FileGoneError``."""
    with transaction.atomic():
        found = _own(kind, actor, job)
        if found.state != PrintState.READY or found.file is None:
            raise PrintJobOverError
        if kind.may_leave is not None and not kind.may_leave(found):
            raise PrintJobStaleError
        file = take(file=found.file, account=found.ordered_by, terminal=terminal)
        _end(found, PrintState.FETCHED)
        insert_together(entry(actor, Action.PRINT, object_type=kind.object_type, object_id=job, act="fetch"))
    return file


def make_waiting(kind: PrintKind[J]) -> int:
    """Make every file that waits in this tenant; how many."""
    waiting = _rows(kind).filter(state=PrintState.WAITING).order_by("ordered_at", "id")
    return sum(_made(kind, job) for job in list(waiting))


def is_wanted(job: PrintJobBase) -> bool:
    """Whether nobody has called the job off meanwhile."""
    return type(job)._base_manager.filter(pk=job.pk, state=PrintState.WAITING).exists()


def _made(kind: PrintKind[J], job: J) -> bool:
    if job.tries >= MOST_TRIES:
        return _failed(kind, job, "tries")
    _rows(kind).filter(pk=job.pk).update(tries=F("tries") + 1)
    try:
        with override("ja"):
            return (kind.prepare is None or kind.prepare(job)) and _assemble(kind, job)
    except Exception as error:  # noqa: BLE001  # told by its class: an error of the database may quote a person's row
        return _failed(kind, job, type(error).__qualname__)


def _assemble(kind: PrintKind[J], job: J) -> bool:
    """Lay the documents together as they are now; anew, if one was printed by somebody else in the meantime."""
    for _attempt in range(MOST_TRIES):
        try:
            return _put_together(kind, job)
        except ChangedError:
            continue
    return _failed(kind, job, "changed")


def _put_together(kind: PrintKind[J], job: J) -> bool:
    laid = kind.lay(job)
    if laid is None:
        return _failed(kind, job, "nothing")
    with transaction.atomic():
        held = _rows(kind).select_for_update().filter(pk=job.pk, state=PrintState.WAITING).first()
        if held is None:
            return False
        told = laid.count()
        file = put(
            kind=kind.file,
            subject=job.pk,
            name=f"{kind.file}.pdf",
            content=laid.pdf,
            media_type="application/pdf",
            made_for=job.ordered_by,
        )
        held.file = file.pk
        _end(held, PrintState.READY)
        insert_together(*told)
    return True


def _own(kind: PrintKind[J], actor: Actor, job: UUID) -> J:
    found: J | None = _rows(kind).select_for_update().filter(pk=job).first()
    if found is None or found.ordered_by != actor.id:
        raise UnknownPrintJobError
    return found


def _end(job: PrintJobBase, state: PrintState) -> None:
    job.state, job.finished_at = state, clock.now()
    job.save(update_fields=["state", "finished_at", "file"])


def _failed(kind: PrintKind[J], job: J, why: str) -> bool:
    log.warning("print job failed", job=str(job.pk), kind=kind.object_type, error=why)
    waiting = _rows(kind).filter(pk=job.pk, state=PrintState.WAITING)
    waiting.update(state=PrintState.FAILED, finished_at=clock.now())
    return False


def _rows(kind: PrintKind[J]) -> QuerySet[J, Any]:
    return kind.jobs._base_manager.all()
