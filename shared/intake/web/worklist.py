"""The rows that could not be read (取り込めなかった行): a list, and a page on which one is corrected or dismissed."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.audit.models import Action
from shared.audit.record import record
from shared.intake.errors import IntakeError
from shared.intake.models import RejectedRow, RowState
from shared.intake.queries import files_with_open_rows, open_reasons, row_of
from shared.intake.services.work_off import dismiss as dismiss_row
from shared.intake.services.work_off import dismiss_all, read_again, take_in
from shared.intake.targets import targets
from shared.intake.web.forms import told, told_in_general
from shared.intake.web.row_forms import ChosenForm, DismissForm, RowForm
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 50
SHOWN: Final = ("kind", "line", "problems", "job__filename", "job__created_at")
"""Of a row and its file on the list: a row may have a million characters."""


@needs(Right.INTAKE)
@require_safe
def worklist(request: SiteRequest) -> HttpResponse:
    """The rows that are open, with what is wrong; what stands in them is on each one's own page."""
    return _list(request, ChosenForm(request.GET))


def _list(
    request: SiteRequest, chosen: ChosenForm, *, dismissal: DismissForm | None = None, status: int = 200
) -> HttpResponse:
    chosen.is_valid()
    page = Paginator(chosen.rows().only(*SHOWN), PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = targets()
    lines = []
    for one in page:
        labels = {field.code: field.label for field in kinds[one.kind].fields}
        problems = [(labels.get(problem["field"], ""), told(problem)) for problem in one.problems]
        lines.append({"row": one, "label": kinds[one.kind].label, "problems": problems})
    context = {
        "page_obj": page,
        "lines": lines,
        "chosen": chosen,
        "way": _way(chosen),
        "files": files_with_open_rows(),
        "reasons": [(code, told_in_general(code), count) for code, count in open_reasons(chosen.file)],
        "dismissal": dismissal or DismissForm(),
        "trail": [(_("データの取込み"), reverse("intake:index")), (_("取り込めなかった行"), "")],
    }
    return render(request, "intake/worklist.html", context, status=status)


@needs(Right.INTAKE)
@require_POST
def read_all_again(request: SiteRequest) -> HttpResponse:
    """Read the chosen file's rows once more: what they lacked may be here by now."""
    chosen = ChosenForm(request.POST)
    if not chosen.is_valid() or chosen.file is None:
        return _list(request, chosen, status=422)
    try:
        taken, left = read_again(actor=actor_of(request), rows=chosen.rows())
    except IntakeError as error:
        messages.error(request, problem_of(error).text)
        return redirect(f"{reverse('intake:worklist')}?{chosen.query}")
    text = _("{taken}行を取り込みました。{left}行は、まだ取り込めません。")
    messages.success(request, text.format(taken=taken, left=left))
    return redirect(f"{reverse('intake:worklist')}?{chosen.query}")


@needs(Right.INTAKE)
@require_POST
def dismiss_many(request: SiteRequest) -> HttpResponse:
    """Leave all rows that were chosen aside, for one reason."""
    chosen, form = ChosenForm(request.POST), DismissForm(request.POST)
    if not chosen.is_valid() or chosen.file is None or not form.is_valid():
        return _list(request, chosen, dismissal=form, status=422)
    done = dismiss_all(actor=actor_of(request), rows=chosen.rows(), reason=form.cleaned_data["reason"])
    messages.success(request, _("{rows}行は取り込まないことにしました。").format(rows=done))
    return redirect("intake:worklist")


@needs(Right.INTAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: SiteRequest, row: int) -> HttpResponse:
    """One row: corrected here, it is taken in."""
    found = row_of(row)
    if request.method != "POST":
        form = RowForm(found)
        record(actor_of(request), Action.VIEW, object_type="intake_row", object_id=row)
        return _page(request, found, form)
    form = RowForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        problems = take_in(actor=actor_of(request), row=row, values=form.cleaned_data)
    except IntakeError as error:
        return _page(request, row_of(row), form, status=tell(form, error))
    if problems:
        form.tell([problem.as_json() for problem in problems])
        return _page(request, found, form, status=422)
    messages.success(request, _("{line}行目を取り込みました。").format(line=found.line))
    return redirect(_back(request))


@needs(Right.INTAKE)
@require_POST
def dismiss(request: SiteRequest, row: int) -> HttpResponse:
    """Leave the row aside, with a reason."""
    found = row_of(row)
    form = DismissForm(request.POST)
    if form.is_valid():
        try:
            dismiss_row(actor=actor_of(request), row=row, reason=form.cleaned_data["reason"])
        except IntakeError as error:
            return _page(request, row_of(row), RowForm(found), dismissal=form, status=tell(form, error))
        messages.success(request, _("{line}行目は取り込まないことにしました。").format(line=found.line))
        return redirect(_back(request))
    return _page(request, found, RowForm(found), dismissal=form, status=422)


def _way(chosen: ChosenForm) -> str:
    """What was chosen, behind the address of a row's page: it leads back to the same list."""
    return f"?{chosen.query}" if chosen.is_valid() and chosen.query else ""


def _back(request: SiteRequest) -> str:
    return reverse("intake:worklist") + _way(ChosenForm(request.GET))


def _page(
    request: SiteRequest, found: RejectedRow, form: RowForm, *, dismissal: DismissForm | None = None, status: int = 200
) -> HttpResponse:
    labels = {field.code: str(field.label) for field in targets()[found.kind].fields}
    header = found.job.header
    context = {
        "row": found,
        "is_open": found.state == RowState.OPEN,
        "label": targets()[found.kind].label,
        "cells": [(header[place] if place < len(header) else "", cell) for place, cell in enumerate(found.cells)],
        "problems": [(labels.get(one["field"], ""), told(one)) for one in found.problems],
        "form": form,
        "chosen": _way(ChosenForm(request.GET)),
        "dismissal": dismissal or DismissForm(),
        "trail": [
            (_("データの取込み"), reverse("intake:index")),
            (_("取り込めなかった行"), _back(request)),
            (_("{line}行目").format(line=found.line), ""),
        ],
    }
    return render(request, "intake/row.html", context, status=status)
