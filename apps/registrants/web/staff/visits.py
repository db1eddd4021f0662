"""The figures of individuals' visits (個人利用の来館): a month by day, age band and residence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.registrants.queries.cards import facilities_of_tenant
from apps.registrants.queries.visits import Figures, visit_figures
from apps.registrants.web.staff.visit_texts import bands, residences
from kernel import clock
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import later_month, month_after, month_before, month_from
from shared.web.guard import needs


@needs(Right.CARDS_KEEP)
@require_safe
def visits(request: SiteRequest) -> HttpResponse:
    """One month at one facility; another is chosen by its place in the list."""
    month = month_from(request.GET.get("month", ""), default=clock.today().replace(day=1))
    facilities = facilities_of_tenant()
    chosen = next((one for one in facilities if str(one.pk) == request.GET.get("facility")), None)
    facility = chosen or next(iter(facilities), None)
    figures = visit_figures(month, month_after(month), facility.pk) if facility else Figures(0, {}, {}, {}, {})
    context: dict[str, Any] = {
        "month": month,
        "before": month_before(month),
        "after": later_month(month, last=clock.today()),
        "facilities": facilities,
        "facility": facility,
        "figures": figures,
        "days": list(figures.days.items()),
        "residences": residences(),
        "rows": [_row(figures, band, label) for band, label in bands()],
        "sums": [figures.residences.get(key, 0) for key, _label in residences()],
    }
    return render(request, "registrants/staff/cards/visits.html", context)


def _row(figures: Figures, band: str, label: str) -> tuple[str, list[int], int]:
    """An age band with its visits by residence, and all of them."""
    cells = [figures.cells.get((band, key), 0) for key, _label in residences()]
    return label, cells, sum(cells)
