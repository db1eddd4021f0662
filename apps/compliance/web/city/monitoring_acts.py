"""What the city decides about a month: small pages, each with its form and its service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.compliance.models.monitoring_findings import MonitoringFinding
from apps.compliance.monitoring_errors import MonitoringError
from apps.compliance.queries.monitoring.months import finding_of, sheet_of
from apps.compliance.services.monitoring.check import return_report
from apps.compliance.services.monitoring.close import close_month, grade_by_rule, reopen_month
from apps.compliance.services.monitoring.findings import confirm_plan, issue_finding, return_plan, withdraw_finding
from apps.compliance.web.city.about import named_by, row_of
from apps.compliance.web.city.monitoring import tenant_called, trail_of
from apps.compliance.web.monitoring_forms import CloseForm, DecideForm, FindingForm, ReasonForm
from apps.compliance.web.monitoring_pages import month_in, shown, told
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version
from shared.web.guard import needs

DECISIONS = {"confirm": confirm_plan, "return": return_plan, "withdraw": withdraw_finding}


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """Give the self-check back to the facility."""
    return _act(
        request,
        schema,
        month,
        form=ReasonForm(request.POST or None),
        service=return_report,
        heading=_("自己点検の差戻し"),
        lead=_("施設がもう一度記入できるようになります。これまでの内容は経過に残ります。"),
        button=_("施設に差し戻す"),
        done=_("自己点検を差し戻しました。"),
    )


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """Ask for an improvement."""
    sheet = sheet_of(schema, month_in(month))
    return _act(
        request,
        schema,
        month,
        form=FindingForm(request.POST or None, sheet=sheet, item=request.GET.get("item", "")),
        service=issue_finding,
        heading=_("改善の指摘"),
        lead=_("番号を付けて施設に示します。施設は期限までに改善計画で答えます。"),
        button=_("施設に指摘する"),
        done=_("改善を指摘しました。"),
    )


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """Take a judgement back."""
    return _act(
        request,
        schema,
        month,
        form=ReasonForm(request.POST or None),
        service=reopen_month,
        heading=_("判定の取消し"),
        lead=_("もう一度確認して判定できるようになります。前の評価は経過に残ります。"),
        button=_("判定を取り消す"),
        done=_("判定を取り消しました。"),
        is_grave=True,
    )


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """Judge the month: the rule's grade with its reasons, or another with a reason."""
    sheet = sheet_of(schema, month_in(month))
    try:
        graded = grade_by_rule(sheet.month)
    except MonitoringError as error:
        messages.error(request, problem_of(error).text)
        return redirect("city:monitoring_month", schema, f"{sheet.month.month:%Y-%m}")
    reasons = [(one.code, one.number) for one in graded.reasons]
    return _act(
        request,
        schema,
        month,
        form=CloseForm(request.POST or None, initial={"grade": graded.grade.value}),
        service=close_month,
        heading=_("判定"),
        button=_("判定する"),
        done=_("判定しました。"),
        graded=graded,
        reasons=reasons,
    )


@needs(Right.MONITORING_JUDGE, about=row_of(MonitoringFinding, "finding"))
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SiteRequest, finding: UUID) -> HttpResponse:
    """Confirm an improvement, return its plan, or withdraw the finding."""
    found = finding_of(finding)
    tenant, month = tenant_called(found.tenant), found.month.month
    back = reverse("city:monitoring_month", args=[found.tenant, f"{month:%Y-%m}"])
    form = DecideForm(request.POST or None, finding=found)
    context: dict[str, Any] = {
        "form": form,
        "finding": found,
        "heading": _("改善計画の確認"),
        "button": _("決定する"),
        "back": back,
        "trail": trail_of(tenant, month, _("改善計画の確認")),
    }
    if request.method != "POST":
        return shown(request, "act.html", **context)
    if not form.is_valid():
        return shown(request, "act.html", status=422, **context)
    service: Callable[..., None] = DECISIONS[form.cleaned_data["decision"]]
    try:
        service(actor=actor_of(request), finding=finding, answer=form.cleaned_data["answer"])
    except DomainError as error:
        return shown(request, "act.html", **context | told(form, error))
    messages.success(request, _("決定を記録しました。"))
    return redirect(back)


def _act(  # a page has so many words
    request: SiteRequest,
    schema: str,
    month: str,
    *,
    form: forms.Form,
    service: Callable[..., object],
    heading: str,
    done: str,
    **words: Any,
) -> HttpResponse:
    """Show the act's page, or do the act and lead back to the month."""
    tenant, day = tenant_called(schema), month_in(month)
    sheet = sheet_of(schema, day)
    context: dict[str, Any] = {
        "form": form,
        "version": sheet.month.version,
        "heading": heading,
        "back": _address(schema, day),
        "trail": trail_of(tenant, day, heading),
        **words,
    }
    if request.method != "POST":
        return shown(request, "act.html", **context)
    if not form.is_valid():
        return shown(request, "act.html", status=422, **context)
    try:
        version = seen_version(request.POST)
        service(actor=actor_of(request), tenant=schema, month=day, seen_version=version, **form.cleaned_data)
    except DomainError as error:
        return shown(request, "act.html", **context | told(form, error))
    messages.success(request, done)
    return redirect(_address(schema, day))


def _address(schema: str, month: dt.date) -> str:
    return reverse("city:monitoring_month", args=[schema, f"{month:%Y-%m}"])
