"""Designations with their agreements, version by version, and what ended them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from apps.compliance.agreement_errors import UnknownAssignmentError
from apps.compliance.models.agreements import AgreementVersion, AssignmentEnding
from tenants.models import OperatorAssignment


@dataclass(frozen=True, slots=True)
class Designation:
    """A designation with all that was agreed about it, the newest first; the first words stand in it itself."""

    assignment: OperatorAssignment
    versions: Sequence[AgreementVersion]
    endings: Sequence[AssignmentEnding]

    def on(self, day: dt.date) -> AgreementVersion | None:
        """What was agreed on a day; None where no version was registered (then the assignment's own words hold)."""
        return next((one for one in self.versions if one.in_force_from <= day), None)

    @property
    def latest(self) -> int:
        """The number of the latest version, 0 where there is none."""
        return self.versions[0].version if self.versions else 0


def designation(assignment: int) -> Designation:
    """Three statements. ``UnknownAssignmentError``."""
    found = OperatorAssignment.objects.select_related("operator", "tenant").filter(pk=assignment).first()
    if found is None:
        raise UnknownAssignmentError
    versions = list(AgreementVersion.objects.filter(assignment=assignment).order_by("-version"))
    return Designation(found, versions, list(AssignmentEnding.objects.filter(assignment=assignment)))
