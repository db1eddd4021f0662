"""引継ぎ at a desk: what the facility has to do when its operator changes, and what is open."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.handover_texts import STEPS
from apps.compliance.queries.handover import cases
from apps.compliance.rules.handover import Side
from apps.compliance.services.handover.paper import print_paper
from apps.compliance.web.handover import acts_of, answered, lines_of, shown_case, step_named
from kernel import clock
from shared.handover import kinds
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs

Trail = list[tuple[str, str]]


@needs(Right.HANDOVER_KEEP)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """What is open today, and the cases of this facility."""
    opened = [(kind.label, kind.read()) for kind in kinds().values()]
    found = [(one, lines_of(one), one.next_for(Side.FACILITY)) for one in cases(clock.today())]
    return render(request, "compliance/staff/handover.html", {"opened": opened, "cases": found, "trail": _trail()})


@needs(Right.HANDOVER_KEEP)
@require_safe
def detail(request: SiteRequest, case: UUID) -> HttpResponse:
    """One case: its steps and what was done."""
    view = shown_case(case)
    context = {"view": view, "lines": lines_of(view), "acts": acts_of(view), "side": Side.FACILITY}
    context |= {"trail": _trail(_("引継ぎの内容"))}
    return render(request, "compliance/staff/handover_case.html", context)


@needs(Right.HANDOVER_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SiteRequest, case: UUID, name: str) -> HttpResponse:
    """Take one step of the facility."""
    wanted = step_named(name, Side.FACILITY)
    view = shown_case(case)
    page = answered(request, case, wanted)
    if page.is_done:
        return redirect("office:handover_case", case=case)
    label, text = STEPS[wanted]
    context = {"view": view, "label": label, "text": text, "form": page.form, "trail": _trail(str(label))}
    return render(request, "compliance/staff/handover_step.html", context, status=page.status)


@needs(Right.HANDOVER_KEEP)
@require_safe
def paper(request: SiteRequest, case: UUID) -> HttpResponse:
    """引継書 as PDF, of what is open at this moment."""
    made = print_paper(actor=actor_of(request), case=case)
    headers = {"Content-Disposition": 'inline; filename="handover.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _trail(here: str = "") -> Trail:
    up = [(_("管理"), reverse("office:index"))]
    return [*up, (_("引継ぎ"), reverse("office:handover")), (here, "")] if here else [*up, (_("引継ぎ"), "")]
