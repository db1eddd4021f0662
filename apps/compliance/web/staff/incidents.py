"""Incidents at a desk: report within the hour, see where each stands, add what is learned."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.models.incidents import IncidentDraft
from apps.compliance.queries.incidents import drafts, has_private_operator, incident_of, incidents, penalties_on
from apps.compliance.services.incidents.amend import amend
from apps.compliance.services.incidents.draft import discard_draft, keep_draft
from apps.compliance.services.incidents.parts import Signer
from apps.compliance.services.incidents.report import report
from apps.compliance.web.incident_forms import FirstReportForm, ItemsForm
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


def signer_of(request: SiteRequest) -> Signer:
    """Who is signed in, with the name that the record keeps."""
    account = staff_of(request)
    return Signer(actor_of(request), account.name if account else "")


@needs(Right.INCIDENT_REPORT)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """The facility's incidents, and what was begun and not sent."""
    return page_of(request, "incidents.html", trail=[(_("事故の報告"), "")], seen=incidents(), drafts=drafts())


@needs(Right.INCIDENT_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest, draft: UUID | None = None) -> HttpResponse:
    """一次報告. What was typed is kept before it is judged."""
    if request.method != "POST":
        return _form_page(request, draft or uuid.uuid4(), _started(draft))
    draft = draft or uuid.uuid4()
    form = FirstReportForm(request.POST)
    _keep(request, draft)
    if "keep" in request.POST:
        messages.success(request, _("下書きを保存しました。市にはまだ送っていません。"))
        return redirect("office:incidents")
    if not form.is_valid():
        return _form_page(request, draft, form, status=422)
    try:
        made = report(signer=signer_of(request), tenant=request.place.schema, draft=draft, said=form.said())
    except DomainError as error:
        return _form_page(request, draft, form, status=tell(form, error))
    messages.success(request, _("市に報告しました。電話がまだのときは、すぐに電話してください。"))
    return redirect("office:incident", incident=made.pk)


@needs(Right.INCIDENT_REPORT)
@require_POST
def keep(request: SiteRequest, draft: UUID) -> HttpResponse:
    """Keeps what is typed while it is typed."""
    _keep(request, draft)
    return render(request, "compliance/incidents/_kept.html", {"now": clock.now()})


@needs(Right.INCIDENT_REPORT)
@require_POST
def discard(request: SiteRequest, draft: UUID) -> HttpResponse:
    """Throws a draft away."""
    discard_draft(actor=actor_of(request), draft=draft)
    messages.success(request, _("下書きを捨てました。"))
    return redirect("office:incidents")


@needs(Right.INCIDENT_REPORT)
@require_safe
def incident(request: SiteRequest, incident: UUID) -> HttpResponse:
    """One incident: clocks, duties, items, course."""
    seen = incident_of(incident)
    is_private = has_private_operator(seen.incident.tenant, seen.known)
    return page_of(
        request,
        "incident.html",
        trail=trail_of(_("事故の記録")),
        one=seen,
        is_private=is_private,
        penalties=penalties_on(seen.known),
    )


@needs(Right.INCIDENT_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def items(request: SiteRequest, incident: UUID) -> HttpResponse:
    """The nine items: a further version."""
    seen = incident_of(incident)
    form = ItemsForm(request.POST if request.method == "POST" else None, version=seen.version)
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
                )
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("報告事項を更新しました。"))
                return redirect("office:incident", incident=incident)
    return page_of(
        request, "items.html", status=status, trail=trail_of(_("報告事項")), one=seen, form=form,
        back=reverse("office:incident", args=[incident]),
    )  # fmt: skip


def _keep(request: SiteRequest, draft: UUID) -> None:
    typed = {name: str(request.POST.get(name, "")) for name in FirstReportForm.base_fields}
    keep_draft(actor=actor_of(request), tenant=request.place.schema, draft=draft, typed=typed)


def _started(draft: UUID | None) -> FirstReportForm:
    kept = IncidentDraft.objects.filter(key=draft).first() if draft else None
    return FirstReportForm(initial=kept.typed if kept else {"noticed": clock.now()})


def _form_page(request: SiteRequest, draft: UUID, form: FirstReportForm, *, status: int = 200) -> HttpResponse:
    return page_of(request, "report.html", status=status, trail=trail_of(_("一次報告")), draft=draft, form=form)


def trail_of(here: str) -> list[tuple[str, str]]:
    """The way to a page below the list."""
    return [(_("事故の報告"), reverse("office:incidents")), (here, "")]


def page_of(
    request: SiteRequest, template: str, *, trail: list[tuple[str, str]], status: int = 200, **context: Any
) -> HttpResponse:
    """Render ``compliance/incidents/<template>`` in this site's frame."""
    whole = [(_("管理"), reverse("office:index")), *trail]
    context |= {"trail": whole, "frame": "frame/desk.html", "site": "office"}
    return render(request, f"compliance/incidents/{template}", context, status=status)
