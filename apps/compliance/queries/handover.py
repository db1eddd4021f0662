"""Reading changes of operator, as a desk sees its own and the city all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.compliance.handover_errors import UnknownHandoverError
from apps.compliance.models.handover import HandoverAct, HandoverCase
from apps.compliance.rules.handover import Side, Stage, Standing, Step, stages
from tenants.models import OperatorAssignment


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its steps as they stand, and what was done."""

    case: HandoverCase
    stages: list[Stage]
    acts: list[HandoverAct]
    follower: OperatorAssignment | None
    """Whose term begins on the day after, if that is known."""

    def done(self) -> set[Step]:
        """The steps that were taken."""
        return done_of(self.acts)

    def next_for(self, side: Side) -> list[Stage]:
        """What ``side`` can do or has to do now."""
        mine = (one for one in self.stages if one.side is side)
        return [one for one in mine if one.standing not in {Standing.DONE, Standing.NOT_YET}]


def done_of(acts: Sequence[HandoverAct]) -> set[Step]:
    """The steps that ``acts`` are about."""
    return {Step(act.step) for act in acts}


def cases(today: dt.date) -> list[CaseView]:
    """All cases that the role of this unit of work reaches, the latest ends first; three statements."""
    found = list(_with_acts())
    followers = _followers(found)
    return [_view(case, today, followers.get(case.pk)) for case in found]


def case_of(case: UUID, today: dt.date) -> CaseView:
    """One case; ``UnknownHandoverError`` for none, or another tenant's."""
    found = _with_acts().filter(pk=case).first()
    if found is None:
        raise UnknownHandoverError
    return _view(found, today, _followers([found]).get(found.pk))


def terms_without_case() -> list[OperatorAssignment]:
    """Terms that have an end and no case yet, the nearest end first."""
    begun = HandoverCase.objects.values("outgoing")
    found = OperatorAssignment.objects.filter(during__endswith__isnull=False).exclude(pk__in=begun)
    return list(found.select_related("tenant", "operator").order_by("during__endswith", "tenant__name"))


def _with_acts() -> QuerySet[HandoverCase]:
    acts = Prefetch("acts", HandoverAct.objects.order_by("at", "id"))
    return HandoverCase.objects.select_related("outgoing__operator", "outgoing__tenant").prefetch_related(acts)


def _view(case: HandoverCase, today: dt.date, follower: OperatorAssignment | None) -> CaseView:
    acts = list(case.acts.all())
    return CaseView(case, stages(done_of(acts), case.last_day, today), acts, follower)


def _followers(found: Sequence[HandoverCase]) -> dict[UUID, OperatorAssignment]:
    tenants = {case.outgoing.tenant_id for case in found}
    terms = OperatorAssignment.objects.filter(tenant__in=tenants).select_related("operator")
    begins = {(term.tenant_id, term.during.lower): term for term in terms}
    day = dt.timedelta(days=1)
    pairs = {case.pk: begins.get((case.outgoing.tenant_id, case.last_day + day)) for case in found}
    return {pk: term for pk, term in pairs.items() if term}
