"""The accounts of a period (調定額・収納額・未納額一覧), what is unpaid with 督促, and what goes back."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.bookings.fee_texts import PAYMENT_TEXTS
from apps.bookings.models import Facility
from apps.bookings.queries.refunds import Account, accounts, going_back, lines_of, owing, sums_of
from apps.bookings.services.fees.overdue import dun, is_overdue
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.guard import needs
from shared.web.sheets import FORMATS, Cell, table_file

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


def _form(request: SiteRequest) -> PeriodForm:
    first = clock.today().replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    asked = {"first": f"{first}", "last": f"{following - dt.timedelta(days=1)}"}
    said = {key: str(value) for key, value in request.GET.items() if key in {"first", "last", "facility"}}
    return PeriodForm(asked | said, facilities=list(Facility.objects.all()))


def _lines(form: PeriodForm) -> list[Account]:
    said = form.cleaned_data
    facility = UUID(said["facility"]) if said.get("facility") else None
    return lines_of(accounts(said["first"], said["last"], facility))


@needs(Right.BOOKINGS_SEE)
@require_safe
def account_list(request: SiteRequest) -> HttpResponse:
    """What was charged, received, given back and is open, booking by booking, with the sums: no names."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "bookings/staff/money/accounts.html", {"form": form}, status=422)
    lines = _lines(form)
    context = {
        "form": form,
        "sums": sums_of([one.ledger for one in lines]),
        "page_obj": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "asked": "&".join(f"{name}={form.data.get(name, '')}" for name in form.fields),
        "formats": FORMATS,
    }
    return render(request, "bookings/staff/money/accounts.html", context)


@needs(Right.BOOKINGS_SEE)
@require_safe
def account_sheet(request: SiteRequest) -> HttpResponse:
    """The same as a file."""
    form = _form(request)
    if not form.is_valid():
        raise BadRequest(next(iter(form.errors.values()))[0])
    lines = _lines(form)
    said = form.cleaned_data
    name = f"shuno-{said['first']:%Y%m%d}-{said['last']:%Y%m%d}"
    record(actor_of(request), Action.EXPORT, object_type="accounts", object_id=name)
    note = __("この文字コードにない文字は〓で表しています。")
    return table_file(name, _table(lines), form=request.GET.get("form", "xlsx"), lacking_note=note)


def _table(lines: list[Account]) -> list[list[Cell]]:
    headings: list[Cell] = [
        __("受付番号"),
        __("利用日"),
        __("施設"),
        __("室場"),
        __("調定額（円）"),
        __("収納額（円）"),
        __("還付額（円）"),
        __("未納額（円）"),
        __("還付未済額（円）"),
        __("納付期限"),
        __("収納状態"),
    ]
    rows: list[list[Cell]] = [[*_cells(one)] for one in lines]
    sums = sums_of([one.ledger for one in lines])
    total: list[Cell] = [__("計"), "", "", "", sums.charged, sums.received, sums.returned, sums.owed, sums.open, "", ""]
    return [headings, *rows, total]


def _cells(one: Account) -> list[Cell]:
    booking, ledger = one.booking, one.ledger
    return [
        booking.number,
        f"{booking.day}",
        booking.room.facility.name,
        booking.room.name,
        ledger.charged,
        ledger.received,
        ledger.out,
        max(0, ledger.owed),
        ledger.due + ledger.open,
        f"{booking.due_on}" if booking.due_on else "",
        str(PAYMENT_TEXTS[ledger.state]),
    ]


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
