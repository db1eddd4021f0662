"""What reductions came to in a fiscal year, as a page and as a workbook: counts and sums, no persons."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bookings.queries.reduction_totals import first_year, totals_of_year
from apps.bookings.web.staff.fees.sheets import totals_workbook
from kernel import clock
from kernel.wareki import fiscal_year
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    content = totals_workbook(chosen, totals_of_year(chosen))
    record(actor_of(request), Action.EXPORT, object_type="reductions", object_id=chosen)
    headers = {"Content-Disposition": f'attachment; filename="genmen-{chosen}.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _year(request: SiteRequest) -> int:
    text = request.GET.get("year", "")
    now = fiscal_year(clock.today())
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= now + 1 else now
