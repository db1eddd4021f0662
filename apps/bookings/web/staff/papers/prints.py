"""Printing many permits at once (一括印刷): which wait, how far a job is, and its file."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.queries.prints import jobs_of, progress_of, unprinted
from apps.bookings.services.print_jobs import MOST, PERMITS, order_prints
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web import print_jobs
from shared.web.guard import needs

TODAY: Final = "today"
PAGES: Final = print_jobs.JobPages(
    kind=PERMITS,
    progress=progress_of,
    template="bookings/staff/papers/job.html",
    listed="desk:prints",
    job="desk:print_job",
    file="desk:print_file",
    off="desk:print_call_off",
)


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
    return print_jobs.show(PAGES, request, job)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def fetch(request: SiteRequest, job: UUID) -> HttpResponse:
    """The file itself, once, in the browser."""
    return print_jobs.fetched(PAGES, request, job)


@needs(Right.BOOKINGS_KEEP)
@require_POST
def call_off(request: SiteRequest, job: UUID) -> HttpResponse:
    """Give the job up."""
    return print_jobs.called_off(PAGES, request, job)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
