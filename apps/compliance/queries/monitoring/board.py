"""The city's board: all facilities by twelve months. A fixed number of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apps.compliance.models.monitoring import MonitoringMonth
from apps.compliance.models.monitoring_findings import MonitoringYear
from apps.compliance.queries.monitoring.months import Turn, months, turn_of
from apps.compliance.rules.monitoring.clocks import next_month
from apps.compliance.rules.monitoring.grading import year_grade
from apps.compliance.rules.monitoring.words import Grade
from kernel import clock
from kernel.wareki import fiscal_year
from tenants.models import Tenant, TenantState

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A facility's month; without sheet where it was not watched, or is not over."""

    first: dt.date
    sheet: MonitoringMonth | None
    turn: Turn | None

    @property
    def waits_for_city(self) -> bool:
        """Whether it is the city's turn."""
        return bool(self.turn and self.turn.due and not self.turn.due.by_facility)


@dataclass(frozen=True, slots=True)
class Line:
    """A facility's year."""

    tenant: Tenant
    cells: list[Cell]
    year: MonitoringYear | None

    @property
    def waits_for_city(self) -> bool:
        """Whether any month waits for the city."""
        return any(cell.waits_for_city for cell in self.cells)

    @property
    def is_late(self) -> bool:
        """Whether anything is past its day, of either side."""
        return any(cell.turn and cell.turn.due and cell.turn.days_left < 0 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Board:
    """A fiscal year of all facilities."""

    year: int
    months: list[dt.date]
    lines: list[Line]

    @property
    def waiting(self) -> list[tuple[Tenant, Cell]]:
        """What waits for the city, the most pressing first."""
        found = [(line.tenant, cell) for line in self.lines for cell in line.cells if cell.waits_for_city]
        return sorted(found, key=lambda one: one[1].turn.days_left if one[1].turn else 0)


def board_of(year: int) -> Board:
    """The board of a fiscal year; four statements."""
    firsts = months_of(year)
    sheets: dict[tuple[str, dt.date], Cell] = {
        (one.tenant, one.month): Cell(one.month, one, turn_of(one, one.findings.all()))
        for one in months().filter(month__gte=firsts[0], month__lte=firsts[-1])
    }
    years = _newest(MonitoringYear.objects.filter(fiscal_year=year))
    tenants = Tenant.objects.exclude(state=TenantState.CLOSED)
    lines = [
        Line(
            one,
            [sheets.get((one.schema_name, first), Cell(first, None, None)) for first in firsts],
            years.get(one.schema_name),
        )
        for one in tenants
    ]
    return Board(year, firsts, lines)


def months_of(year: int) -> list[dt.date]:
    """April to March."""
    firsts = [dt.date(year, 4, 1)]
    while len(firsts) < MONTHS:
        firsts.append(next_month(firsts[-1]))
    return firsts


def year_now() -> int:
    """The fiscal year of the month that was over last."""
    return fiscal_year(clock.today().replace(day=1) - dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class YearPage:
    """What a year's summary rests on."""

    sheets: list[MonitoringMonth]
    findings: int
    complaints: int
    accidents: int
    proposed: Grade | None
    summaries: list[MonitoringYear]


def year_of(tenant: str, year: int) -> YearPage:
    """A facility's year; three statements."""
    sheets = list(months().filter(tenant=tenant, fiscal_year=year).order_by("month"))
    return YearPage(
        sheets=sheets,
        findings=sum(len(one.findings.all()) for one in sheets),
        complaints=sum(one.complaints or 0 for one in sheets),
        accidents=sum(one.accidents or 0 for one in sheets),
        proposed=year_grade([Grade(one.grade) for one in sheets if one.grade]),
        summaries=list(MonitoringYear.objects.filter(tenant=tenant, fiscal_year=year)),
    )


def _newest(summaries: Iterable[MonitoringYear]) -> dict[str, MonitoringYear]:
    found: dict[str, MonitoringYear] = {}
    for one in summaries:
        if one.tenant not in found or one.version > found[one.tenant].version:
            found[one.tenant] = one
    return found
