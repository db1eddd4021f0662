"""廃棄 at a desk: what is over, the list, giving up, the certificate. The city confirms; a job carries it out."""

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

from apps.compliance.models.retention import Disposal
from apps.compliance.queries.retention import DisposalLine, disposal_of, kind_lines
from apps.compliance.services.dispose import ask_disposal, withdraw_disposal
from apps.compliance.web.disposals import certificate_answer, list_context, progress_answer
from kernel import clock
from kernel.errors import DomainError
from shared import disposing
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of, tenant_of
from shared.retention import automatic
from shared.staff.rights import Right
from shared.web.guard import needs

PAGE_SIZE: Final = 20


@needs(Right.DISPOSAL_ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SiteRequest) -> HttpResponse:
    """Every kind of record with its period and what is over, and the disposals; a POST asks for one."""
    if request.method != "POST":
        return _index(request)
    try:
        made = ask_disposal(actor=actor_of(request), tenant=request.place.schema, kind=request.POST.get("kind", ""))
    except DomainError as error:
        problem = problem_of(error)
        return _index(request, problem=problem.text, status=problem.status)
    messages.success(request, _("一覧を作り、廃棄を申し出ました。市の確認をお待ちください。"))
    return redirect("office:disposal", disposal_id=made.pk)


@needs(Right.DISPOSAL_ASK)
@require_safe
def detail(request: SiteRequest, disposal_id: UUID) -> HttpResponse:
    """One disposal with its list; htmx asks for the progress alone."""
    line = disposal_of(disposal_id)
    return progress_answer(request, line) if request.htmx else _page(request, line)


@needs(Right.DISPOSAL_ASK)
@require_POST
def withdraw(request: SiteRequest, disposal_id: UUID) -> HttpResponse:
    """Give up what the facility asked for and nobody has decided."""
    try:
        withdraw_disposal(actor=actor_of(request), disposal=disposal_id)
    except DomainError as error:
        if error.status == 404:
            raise
        problem = problem_of(error)
        return _page(request, disposal_of(disposal_id), problem=problem.text, status=problem.status)
    messages.success(request, _("廃棄の申出を取りやめました。記録はそのまま残ります。"))
    return redirect("office:disposal", disposal_id=disposal_id)


@needs(Right.DISPOSAL_ASK)
@require_safe
def certificate(request: SiteRequest, disposal_id: UUID) -> HttpResponse:
    """廃棄証明書."""
    return certificate_answer(request, disposal_of(disposal_id), tenant_of(request).name)


def _index(request: SiteRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    page = Paginator(Disposal.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "kinds": kind_lines(disposing.counts(clock.today())),
        "automatic": automatic(),
        "page_obj": page,
        "lines": [DisposalLine(one) for one in page],
        "problem": problem,
        "trail": _trail(),
    }
    return render(request, "compliance/staff/disposals.html", context, status=status)


def _page(request: SiteRequest, line: DisposalLine, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = list_context(request, line, with_names=True) | {"problem": problem, "trail": _trail(line.number)}
    record(
        actor_of(request), Action.VIEW, object_type="disposal", object_id=line.disposal.pk, shown=len(context["items"])
    )
    return render(request, "compliance/staff/disposal.html", context, status=status)


def _trail(here: str = "") -> list[tuple[str, str]]:
    office = (_("管理"), reverse("office:index"))
    return [office, (_("廃棄"), reverse("office:disposals")), (here, "")] if here else [office, (_("廃棄"), "")]
