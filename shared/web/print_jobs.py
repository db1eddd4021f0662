"""The page of a print job (一括印刷): how far it is, its file once, and calling it off.

An application gives its ``JobPages`` and guards its own views, which call these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from kernel.errors import DomainError
from shared.problems import problem_of, texts
from shared.requests import SiteRequest, actor_of
from shared.vault.printing import jobs
from shared.vault.printing.jobs import PrintKind
from shared.vault.printing.progress import Progress

PROGRESS = "vault/_print_progress.html"


@dataclass(frozen=True, slots=True)
class JobPages:
    """Where the pages of one kind of print jobs are."""

    kind: PrintKind[Any]
    progress: Callable[[UUID, UUID], Progress | None]
    """Of a job and the account that may see it."""
    template: str
    """Extends ``vault/print_job.html``."""
    listed: str
    """Name of the address of the list, and of the three below it, which take ``job``."""
    job: str
    file: str
    off: str


def show(pages: JobPages, request: SiteRequest, job: UUID) -> HttpResponse:
    """How far the job is; htmx asks for that alone, and for the page anew once there is nothing to wait for."""
    progress = _progress(pages, request, job)
    if request.htmx and not progress.is_working:
        return HttpResponseClientRefresh()
    return _page(pages, request, progress)


def fetched(pages: JobPages, request: SiteRequest, job: UUID) -> HttpResponse:
    """The file itself, once, in the browser."""
    try:
        file = jobs.fetch(pages.kind, actor=actor_of(request), job=job, terminal=request.terminal)
    except DomainError as error:
        return _refused(pages, request, job, error)
    headers = {"Content-Disposition": f'inline; filename="{file.name}"', "Cache-Control": "no-store"}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)


def called_off(pages: JobPages, request: SiteRequest, job: UUID) -> HttpResponse:
    """Give the job up."""
    try:
        jobs.call_off(pages.kind, actor=actor_of(request), job=job)
    except DomainError as error:
        return _refused(pages, request, job, error)
    messages.success(request, _("一括印刷を取りやめました。"))
    return redirect(pages.listed)


def _refused(pages: JobPages, request: SiteRequest, job: UUID, error: DomainError) -> HttpResponse:
    if error.status == 404:
        raise error
    problem = problem_of(error)
    return _page(pages, request, _progress(pages, request, job), problem=problem.text, status=problem.status)


def _progress(pages: JobPages, request: SiteRequest, job: UUID) -> Progress:
    account = actor_of(request).id
    found = pages.progress(job, account) if account else None
    if found is None:
        raise Http404
    return found


def _page(
    pages: JobPages, request: SiteRequest, progress: Progress, *, problem: str = "", status: int = 200
) -> HttpResponse:
    told, job = texts(), progress.job
    context = {
        "progress": progress,
        "job": job,
        "left_out": [(number, told.get(code, code)) for number, code in progress.left_out],
        "list_url": reverse(pages.listed),
        "job_url": reverse(pages.job, kwargs={"job": job.pk}),
        "file_url": reverse(pages.file, kwargs={"job": job.pk}),
        "off_url": reverse(pages.off, kwargs={"job": job.pk}),
        "problem": problem,
    }
    part = bool(request.htmx) and request.method == "GET"
    return render(request, PROGRESS if part else pages.template, context, status=status)
