"""Reading requests to take data out: a facility its own, the city all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.compliance.errors import UnknownExportError
from apps.compliance.export_texts import STAGE_WORDS, ExportEncoding, ExportPurpose
from apps.compliance.models.exports import ExportRequest
from apps.compliance.rules.exports import OPEN, SENSITIVE, Stage, management_number, stage_of
from apps.registrants.models import RegistrantKind, RegistrantState
from apps.registrants.queries.exporting import fields_to_export
from kernel import clock
from shared.vault.models import ExportedPerson, VaultFile


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A request with its words."""

    request: ExportRequest
    stage: Stage

    @property
    def word(self) -> Any:
        """The state in words."""
        return STAGE_WORDS[self.stage][0]

    @property
    def tone(self) -> str:
        """The colour group of the state."""
        return STAGE_WORDS[self.stage][1]

    @property
    def number(self) -> str:
        """管理番号, empty before the approval."""
        one = self.request
        return management_number(one.fiscal_year, one.serial) if one.fiscal_year and one.serial else ""

    @property
    def purpose(self) -> Any:
        """The purpose in words."""
        return ExportPurpose(self.request.purpose).label

    @property
    def encoding(self) -> Any:
        """文字コード in words."""
        return ExportEncoding(self.request.encoding).label

    @property
    def fields(self) -> list[tuple[Any, bool]]:
        """The labels of the fields, and whether each needed a reason."""
        labels = fields_to_export()
        return [(labels.get(name, name), name in SENSITIVE) for name in self.request.fields]

    @property
    def kind(self) -> Any:
        """個人 or 団体, empty for both."""
        return RegistrantKind(self.request.kind).label if self.request.kind else ""

    @property
    def states(self) -> list[Any]:
        """The states of registrations, none for all."""
        return [RegistrantState(state).label for state in self.request.states]

    @property
    def is_open(self) -> bool:
        """Whether it may still be withdrawn."""
        return self.stage in OPEN

    @property
    def is_working(self) -> bool:
        """Whether a worker will change it by itself."""
        return self.stage in {Stage.APPROVED, Stage.MAKING}

    @property
    def percent(self) -> int:
        """How far the file has come."""
        return min(100, 100 * self.request.rows_done // max(1, self.request.expected))


def line_of(request: ExportRequest) -> ExportLine:
    """``request`` as it stands now."""
    stage = stage_of(request.decision, request.outcome, fetch_by=request.fetch_by, now=clock.now())
    return ExportLine(request, stage)


def export_of(request: UUID) -> ExportLine:
    """One request; ``UnknownExportError`` if whoever looks has none such."""
    found = ExportRequest.objects.filter(pk=request).first()
    if found is None:
        raise UnknownExportError
    return line_of(found)


def file_of(line: ExportLine) -> VaultFile | None:
    """The file's proof in the tenant's vault, without its content."""
    return VaultFile.objects.defer("content").filter(pk=line.request.file).first() if line.request.file else None


def exports_of_person(person: UUID) -> Sequence[tuple[ExportLine, ExportedPerson]]:
    """In which exports a person was, the newest first; two statements. In the tenant's own scope."""
    held = {one.request: one for one in ExportedPerson.objects.filter(person=person)}
    found = ExportRequest.objects.filter(pk__in=held)
    return [(line_of(one), held[one.pk]) for one in found]


def waiting_tenants() -> list[str]:
    """The tenants with an approved file to make; one statement, as the city."""
    rows = ExportRequest.objects.filter(decision="approved", outcome__in=["", "making"])
    return list(rows.order_by("tenant").values_list("tenant", flat=True).distinct())
