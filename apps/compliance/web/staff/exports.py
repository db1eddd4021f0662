"""持出し at a desk: ask, follow, fetch once, give up. There is no other way for persons' data to leave as a file."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.compliance.models.exports import ExportRequest
from apps.compliance.queries.exports import ExportLine, export_of, file_of, line_of
from apps.compliance.rules.exports import Stage
from apps.compliance.services.ask_export import ask_export, withdraw_export
from apps.compliance.services.fetch_export import fetch_export
from apps.compliance.web.staff.export_forms import ExportForm
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs
from tenants import directory

PAGE_SIZE: Final = 20


@needs(Right.EXPORT_ASK)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All requests of this facility, the newest first."""
    page = Paginator(ExportRequest.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "lines": [line_of(one) for one in page], "trail": _trail()}
    return render(request, "compliance/staff/exports.html", context)


@needs(Right.EXPORT_ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SiteRequest) -> HttpResponse:
    """A new request."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask_page(request, form)
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    try:
        asked = ask_export(actor=actor_of(request), tenant=request.place.schema, wish=form.wish())
    except DomainError as error:
        error.field = "fields_wanted" if error.field == "fields" else error.field
        return _ask_page(request, form, status=tell(form, error))
    messages.success(request, _("持出しを申請しました。市の決定をお待ちください。"))
    return redirect("office:export", request_id=asked.pk)


@needs(Right.EXPORT_ASK)
@require_safe
def detail(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """One request: what was asked, what was decided, and the file while it waits. htmx asks for the state alone."""
    line = export_of(request_id)
    if request.htmx and not line.is_working:
        return HttpResponseClientRefresh()
    return _page(request, line)


@needs(Right.EXPORT_ASK)
@require_POST
def fetch(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """The file itself, once."""
    has_terminals = bool(directory.policy_in_request(request.place.schema).terminals)
    try:
        file = fetch_export(
            actor=actor_of(request), request=request_id, terminal=request.terminal, needs_terminal=has_terminals
        )
    except DomainError as error:
        return _refused(request, request_id, error)
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.EXPORT_ASK)
@require_POST
def withdraw(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """Give the request up; what was made is destroyed."""
    try:
        withdraw_export(actor=actor_of(request), request=request_id)
    except DomainError as error:
        return _refused(request, request_id, error)
    messages.success(request, _("持出しの申請を取りやめました。作成済みのファイルは廃棄しました。"))
    return redirect("office:export", request_id=request_id)


def _refused(request: SiteRequest, request_id: UUID, error: DomainError) -> HttpResponse:
    if error.status == 404:
        raise error
    problem = problem_of(error)
    return _page(request, export_of(request_id), problem=problem.text, status=problem.status)


def _page(request: SiteRequest, line: ExportLine, *, problem: str = "", status: int = 200) -> HttpResponse:
    account = staff_of(request)
    is_mine = account is not None and account.pk == line.request.asked_by
    context = {
        "line": line,
        "one": line.request,
        "file": file_of(line),
        "may_fetch": is_mine and line.stage is Stage.MADE,
        "is_mine": is_mine,
        "problem": problem,
        "trail": _trail(_("申請の内容")),
    }
    part = bool(request.htmx) and request.method == "GET"
    template = "compliance/_export_progress.html" if part else "compliance/staff/export.html"
    return render(request, template, context, status=status)


def _ask_page(request: SiteRequest, form: ExportForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "trail": _trail(_("新しい申請"))}
    return render(request, "compliance/staff/export_ask.html", context, status=status)


def _trail(here: str = "") -> list[tuple[str, str]]:
    office = (_("管理"), reverse("office:index"))
    return [office, (_("持出し"), reverse("office:exports")), (here, "")] if here else [office, (_("持出し"), "")]
