"""Reading how far a print job is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from kernel import clock
from shared.vault.models import VaultFile
from shared.vault.printing.model import PrintJobBase, PrintState


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a print job is."""

    job: PrintJobBase
    total: int
    done: int
    """Those that need nothing more before they are laid together."""
    left_out: Sequence[tuple[str, str]]
    """Number and the code of the error, of what does not come into the file."""
    file: VaultFile | None

    @property
    def is_working(self) -> bool:
        """Whether a worker has still to do with it."""
        return self.job.state == PrintState.WAITING

    @property
    def has_begun(self) -> bool:
        """Whether a worker has taken it up."""
        return self.job.tries > 0

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def may_fetch(self) -> bool:
        """Whether the file is there."""
        return (
            self.job.state == PrintState.READY
            and self.file is not None
            and self.file.destroyed_at is None
            and self.file.fetch_by > clock.now()
        )


def newest_jobs(jobs: type[PrintJobBase], account: UUID, *, done: Q) -> list[Progress]:
    """The newest print jobs of a member of staff; two statements. ``done`` says which ``items`` are."""
    counted = jobs._base_manager.annotate(total=Count("items"), done=Count("items", filter=done))
    found = list(counted.filter(ordered_by=account).order_by("-ordered_at", "id")[:10])
    files = _files([job.file for job in found if job.file])
    return [Progress(job, job.total, job.done, (), files.get(job.file)) for job in found]


def file_of(job: PrintJobBase) -> VaultFile | None:
    """What the vault keeps of its file, without the content; at most one statement."""
    return _files([job.file]).get(job.file) if job.file else None


def _files(wanted: Sequence[UUID]) -> dict[UUID | None, VaultFile]:
    return {file.pk: file for file in VaultFile.objects.defer("content").filter(pk__in=wanted)}
