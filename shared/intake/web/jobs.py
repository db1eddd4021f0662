"""Files that are, or were, taken in: the list, a new one, and the page of one with its progress."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from shared.audit.models import Action
from shared.audit.record import record
from shared.intake.errors import FileError, IntakeError
from shared.intake.models import Job, JobState, RowState
from shared.intake.queries import at_hand_too, first_rows, found_rows, job_of, jobs, open_rows, sources, taken_before
from shared.intake.rules.left import COLUMN
from shared.intake.services.receive import receive
from shared.intake.services.start import discard, start, stop
from shared.intake.targets import targets
from shared.intake.upload import dropped
from shared.intake.web.forms import UploadForm, told
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.bodies import takes_a_file
from shared.web.forms import tell
from shared.web.guard import needs
from shared.web.sheets import Cell, csv_file

PAGE_SIZE: Final = 20
ROWS_SHOWN: Final = 50
CHARACTERS_SHOWN: Final = 160
"""Of each of these rows."""
STEPS: Final = {
    JobState.RECEIVED: 1,
    JobState.TO_CHECK: 2,
    JobState.CHECKING: 2,
    JobState.DONE: 4,
}
"""How many of the four steps lie behind; of others it depends on whether the file was checked."""
MOSTLY: Final = 5
"""When one row in so many cannot be taken in, the columns are probably chosen wrongly."""


@needs(Right.INTAKE)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All files, the newest first."""
    page = Paginator(jobs(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "kinds": targets(), "open_rows": open_rows().count()}
    return render(request, "intake/index.html", context)


@takes_a_file
@needs(Right.INTAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SiteRequest) -> HttpResponse:
    """A new file. One that cannot be taken in is told beside its field, and nothing is kept."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    status = 200
    if error := dropped(request):
        form.fields["file"].required = False  # it was sent
        status = _refused(request, form, error)
        form.fields["file"].required = True
    elif posted and form.is_valid():
        try:
            job = _received(request, form)
        except FileError as refused:
            status = _refused(request, form, refused)
        else:
            return redirect("intake:mapping", job=job.pk)
    elif posted:
        status = 422
    trail = [(_("データの取込み"), reverse("intake:index")), (_("ファイルを選ぶ"), "")]
    return render(request, "intake/upload.html", {"form": form, "sources": sources(), "trail": trail}, status=status)


def _refused(request: SiteRequest, form: UploadForm, error: FileError) -> int:
    """Nothing of the file stays but that somebody tried."""
    record(actor_of(request), Action.CREATE, object_type="intake", act="refused", why=error.code)
    return tell(form, error)


def _received(request: SiteRequest, form: UploadForm) -> Job:
    file = form.cleaned_data["file"]
    return receive(
        actor=actor_of(request),
        kind=form.cleaned_data["kind"],
        source=form.cleaned_data["source"],
        filename=file.name,
        stream=file.file,
    )


@needs(Right.INTAKE)
@require_safe
def detail(request: SiteRequest, job: UUID) -> HttpResponse:
    """How far the file has come, what the check found, and what can be done. htmx asks for the progress alone."""
    found = job_of(job)
    if not request.htmx:
        return _page(request, found)
    if found.state in JobState.for_worker():
        return render(request, "intake/_progress.html", _progress(found))
    return HttpResponseClientRefresh()


def _page(request: SiteRequest, found: Job, *, status: int = 200, problem: str = "") -> HttpResponse:
    bad = found_rows(found)
    shown = first_rows(found, ROWS_SHOWN, CHARACTERS_SHOWN)
    if shown:
        record(actor_of(request), Action.VIEW, object_type="intake", object_id=found.pk, shown=len(shown))
    labels = {one.code: one.label for one in targets()[found.kind].fields}
    context = _progress(found) | {
        "label": targets()[found.kind].label,
        "follow_up": targets()[found.kind].follow_up if found.state == JobState.DONE else None,
        "before": taken_before(found),
        "too": at_hand_too(found) if found.state in JobState.for_clerk() else None,
        "rows": [{"row": row, "problems": _problems(row["problems"], labels)} for row in shown],
        "bad": found.counts.get("refused", 0),
        "still_open": bad.filter(state=RowState.OPEN).count() if found.state == JobState.DONE else 0,
        "warnings": [{"text": told(one), "label": labels.get(one["field"], ""), **one} for one in _remarks(found)],
        "left": [one | {"name": one["params"]["column"]} for one in found.warnings if one["code"] == COLUMN],
        "may_run": found.state in {JobState.CHECKED, JobState.FAILED} and found.is_checked,
        "unknown": bad.filter(problems__contains=[{"code": "row_choice"}]).exists(),
        "mostly_bad": found.counts.get("refused", 0) * MOSTLY > found.counts.get("rows", 0),
        "may_choose": found.state in JobState.for_clerk(),
        "problem": problem,
        "step": STEPS.get(JobState(found.state), 3 if found.is_checked else 2),
        "trail": [(_("データの取込み"), reverse("intake:index")), (found.filename, "")],
    }
    return render(request, "intake/job.html", context, status=status)


def _progress(found: Job) -> dict[str, Any]:
    total = max(1, found.lines - 1)
    is_working = found.state in JobState.for_worker()
    return {
        "job": found,
        "is_working": is_working,
        "is_waiting": found.state in JobState.waiting(),
        "total": total,
        "percent": min(100, 100 * found.rows_done // total),
    }


def _remarks(found: Job) -> list[dict[str, Any]]:
    """The remarks on rows, without those on columns that are not taken."""
    return [one for one in found.warnings if one["code"] != COLUMN]


def _problems(problems: list[dict[str, Any]], labels: dict[str, object]) -> list[str]:
    return [f"{labels[one['field']]}：{told(one)}" if one["field"] in labels else told(one) for one in problems]


@needs(Right.INTAKE)
@require_POST
def run(request: SiteRequest, job: UUID) -> HttpResponse:
    """Have the checked file taken in."""
    return _act(request, job, start)


@needs(Right.INTAKE)
@require_POST
def give_up(request: SiteRequest, job: UUID) -> HttpResponse:
    """Delete the file, which was not taken in."""
    answer = _act(request, job, discard)
    if answer.status_code == 302:
        messages.success(request, _("ファイルを削除しました。何も取り込まれていません。"))
    return answer


@needs(Right.INTAKE)
@require_POST
def break_off(request: SiteRequest, job: UUID) -> HttpResponse:
    """Stop the check or the run."""
    answer = _act(request, job, stop)
    if answer.status_code == 302:
        messages.success(request, _("中止しました。何も取り込まれていません。ファイルは残っています。"))
    return answer


def _act(request: SiteRequest, job: UUID, service: Any) -> HttpResponse:
    try:
        service(actor=actor_of(request), job=job)
    except IntakeError as error:
        if error.status == 404:
            raise
        return _page(request, job_of(job), status=error.status, problem=told({"code": error.code}))
    return redirect("intake:job", job=job)


@needs(Right.INTAKE)
@require_safe
def problems_csv(request: SiteRequest, job: UUID) -> HttpResponse:
    """Each bad row by line and reason. What stands in the rows is not in it: no list of persons leaves by this way."""
    found = job_of(job)
    labels = {one.code: str(one.label) for one in targets()[found.kind].fields}
    bad = found_rows(found).values_list("line", "problems").iterator(chunk_size=2000)
    lines: Iterator[list[Cell]] = (
        [line, labels.get(one["field"], ""), told(one)] for line, problems in bad for one in problems
    )
    warned: Iterator[list[Cell]] = (
        [line, str(labels.get(one["field"], "")), _("注意：{text}").format(text=told(one))]
        for one in _remarks(found)
        for line in one["lines"]
    )
    left: Iterator[list[Cell]] = (
        ["", one["params"]["column"], _("取り込まない列です（書かれている行：{rows}行）。").format(rows=one["count"])]
        for one in found.warnings
        if one["code"] == COLUMN
    )
    record(actor_of(request), Action.EXPORT, object_type="intake", object_id=job, found=found.counts.get("refused", 0))
    rows: list[list[Cell]] = [[_("行"), _("項目"), _("理由")], *lines, *warned, *left]
    return csv_file(f"intake-{found.created_at:%Y%m%d}-{found.kind}.csv", rows)
