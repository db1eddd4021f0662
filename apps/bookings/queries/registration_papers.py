"""Reading which notices a registration calls for, and which were issued."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from apps.bookings.models import Measure, MeasureKind, MeasureScope, RegistrationPaper, RegistrationPaperKind
from apps.bookings.models.life import MeasureState
from apps.bookings.rules.registration_papers import DECISIONS, Deed, Owed, owed
from apps.registrants.models import Registrant, RegistrationAct
from kernel.clock import TOKYO


@dataclass(frozen=True, slots=True)
class Line:
    """A notice on the registrant's page; ``paper`` is None until it is printed for the first time."""

    owed: Owed
    paper: RegistrationPaper | None

    @property
    def title(self) -> str:
        """利用停止通知書."""
        return str(RegistrationPaperKind(self.owed.kind).label)


def papers_owed(found: Registrant, state: str) -> list[Line]:
    """The notices of a registration in ``state``, the newest first; three statements at most.

    None of a registration that was forgotten, or merged into another one.
    """
    if found.forgotten_on is not None or found.merged_into_id is not None:
        return []
    deeds = [
        _deed(one) for one in RegistrationAct.objects.filter(registrant=found, act__in=DECISIONS).order_by("at", "id")
    ]
    called_for = owed(deeds, state=state, measured=_measured(found.pk, deeds))
    if not called_for:
        return []
    issued = {one.act_id: one for one in RegistrationPaper.objects.filter(registrant=found).defer("content")}
    return [Line(one, issued.get(one.deed.id)) for one in reversed(called_for)]


def _deed(row: RegistrationAct) -> Deed:
    on = row.at.astimezone(TOKYO).date()
    return Deed(row.pk, row.act, on, row.effective_on, row.until, row.cause, row.reason)


def _measured(registrant: UUID, deeds: list[Deed]) -> set[tuple[dt.date, str]]:
    """First day and reason of the suspensions and closings that measures brought about."""
    if not any(one.act in {"suspend", "close"} for one in deeds):
        return set()
    found = Measure.objects.filter(
        registrant=registrant,
        state__in=[MeasureState.TAKEN, MeasureState.LIFTED],
        kind__in=[MeasureKind.SUSPEND, MeasureKind.STRIKE],
        scope=MeasureScope.TENANT,
        first__isnull=False,
    )
    return {(first, reason) for first, reason in found.values_list("first", "reason") if first is not None}
