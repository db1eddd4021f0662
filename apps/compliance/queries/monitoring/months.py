"""A month's sheet as the pages of both sides show it. Row rules keep a desk to its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from apps.compliance.models.monitoring import (
    ItemCategory,
    MonitoringAct,
    MonitoringFact,
    MonitoringMonth,
    MonitoringResult,
)
from apps.compliance.models.monitoring_findings import MonitoringFinding, MonitoringPhoto
from apps.compliance.monitoring_errors import UnknownFindingError, UnknownMonthError
from apps.compliance.rules.monitoring.clocks import Due, Step, due_of, step_on
from apps.compliance.rules.monitoring.report import Answer, missing
from apps.compliance.rules.monitoring.words import TO_ANSWER, FindingState, Source, State
from kernel import clock

LATEST: Final = 14
"""Months in a desk's list: the year, and what is under way."""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of items (区分) with how many the facility still has to fill in."""

    category: ItemCategory
    items: list[MonitoringResult]
    lacking: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What a month waits for today, None when it is closed."""

    due: Due | None
    step: Step | None
    days_left: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole month; the number of statements is fixed."""

    month: MonitoringMonth
    sections: list[Section]
    facts: Mapping[str, MonitoringFact]
    findings: list[MonitoringFinding]
    photos: list[MonitoringPhoto]
    acts: list[MonitoringAct]
    turn: Turn

    @property
    def results(self) -> list[MonitoringResult]:
        """All items in the order of the sheet."""
        return [item for section in self.sections for item in section.items]

    @property
    def lacking(self) -> int:
        """How many items and figures the facility still has to fill in."""
        return sum(section.lacking for section in self.sections) + counts_lacking(self.month)

    @property
    def open_findings(self) -> list[MonitoringFinding]:
        """Those that want a plan."""
        return [one for one in self.findings if FindingState(one.state) in TO_ANSWER]

    def facts_of(self, item: MonitoringResult) -> list[MonitoringFact]:
        """The figures that stand beside ``item``."""
        return [self.facts[code] for code in item.facts if code in self.facts]


def months() -> QuerySet[MonitoringMonth]:
    """Sheets with what their turn is reckoned from; two statements."""
    return MonitoringMonth.objects.prefetch_related(Prefetch("findings", MonitoringFinding.objects.defer("text")))


def latest_months() -> list[tuple[MonitoringMonth, Turn]]:
    """A desk's own months, the newest first; two statements."""
    return [(one, turn_of(one, one.findings.all())) for one in months()[:LATEST]]


def sheet_of(tenant: str, month: dt.date) -> Sheet:
    """The whole sheet; six statements. ``UnknownMonthError``."""
    found = MonitoringMonth.objects.filter(tenant=tenant, month=month).first()
    if found is None:
        raise UnknownMonthError
    findings = list(found.findings.select_related("result"))
    return Sheet(
        month=found,
        sections=sections_of(found.results.all()),
        facts={fact.code: fact for fact in found.facts.all()},
        findings=findings,
        photos=list(found.photos.defer("content").select_related("result")),
        acts=list(found.acts.defer("snapshot")),
        turn=turn_of(found, findings),
    )


def sections_of(results: Iterable[MonitoringResult]) -> list[Section]:
    """The items by group, in the order of the sheet; groups without items are left out."""
    rows = list(results)
    found = []
    for category in ItemCategory:
        items = [row for row in rows if row.category == category]
        if items:
            found.append(Section(category, items, missing(answer_of(item) for item in items)))
    return found


def answer_of(item: MonitoringResult) -> Answer:
    """The item as the rules see it."""
    return Answer(Source(item.filled_by), item.own_result, item.own_note)


def counts_lacking(month: MonitoringMonth) -> int:
    """How many of the two figures, complaints and accidents, are not yet filled in."""
    return (month.complaints is None) + (month.accidents is None)


def turn_of(month: MonitoringMonth, findings: Iterable[MonitoringFinding]) -> Turn:
    """What ``month`` waits for, and how pressing that is today."""
    rows, today = list(findings), clock.today()
    due = due_of(
        State(month.state),
        month.month,
        deadlines=[one.deadline for one in rows if FindingState(one.state) in TO_ANSWER],
        planned_on=max((localdate(one.planned_at) for one in rows if one.planned_at), default=None),
    )
    if due is None:
        return Turn(None, None, 0)
    return Turn(due, step_on(due.on, today), due.days_left(today))


def finding_of(finding: UUID) -> MonitoringFinding:
    """A finding with its month; ``UnknownFindingError``."""
    found = MonitoringFinding.objects.select_related("month", "result").filter(pk=finding).first()
    if found is None:
        raise UnknownFindingError
    return found
