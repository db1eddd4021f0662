"""Incidents with what follows from their acts and versions: course, duties, clocks. A fixed number of statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.compliance.agreement_errors import UnknownClauseError
from apps.compliance.incident_errors import UnknownIncidentError
from apps.compliance.models.incidents import Incident, IncidentAct, IncidentDraft, IncidentVersion
from apps.compliance.queries.clauses import Clause, current_clause
from apps.compliance.rules.incident_clock import (
    Deadlines,
    Light,
    day_light,
    deadlines,
    first_word,
    first_word_due,
    form_due,
    moment_light,
)
from apps.compliance.rules.incident_duty import Duty, Facts, city_duty, operator_duty
from apps.compliance.rules.incident_items import Item
from apps.compliance.rules.incidents import Course, Step, course
from kernel import clock
from tenants.models import OperatorAssignment, OperatorKind


@dataclass(frozen=True)
class Seen:
    """An incident as it stands at a moment."""

    incident: Incident
    acts: list[IncidentAct]
    versions: list[IncidentVersion]
    now: dt.datetime

    @property
    def version(self) -> IncidentVersion:
        """The newest version of the nine items."""
        return self.versions[-1]

    @property
    def items(self) -> list[tuple[Item, str]]:
        """The nine items as the newest version has them."""
        return [(item, self.version.items.get(item, "")) for item in Item]

    @cached_property
    def known(self) -> dt.date:
        """Day 1: the day on which the fact became known at the facility, which acts for the city."""
        return self.incident.noticed_at.astimezone(clock.TOKYO).date()

    @cached_property
    def city(self) -> Duty:
        """The city's duty to report."""
        return city_duty(facts_of(self.version))

    @cached_property
    def operator(self) -> Duty:
        """A private operator's duty; this report is the telling of the principal that exempts it."""
        return operator_duty(facts_of(self.version), has_told_the_city=True)

    @cached_property
    def course(self) -> Course:
        """Where it stands and what may come next."""
        return course([Step(act.step) for act in self.acts], is_owed=self.city.is_owed)

    @cached_property
    def due(self) -> Deadlines:
        """The last days of 速報 and 確報."""
        return deadlines(self.known, is_unlawful=self.version.unlawful)

    def done_on(self, step: Step) -> dt.date | None:
        """The day of a step that was taken."""
        return next((act.on for act in self.acts if act.step == step), None)

    @property
    def word_due(self) -> dt.datetime:
        """Until when the city had to hear of it."""
        return first_word_due(self.incident.noticed_at)

    @property
    def word(self) -> dt.datetime | None:
        """When it did."""
        return first_word(self.incident.phoned_at, self.incident.reported_at)

    @property
    def word_light(self) -> Light:
        """Whether the hour was kept."""
        return moment_light(self.word_due, self.word, self.now)

    @property
    def form_light(self) -> Light:
        """Whether the written report came the same day."""
        return moment_light(form_due(self.incident.noticed_at), self.incident.reported_at, self.now)

    @property
    def prompt_light(self) -> Light | None:
        """速報; None where none is owed."""
        return self._light(Step.PROMPT, self.due.prompt)

    @property
    def final_light(self) -> Light | None:
        """確報; None where none is owed."""
        return self._light(Step.FINAL, self.due.final)

    @property
    def is_overdue(self) -> bool:
        """Whether a clock has run out and nothing was done."""
        return not self.course.is_closed and Light.OVERDUE in {self.prompt_light, self.final_light}

    def _light(self, step: Step, due: dt.date) -> Light | None:
        if not self.city.is_owed:
            return None
        return day_light(due, self.done_on(step), self.now.astimezone(clock.TOKYO).date())


def incidents() -> list[Seen]:
    """All that this site may see, what is open first, then the newest; three statements."""
    seen = [seen_of(one) for one in _with_parts(Incident.objects.all())]
    return sorted(seen, key=lambda one: (one.course.is_closed, not one.is_overdue))


def incident_of(incident: UUID) -> Seen:
    """One incident; ``UnknownIncidentError``, also for another facility's."""
    found = _with_parts(Incident.objects.filter(pk=incident)).first()
    if found is None:
        raise UnknownIncidentError
    return seen_of(found)


def seen_of(incident: Incident) -> Seen:
    """The incident as it stands now."""
    return Seen(incident, list(incident.acts.all()), list(incident.versions.all()), clock.now())


def facts_of(version: IncidentVersion) -> Facts:
    """What the duty test rests on."""
    return Facts(**{name: getattr(version, name) for name in Facts.__slots__})


def drafts() -> QuerySet[IncidentDraft]:
    """What was begun at this desk and not sent."""
    return IncidentDraft.objects.all()


def penalties_on(day: dt.date) -> Clause | None:
    """罰則 as they are worded on ``day``; None where the city keeps no such text."""
    try:
        return current_clause("penalties", day)
    except UnknownClauseError:
        return None


def has_private_operator(tenant: str, day: dt.date) -> bool:
    """Whether a 指定管理者 ran the tenant's facilities on ``day``."""
    runs = OperatorAssignment.objects.filter(tenant__schema_name=tenant, during__contains=day)
    return runs.filter(operator__kind=OperatorKind.MANAGER).exists()


def counts_of_month(tenant: str, month: dt.date) -> dict[str, int]:
    """Incidents that became known in the month that begins with ``month``, for the monthly monitoring."""
    begin, end = (clock.at(day, dt.time()) for day in (month, _month_after(month)))
    rows = _with_parts(Incident.objects.filter(tenant=tenant, noticed_at__gte=begin, noticed_at__lt=end))
    seen = [seen_of(one) for one in rows]
    return {
        "noticed": len(seen),
        "late": sum(one.word_light is Light.DONE_LATE for one in seen),
        "owed": sum(one.city.is_owed for one in seen),
        "open": sum(not one.course.is_closed for one in seen),
    }


def _month_after(month: dt.date) -> dt.date:
    return (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _with_parts(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    return rows.prefetch_related("acts", Prefetch("versions", queryset=IncidentVersion.objects.order_by("number")))
