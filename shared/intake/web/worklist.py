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
from shared.intake.queries import open_rows, row_of
from shared.intake.services.work_off import dismiss as dismiss_row
from shared.intake.services.work_off import take_in
from shared.intake.targets import targets
from shared.intake.web.forms import DismissForm, RowForm, told
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 50


@needs(Right.INTAKE)
@require_safe
def worklist(request: SiteRequest) -> HttpResponse:
    """The rows that are open, with what is wrong; what stands in them is on each one's own page."""
    page = Paginator(open_rows(), PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = targets()
    lines = []
    for one in page:
        labels = {field.code: field.label for field in kinds[one.kind].fields}
        problems = [(labels.get(problem["field"], ""), told(problem)) for problem in one.problems]
        lines.append({"row": one, "label": kinds[one.kind].label, "problems": problems})
    trail = [(_("データの取込み"), reverse("intake:index")), (_("取り込めなかった行"), "")]
    return render(request, "intake/worklist.html", {"page_obj": page, "lines": lines, "trail": trail})


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
    return redirect("intake:worklist")


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
        return redirect("intake:worklist")
    return _page(request, found, RowForm(found), dismissal=form, status=422)


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
        "dismissal": dismissal or DismissForm(),
        "trail": [
            (_("データの取込み"), reverse("intake:index")),
            (_("取り込めなかった行"), reverse("intake:worklist")),
            (_("{line}行目").format(line=found.line), ""),
        ],
    }
    return render(request, "intake/row.html", context, status=status)
