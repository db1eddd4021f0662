"""Which facilities have closed and sent a month (月報の提出状況), with the figures as they were sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from apps.bookings.queries.city_months import months_sent
from apps.bookings.rules.figures import added
from apps.compliance.web.city.chrome import page
from apps.compliance.web.city.months import MonthForm
from kernel import clock
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import later_month, month_before
from shared.web.guard import needs


@needs(Right.CITY_SEE)
@require_safe
def month_reports(request: SiteRequest) -> HttpResponse:
    """The month of every facility: sent, opened again with its reason, or not yet sent."""
    last = month_before(clock.today())
    form = MonthForm({"month": f"{last:%Y-%m}"} | {key: str(value) for key, value in request.GET.items()})
    if not form.is_valid():
        return page(request, "month_reports.html", status=422, form=form)
    month = form.month_shown()
    sent = months_sent(month)
    return page(
        request,
        "month_reports.html",
        form=form,
        month=month,
        before=month_before(month),
        after=later_month(month, last=last),
        months=sent,
        sent=sum(one.is_sent for one in sent),
        total=added([one.figures for one in sent if one.figures is not None]),
    )
