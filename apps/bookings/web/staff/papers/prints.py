"""Printing many permits at once (一括印刷): which wait, how far a job is, and its file."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.queries.prints import Progress, jobs_of, progress_of, unprinted
from apps.bookings.services.print_jobs import MOST, call_off_prints, fetch_prints, order_prints
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of, texts
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs

TODAY: Final = "today"


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def prints(request: SiteRequest) -> HttpResponse:
    """The permits that nobody has printed; a POST orders those that are ticked, or all that the page shows."""
    if request.method == "POST":
        return _order(request)
    return _page(request)


def _order(request: SiteRequest) -> HttpResponse:
    wanted = request.POST.getlist("shown" if "all" in request.POST else "booking")[: MOST + 1]
    try:
        job = order_prints(actor=actor_of(request), bookings=[_uuid(one) for one in wanted])
    except DomainError as error:
        problem = problem_of(error)
        return _page(request, problem=problem.text, status=problem.status)
    return redirect("desk:print_job", job=job.pk)


def _page(request: SiteRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    is_today = request.GET.get("permitted") == TODAY
    found = list(unprinted(decided_since=clock.today() if is_today else None)[: MOST + 1])
    actor = actor_of(request)
    shown = found[:MOST]
    persons = [one.registrant_id for one in shown]
    record(actor, Action.VIEW, object_type="print_list", persons=persons, found=len(shown))
    context = {
        "bookings": shown,
        "has_more": len(found) > MOST,
        "most": MOST,
        "is_today": is_today,
        "jobs": jobs_of(actor.id) if actor.id else [],
        "problem": problem,
    }
    return render(request, "bookings/staff/papers/prints.html", context, status=status)


@needs(Right.BOOKINGS_KEEP)
@require_safe
def job(request: SiteRequest, job: UUID) -> HttpResponse:
    """How far the job is; htmx asks for that alone."""
    return _job_page(request, _progress(request, job))


@needs(Right.BOOKINGS_KEEP)
@require_POST
def fetch(request: SiteRequest, job: UUID) -> HttpResponse:
    """The file itself, once, in the browser."""
    try:
        file = fetch_prints(actor=actor_of(request), job=job, terminal=request.terminal)
    except DomainError as error:
        return _refused(request, job, error)
    headers = {"Content-Disposition": f'inline; filename="{file.name}"', "Cache-Control": "no-store"}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def call_off(request: SiteRequest, job: UUID) -> HttpResponse:
    """Give the job up."""
    try:
        call_off_prints(actor=actor_of(request), job=job)
    except DomainError as error:
        return _refused(request, job, error)
    messages.success(request, _("一括印刷を取りやめました。"))
    return redirect("desk:prints")


def _refused(request: SiteRequest, job: UUID, error: DomainError) -> HttpResponse:
    if error.status == 404:
        raise error
    problem = problem_of(error)
    return _job_page(request, _progress(request, job), problem=problem.text, status=problem.status)


def _progress(request: SiteRequest, job: UUID) -> Progress:
    account = actor_of(request).id
    found = progress_of(job, account) if account else None
    if found is None:
        raise Http404
    return found


def _job_page(request: SiteRequest, progress: Progress, *, problem: str = "", status: int = 200) -> HttpResponse:
    told = texts()
    context = {
        "progress": progress,
        "job": progress.job,
        "left_out": [(number, told.get(code, code)) for number, code in progress.left_out],
        "problem": problem,
    }
    part = bool(request.htmx) and request.method == "GET" and progress.is_working
    template = "_progress.html" if part else "job.html"
    return render(request, f"bookings/staff/papers/{template}", context, status=status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
