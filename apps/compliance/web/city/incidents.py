"""Incidents at the city: all facilities', each step recorded, duties and clocks shown with their grounds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.models.incidents import Incident
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.incidents import has_private_operator, incident_of, incidents, penalties_on
from apps.compliance.rules.incidents import Step
from apps.compliance.services.incidents.amend import amend
from apps.compliance.services.incidents.parts import Signer
from apps.compliance.services.incidents.step import take_step
from apps.compliance.web.city.about import row_of
from apps.compliance.web.incident_forms import FactsForm, StepForm
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


def signer_of(request: SiteRequest) -> Signer:
    """Who is signed in, with the name that the record keeps."""
    account = staff_of(request)
    return Signer(actor_of(request), account.name if account else "")


@needs(Right.INCIDENT_HANDLE)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All facilities' incidents, what is overdue first."""
    names = tenant_names()
    seen = [(one, names[one.incident.tenant]) for one in incidents()]
    overdue = sum(one.is_overdue for one, _tenant in seen)
    return page_of(request, "city_incidents.html", trail=[(_("事故"), "")], rows=seen, overdue=overdue)


@needs(Right.INCIDENT_HANDLE, about=row_of(Incident, "incident"))
@require_safe
def incident(request: SiteRequest, incident: UUID) -> HttpResponse:
    """One incident."""
    record(actor_of(request), Action.VIEW, object_type="incident", object_id=incident)
    return _incident_page(request, incident)


@needs(Right.INCIDENT_HANDLE, about=row_of(Incident, "incident"))
@require_http_methods(["POST"])
def step(request: SiteRequest, incident: UUID) -> HttpResponse:
    """Records the next step."""
    form = StepForm(request.POST, steps=incident_of(incident).course.next)
    if not form.is_valid():
        return _incident_page(request, incident, form, status=422)
    said = form.cleaned_data
    try:
        take_step(
            signer=signer_of(request), incident=incident, step=Step(said["step"]), on=said["on"], note=said["note"]
        )
    except DomainError as error:
        return _incident_page(request, incident, form, status=tell(form, error))
    messages.success(request, _("記録しました。"))
    return redirect("city:incident", incident=incident)


@needs(Right.INCIDENT_HANDLE, about=row_of(Incident, "incident"))
@require_http_methods(["GET", "HEAD", "POST"])
def items(request: SiteRequest, incident: UUID) -> HttpResponse:
    """The nine items and the facts of the duty test: a further version."""
    seen = incident_of(incident)
    form = FactsForm(request.POST if request.method == "POST" else None, version=seen.version)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                amend(
                    signer=signer_of(request),
                    incident=incident,
                    seen_number=seen_version(request.POST),
                    items=form.said(),
                    facts=form.facts(),
                )
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("報告事項を更新しました。"))
                return redirect("city:incident", incident=incident)
    return page_of(
        request, "items.html", status=status, trail=trail_of(incident, _("報告事項")), one=seen, form=form,
        back=reverse("city:incident", args=[incident]),
    )  # fmt: skip


def _incident_page(
    request: SiteRequest, incident: UUID, form: StepForm | None = None, *, status: int = 200
) -> HttpResponse:
    seen = incident_of(incident)
    return page_of(
        request,
        "incident.html",
        status=status,
        trail=[(_("事故"), reverse("city:incidents")), (_("事故の記録"), "")],
        one=seen,
        tenant=tenant_names()[seen.incident.tenant],
        penalties=penalties_on(seen.known),
        is_private=has_private_operator(seen.incident.tenant, seen.known),
        form=form or StepForm(steps=seen.course.next),
    )


def trail_of(incident: UUID, here: str) -> list[tuple[str, str]]:
    """The way to a page of an incident."""
    return [
        (_("事故"), reverse("city:incidents")),
        (_("事故の記録"), reverse("city:incident", args=[incident])),
        (here, ""),
    ]


def page_of(
    request: SiteRequest, template: str, *, trail: list[tuple[str, str]], status: int = 200, **context: Any
) -> HttpResponse:
    """Render ``compliance/incidents/<template>`` in this site's frame."""
    whole = [(_("管理"), reverse("city:office")), *trail]
    context |= {"trail": whole, "frame": "frame/city.html", "site": "city"}
    return render(request, f"compliance/incidents/{template}", context, status=status)
