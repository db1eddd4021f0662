"""Requests of persons with their clocks; a fixed number of statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from apps.compliance.models.person_requests import PersonRequest, PersonRequestAct, PersonRequestPeriod
from apps.compliance.person_request_errors import UnknownRequestError
from apps.compliance.rules.incident_clock import Light, day_light
from apps.compliance.rules.person_requests import Decision, Step, due_on, next_steps
from kernel import clock
from shared.disclosure import section_titles

DEFAULT_DAYS = 30
ACCESSES = "施設での取扱いの記録（要約）"
"""The heading of the summary of the audit."""


def disclosable() -> tuple[str, ...]:
    """The headings of all sections of a disclosure."""
    return (*section_titles(), ACCESSES)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it stands today."""

    request: PersonRequest
    acts: list[PersonRequestAct]
    today: dt.date

    @property
    def done(self) -> set[Step]:
        """Steps that were taken."""
        return {Step(act.step) for act in self.acts}

    @property
    def decided(self) -> PersonRequestAct | None:
        """The decision, if there is one."""
        return next((act for act in self.acts if act.step == Step.DECIDED), None)

    @property
    def decision(self) -> Decision | None:
        """What was decided."""
        return Decision(self.decided.decision) if self.decided else None

    @property
    def next(self) -> tuple[Step, ...]:
        """What may come next."""
        return next_steps(self.done, self.decision)

    @property
    def due(self) -> dt.date:
        """The last day for the decision."""
        return due_on(self.request.received_on, self.request.days, is_extended=Step.EXTENDED in self.done)

    @property
    def light(self) -> Light:
        """How the clock stands; what was withdrawn is done."""
        over = next((act for act in self.acts if act.step in {Step.DECIDED, Step.WITHDRAWN}), None)
        return day_light(self.due, over.on if over else None, self.today)

    @property
    def last(self) -> PersonRequestAct:
        """The newest act."""
        return self.acts[-1]


def asked_requests() -> QuerySet[PersonRequest]:
    """All that this site may see, the newest first."""
    return PersonRequest.objects.prefetch_related("acts")


def asked_of(request: PersonRequest) -> Asked:
    """The request as it stands today."""
    return Asked(request, list(request.acts.all()), clock.today())


def asked(request: UUID) -> Asked:
    """One request; ``UnknownRequestError``, also for another facility's."""
    found = asked_requests().filter(pk=request).first()
    if found is None:
        raise UnknownRequestError
    return asked_of(found)


def period_on(day: dt.date) -> int:
    """Within how many days the city decides what came on ``day``."""
    found = PersonRequestPeriod.objects.filter(valid_from__lte=day).first()
    return found.days if found else DEFAULT_DAYS
