"""The accounts of a period (調定額・収納額・未納額一覧), what is unpaid with 督促, and what goes back."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.bookings.models import Facility
from apps.bookings.queries.refunds import Account, accounts, going_back, lines_of, owing, sums_of
from apps.bookings.services.fees.overdue import dun, is_overdue
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.guard import needs

PAGE_SIZE: Final = 50
LONGEST: Final = dt.timedelta(days=731)


class PeriodForm(forms.Form):
    """Of which days of use, and of which facility."""

    first = DayField(label=_("利用日（から）"))
    last = DayField(label=_("利用日（まで）"))
    facility = forms.ChoiceField(label=_("施設"), required=False)

    def __init__(self, data: Any, *, facilities: list[Facility]) -> None:
        super().__init__(data)
        choices = [("", _("すべて")), *((str(one.pk), one.name) for one in facilities)]
        self.fields["facility"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if len(facilities) < 2:  # nothing to choose from
            del self.fields["facility"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last", _("末日は、初日から2年以内の日にしてください。"))
        return cleaned


def form_of(request: SiteRequest) -> PeriodForm:
    first = clock.today().replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    asked = {"first": f"{first}", "last": f"{following - dt.timedelta(days=1)}"}
    said = {key: str(value) for key, value in request.GET.items() if key in {"first", "last", "facility"}}
    return PeriodForm(asked | said, facilities=list(Facility.objects.all()))


def lines_in(form: PeriodForm) -> list[Account]:
    said = form.cleaned_data
    facility = UUID(said["facility"]) if said.get("facility") else None
    return lines_of(accounts(said["first"], said["last"], facility))


@needs(Right.BOOKINGS_SEE)
@require_safe
def account_list(request: SiteRequest) -> HttpResponse:
    """What was charged, received, given back and is open, booking by booking, with the sums: no names."""
    form = form_of(request)
    if not form.is_valid():
        return render(request, "bookings/staff/money/accounts.html", {"form": form}, status=422)
    lines = lines_in(form)
    context = {
        "form": form,
        "sums": sums_of([one.ledger for one in lines]),
        "page_obj": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "asked": "&".join(f"{name}={form.data.get(name, '')}" for name in form.fields),
    }
    return render(request, "bookings/staff/money/accounts.html", context)


@needs(Right.BOOKINGS_SEE, to_change=Right.MONEY_RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def unpaid(request: SiteRequest) -> HttpResponse:
    """What is unpaid, what is due first standing first; a POST writes to those chosen that are overdue (督促)."""
    if request.method != "POST":
        return _unpaid_page(request)
    chosen = [one for one in (_uuid(text) for text in request.POST.getlist("bookings")) if one is not None]
    try:
        count = dun(actor=actor_of(request), bookings=chosen)
    except DomainError as error:
        problem = problem_of(error)
        return _unpaid_page(request, status=problem.status, problem=problem.text)
    messages.success(
        request, __("%(count)s件に督促しました。メールのない利用者には電話などでお知らせください。") % {"count": count}
    )
    return redirect("desk:unpaid")


def _unpaid_page(request: SiteRequest, *, status: int = 200, problem: str = "") -> HttpResponse:
    page = Paginator(owing(), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(one, is_overdue(one.booking)) for one in lines_of(page.object_list)]
    any_late = any(late for _one, late in lines)
    context = {"page_obj": page, "lines": lines, "any_late": any_late, "problem": problem}
    return render(request, "bookings/staff/money/unpaid.html", context, status=status)


@needs(Right.BOOKINGS_SEE)
@require_safe
def refunds(request: SiteRequest) -> HttpResponse:
    """What goes back: to be decided on, or to be handed out."""
    page = Paginator(going_back(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "lines": lines_of(page.object_list)}
    return render(request, "bookings/staff/money/refunds.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
