"""Reading individuals' visits: today's list, and the figures of a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from apps.registrants.models import Visit


@dataclass(frozen=True, slots=True)
class Figures:
    """Visits of some days: all, by day, by age band, by residence, and by both; a key that is empty means unknown."""

    total: int
    days: dict[dt.date, int]
    bands: dict[str, int]
    residences: dict[str, int]
    cells: dict[tuple[str, str], int]


def visits_on(day: dt.date, facility: UUID) -> QuerySet[Visit]:
    """The visits of a day at a facility, the newest first."""
    return Visit.objects.filter(day=day, facility=facility).select_related("card", "registrant")


def visit_figures(first: dt.date, until: dt.date, facility: UUID) -> Figures:
    """The figures from ``first`` until ``until`` (not in it) at a facility; one statement, whatever was visited."""
    days: dict[dt.date, int] = {}
    bands: dict[str, int] = {}
    residences: dict[str, int] = {}
    cells: dict[tuple[str, str], int] = {}
    visits = Visit.objects.filter(day__gte=first, day__lt=until, facility=facility).order_by()
    for day, band, residence, count in visits.values_list("day", "age_band", "residence").annotate(Count("pk")):
        for figures, key in ((days, day), (bands, band), (residences, residence)):
            figures[key] = figures.get(key, 0) + count
        cells[band, residence] = cells.get((band, residence), 0) + count
    return Figures(sum(days.values()), dict(sorted(days.items())), bands, residences, cells)
