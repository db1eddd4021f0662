"""What reductions came to in a fiscal year, as a page and as a workbook: counts and sums, no persons."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.bookings.queries.reduction_totals import Total, first_year, totals_of_year
from kernel import clock
from kernel.wareki import fiscal_year
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs
from shared.web.sheets import Cell, table_file


@needs(Right.BOOKINGS_SEE)
@require_safe
def year(request: SiteRequest) -> HttpResponse:
    """What was granted in a fiscal year, by ground: without persons."""
    chosen = _year(request)
    years = range(fiscal_year(clock.today()) + 1, first_year() - 1, -1)
    context = {"year": chosen, "years": years, "totals": totals_of_year(chosen)}
    return render(request, "bookings/staff/fees/year.html", context)


@needs(Right.BOOKINGS_SEE)
@require_safe
def year_sheet(request: SiteRequest) -> HttpResponse:
    """The same as a workbook."""
    chosen = _year(request)
    record(actor_of(request), Action.EXPORT, object_type="reductions", object_id=chosen)
    return table_file(f"genmen-{chosen}", _rows(totals_of_year(chosen)), form="xlsx")


def _rows(totals: Sequence[Total]) -> list[list[Cell]]:
    """A row for each ground, then the sum."""
    sums = [sum(getattr(one, name) for one in totals) for name in ("granted", "refused", "taken")]
    lines: list[list[Cell]] = [[one.article, one.label, one.granted, one.refused, one.taken] for one in totals]
    headings: list[Cell] = [_("根拠条項"), _("減免の事由"), _("承認（件）"), _("不承認（件）"), _("減免額（円）")]
    return [headings, *lines, ["", _("合計"), *sums]]


def _year(request: SiteRequest) -> int:
    text = request.GET.get("year", "")
    now = fiscal_year(clock.today())
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= now + 1 else now
