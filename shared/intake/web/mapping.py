"""Which column is read into which field: chosen on a page, or brought along as a small file."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.intake.errors import IntakeError
from shared.intake.models import Job, JobState
from shared.intake.queries import at_hand_too, job_of, taken_before
from shared.intake.rules.mapping import adapted, from_file, from_json, to_file
from shared.intake.services.choose_columns import choose_columns, load_columns
from shared.intake.targets import targets
from shared.intake.web.forms import MappingFileForm, MappingForm
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.bodies import takes_a_file
from shared.web.forms import tell
from shared.web.guard import needs

LONGEST: Final = 1024 * 1024


@takes_a_file
@needs(Right.INTAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: SiteRequest, job: UUID) -> HttpResponse:
    """The columns of the file; saving them has the file checked."""
    found = job_of(job)
    if found.state not in JobState.for_clerk():
        return redirect("intake:job", job=job)
    if request.method != "POST":
        return _page(request, found, MappingForm(found))
    if "load" in request.POST:
        return _loaded(request, found)
    form = MappingForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        choose_columns(actor=actor_of(request), job=job, mapping=form.mapping())
    except IntakeError as error:
        return _page(request, found, form, status=tell(form, error))
    return redirect("intake:job", job=job)


def _loaded(request: SiteRequest, found: Job) -> HttpResponse:
    """Take over a mapping file; what is wrong with it is told beside its field."""
    form = MappingFileForm(request.POST, request.FILES)
    status = 422
    if form.is_valid():
        try:
            text = form.cleaned_data["file"].read(LONGEST).decode("utf-8", "replace")
            told = from_file(text, kind=found.kind, fields=targets()[found.kind].fields)
            load_columns(actor=actor_of(request), job=found.pk, mapping=told)
        except IntakeError as error:
            status = tell(form, error)
        else:
            messages.success(request, _("対応表を読み込みました。確かめて、点検してください。"))
            return redirect("intake:mapping", job=found.pk)
    return _page(request, found, MappingForm(found), file_form=form, status=status)


def _page(
    request: SiteRequest, found: Job, form: MappingForm, *, file_form: MappingFileForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "job": found,
        "label": targets()[found.kind].label,
        "form": form,
        "file_form": file_form or MappingFileForm(),
        "required": [one.label for one in targets()[found.kind].fields if one.is_required],
        "before": taken_before(found),
        "too": at_hand_too(found),
        "trail": [
            (_("データの取込み"), reverse("intake:index")),
            (found.filename, reverse("intake:job", kwargs={"job": found.pk})),
            (_("項目の対応付け"), ""),
        ],
    }
    return render(request, "intake/mapping.html", context, status=status)


@needs(Right.INTAKE)
@require_safe
def mapping_file(_request: SiteRequest, job: UUID) -> HttpResponse:
    """The mapping as a small file to keep and to edit."""
    found = job_of(job)
    in_order = adapted(from_json(found.mapping), found.header)  # the database keeps no order of names
    text = to_file(in_order, kind=found.kind, source=found.source)
    headers = {"Content-Disposition": f'attachment; filename="mapping-{found.kind}.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
