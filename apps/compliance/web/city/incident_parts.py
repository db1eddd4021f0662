"""What belongs to an incident at the city: persons by the audit, evidence, drafts of the reports, publication."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.incident_texts import Publishing
from apps.compliance.models.incidents import AffectedPerson, EvidencePackage, Incident
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.incidents import incident_of
from apps.compliance.rules.incidents import Step
from apps.compliance.services.incidents.affected import add_shown
from apps.compliance.services.incidents.evidence import fetch_package, lines_of, order_package
from apps.compliance.services.incidents.publish import publish
from apps.compliance.web.city.about import row_of
from apps.compliance.web.city.incidents import page_of, signer_of, trail_of
from apps.compliance.web.incident_forms import PublicationForm, SpanForm
from apps.compliance.web.incident_papers import evidence_line, evidence_paper, report_paper
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.sheets import in_utf8
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

FORMS: Final = {"prompt": Step.PROMPT, "final": Step.FINAL}
PER_PAGE: Final = 100


class ShownForm(SpanForm):
    """Whoever was shown in a span: to one clerk, or in one export."""

    clerk = forms.CharField(
        label=gettext_lazy("職員のID"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("空欄なら全員の操作が対象です。"),
    )
    number = forms.CharField(
        label=gettext_lazy("持出しの管理番号"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("持出しで外に出た方だけを加えるときに入力します。"),
    )


@needs(Right.INCIDENT_HANDLE, about=row_of(Incident, "incident"))
@require_http_methods(["GET", "HEAD", "POST"])
def persons(request: SiteRequest, incident: UUID) -> HttpResponse:
    """The persons concerned, by identifiers; add whoever was shown in the audit's rows."""
    form = ShownForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                number = add_shown(signer=signer_of(request), incident=incident, **form.cleaned_data)
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("{number}人を対象者に加えました。").format(number=number))
                return redirect("city:incident_persons", incident=incident)
    seen = incident_of(incident)
    rows = AffectedPerson.objects.filter(incident_id=incident)
    return page_of(
        request,
        "city_persons.html",
        status=status,
        trail=trail_of(incident, _("対象者")),
        one=seen,
        form=form,
        page_obj=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    )


@needs(Right.INCIDENT_HANDLE, about=row_of(Incident, "incident"))
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: SiteRequest, incident: UUID) -> HttpResponse:
    """The packages, and an order for another."""
    seen = incident_of(incident)
    initial = {"since": seen.incident.occurred_at or seen.incident.noticed_at, "until": clock.now()}
    form = SpanForm(request.POST) if request.method == "POST" else SpanForm(initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                order_package(signer=signer_of(request), incident=incident, **form.cleaned_data)
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("証拠資料を作成します。人数が多いときは、しばらくしてから開いてください。"))
                return redirect("city:incident_evidence", incident=incident)
    packages = EvidencePackage.objects.filter(incident_id=incident).defer("sheet")
    trail = trail_of(incident, _("証拠資料"))
    return page_of(request, "evidence.html", status=status, trail=trail, one=seen, form=form, packages=packages)


@needs(Right.INCIDENT_HANDLE)
@require_safe
def package(request: SiteRequest, incident: UUID, package: UUID, form: str = "page") -> HttpResponse:
    """A package as page, CSV or PDF."""
    found, sheet = fetch_package(signer=signer_of(request), incident=incident, package=package, form=form)
    if form == "csv":
        return _file(in_utf8(sheet.decode()), "text/csv; charset=utf-8", "evidence.csv", "attachment")
    lines = lines_of(sheet)
    seen = incident_of(incident)
    if form == "pdf":
        paper = evidence_paper(seen, tenant_names()[seen.incident.tenant], found, lines)
        return _file(paper, "application/pdf", "evidence.pdf")
    shown = Paginator([evidence_line(line) for line in lines], PER_PAGE).get_page(request.GET.get("page"))
    trail = trail_of(incident, _("証拠資料"))
    return page_of(request, "package.html", trail=trail, one=seen, package=found, page_obj=shown)


@needs(Right.INCIDENT_HANDLE)
@require_safe
def report(request: SiteRequest, incident: UUID, form: str) -> HttpResponse:
    """The draft of 速報 or 確報 with the nine items."""
    if form not in FORMS:
        raise Http404
    seen = incident_of(incident)
    record(actor_of(request), Action.PRINT, object_type="incident", object_id=incident, form=form)
    paper = report_paper(seen, tenant_names()[seen.incident.tenant], FORMS[form])
    return _file(paper, "application/pdf", f"incident-{form}.pdf")


@needs(Right.INCIDENT_HANDLE, about=row_of(Incident, "incident"))
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: SiteRequest, incident: UUID) -> HttpResponse:
    """公表: the decision and, once it was done, when and where."""
    seen = incident_of(incident)
    form = PublicationForm(request.POST if request.method == "POST" else None, initial=_proposed(seen.city.is_owed))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                publish(signer=signer_of(request), incident=incident, **said | {"how": Publishing(said["how"])})
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("公表について記録しました。"))
                return redirect("city:incident", incident=incident)
    return page_of(request, "publication.html", status=status, trail=trail_of(incident, _("公表")), one=seen, form=form)


def _proposed(is_owed: bool) -> dict[str, Any]:
    """What is grave is published by itself, the rest with the half-year's."""
    return {"how": Publishing.EACH if is_owed else Publishing.HALF_YEAR}


def _file(content: bytes, kind: str, name: str, disposition: str = "inline") -> HttpResponse:
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
