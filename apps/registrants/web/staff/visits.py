"""The figures of individuals' visits (個人利用の来館): a month by day, age band and residence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.registrants.models import Residence
from apps.registrants.queries.cards import facilities_of_tenant
from apps.registrants.queries.visits import Figures, visit_figures
from apps.registrants.rules.scanning import OLDEST_BAND, YOUNGEST_BAND
from kernel import clock
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import month_after, month_before, month_from
from shared.web.guard import needs


@needs(Right.CARDS_KEEP)
@require_safe
def visits(request: SiteRequest) -> HttpResponse:
    """One month at one facility; another is chosen by its place in the list."""
    month = month_from(request.GET.get("month", ""), default=clock.today().replace(day=1))
    facilities = facilities_of_tenant()
    chosen = next((one for one in facilities if str(one.pk) == request.GET.get("facility")), None)
    facility = chosen or next(iter(facilities), None)
    figures = visit_figures(month, month_after(month), facility.pk) if facility else Figures(0, {}, {}, {})
    context: dict[str, Any] = {
        "month": month,
        "before": month_before(month),
        "after": month_after(month),
        "facilities": facilities,
        "facility": facility,
        "figures": figures,
        "days": list(figures.days.items()),
        "bands": [(label, figures.bands.get(key, 0)) for key, label in _bands()],
        "residences": [(label, figures.residences.get(key, 0)) for key, label in _residences()],
    }
    return render(request, "registrants/staff/cards/visits.html", context)


def _bands() -> list[tuple[str, str]]:
    bands = [
        (str(age), _("%(first)d〜%(last)d歳") % {"first": age, "last": age + 4})
        for age in range(YOUNGEST_BAND, OLDEST_BAND, 5)
    ]
    below = ("0", _("%(age)d歳未満") % {"age": YOUNGEST_BAND})
    return [below, *bands, (str(OLDEST_BAND), _("%(age)d歳以上") % {"age": OLDEST_BAND}), ("", _("不明"))]


def _residences() -> list[tuple[str, str]]:
    return [*((one.value, str(one.label)) for one in Residence), ("", _("不明"))]
