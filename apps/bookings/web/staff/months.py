"""Closing a facility's month and sending it to the city, and opening it again with a reason (月締め)."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.bookings.models import Facility, MonthDeed
from apps.bookings.rules.states import REASON_LIMIT
from apps.bookings.services.use.months import close_month, reopen_month
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.dates import month_from
from shared.web.forms import tell
from shared.web.guard import needs


class ReopenForm(forms.Form):
    """Why a month that was sent is opened again."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=32_000)
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("市にもこの理由が表示されます。"),
        max_length=REASON_LIMIT,
        error_messages={
            "required": gettext_lazy("理由を入力してください。"),
            "max_length": gettext_lazy("理由は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@needs(Right.MONTH_CLOSE)
@require_POST
def close(request: SiteRequest, facility: UUID, month: str) -> HttpResponse:
    """Close the month that the page showed."""
    first = month_from(month, default=clock.today())
    seen = request.POST.get("seen", "")
    try:
        close_month(
            actor=actor_of(request),
            facility=facility,
            month=first,
            seen_number=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else -1,
        )
        messages.success(request, _("月を締め、市に提出しました。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return _to_month(first)


@needs(Right.MONTH_CLOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SiteRequest, facility: UUID, month: str) -> HttpResponse:
    """Ask why, then open the month again."""
    first = month_from(month, default=clock.today())
    place = Facility.objects.filter(pk=facility).first()
    if place is None:
        raise Http404
    last = MonthDeed.objects.filter(facility=place, month=first).order_by("-number").first()
    if request.method != "POST":
        return _page(request, place, first, last, ReopenForm(initial={"seen": last.number if last else 0}))
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, place, first, last, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reopen_month(
            actor=actor_of(request),
            facility=facility,
            month=first,
            reason=form.cleaned_data["reason"],
            seen_number=form.cleaned_data["seen"] or 0,
        )
    except DomainError as error:
        return _page(request, place, first, last, form, status=tell(form, error))
    messages.success(request, _("締めを取り消しました。直した後、もう一度締めてください。"))
    return _to_month(first)


def _page(
    request: SiteRequest,
    place: Facility,
    month: dt.date,
    last: MonthDeed | None,
    form: ReopenForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"facility": place, "month": month, "deed": last, "form": form}
    return render(request, "bookings/staff/reopen_month.html", context, status=status)


def _to_month(month: dt.date) -> HttpResponse:
    return redirect(f"{reverse('desk:reports')}?month={month:%Y-%m}")
