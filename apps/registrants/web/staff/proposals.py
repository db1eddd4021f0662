"""The pairs of records that may be of one person or group, to be worked off (重複の候補)."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.registrants.queries.proposals import open_proposals
from apps.registrants.services.dismiss_proposal import dismiss_proposal
from apps.registrants.web.staff.register import COUNTER
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.web.guard import role_required

PAGE_SIZE: Final = 20


@role_required(*COUNTER)
@require_safe
def proposals(request: SiteRequest) -> HttpResponse:
    """A page of the pairs that nobody has decided on."""
    return _page(request)


@role_required(*COUNTER)
@require_POST
def dismiss(request: SiteRequest, proposal: int) -> HttpResponse:
    """Say that a pair is two people or groups."""
    try:
        dismiss_proposal(actor=actor_of(request), proposal=proposal)
    except DomainError as error:
        problem = problem_of(error)
        return _page(request, problem=problem.text, status=problem.status)
    messages.success(request, _("別の人・団体として記録しました。"))
    return redirect("desk:proposals")


def _page(request: SiteRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    page = Paginator(open_proposals(), PAGE_SIZE).get_page(request.GET.get("page"))
    record(actor_of(request), Action.VIEW, object_type="duplicate_proposal", found=len(page))
    context = {"page_obj": page, "problem": problem}
    return render(request, "registrants/staff/proposals.html", context, status=status)
