"""The city's console: every tenant at a glance; suspending, resuming and closing one."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.founding_texts import FAILURE_TEXTS, FINDING_WORDS
from apps.compliance.models.tenant_acts import TenantDeed
from apps.compliance.queries.founding import unfinished
from apps.compliance.queries.tenants import closing_findings, tenant_lines
from apps.compliance.services.close_tenant import close_tenant
from apps.compliance.services.tenant_state import change_state
from apps.compliance.web.city.about import named_by
from apps.compliance.web.city.chrome import page
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.models import Role
from shared.staff.rights import Right
from shared.web.addresses import address_of
from shared.web.forms import tell
from shared.web.guard import needs
from tenants.models import Tenant, TenantState

HEADINGS: Final[dict[str, Any]] = {TenantDeed.SUSPEND: _("施設を停止する"), TenantDeed.RESUME: _("施設を再開する")}


class ReasonForm(forms.Form):
    """Why a tenant is suspended or resumed."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        error_messages={"required": _("理由を入力してください。")},
        widget=forms.Textarea({"rows": 3}),
    )


@needs(Right.TENANTS_KEEP)
@require_safe
def tenants(request: SiteRequest) -> HttpResponse:
    """All tenants with state, version and size."""
    rows = [(line, address_of(line.host)) for line in tenant_lines()]
    foundings = [(one, FAILURE_TEXTS.get(one.failure, "")) for one in unfinished()]
    trail = [(gettext("管理"), reverse("city:office")), (gettext("施設の稼働"), "")]
    return page(request, "tenants.html", trail=trail, rows=rows, foundings=foundings)


class CloseForm(ReasonForm):
    """Why a tenant is closed, and that it is meant."""

    is_sure = forms.BooleanField(
        label=_("廃止すると元に戻せないことを確かめました。"),
        error_messages={"required": _("確かめたうえで、チェックを入れてください。")},
    )
    in_spite = forms.BooleanField(
        label=_("妨げる事項があるまま廃止する"),
        required=False,
        help_text=_("総括の職員だけができます。理由と妨げる事項は操作記録に残ります。"),
    )


@needs(Right.TENANTS_KEEP, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SiteRequest, schema: str) -> HttpResponse:
    """What hinders the closing of a tenant, and closing it for good."""
    tenant = get_object_or_404(Tenant.objects.exclude(state=TenantState.CLOSED), schema_name=schema)
    found = closing_findings(schema)
    hindering = [one for one in found if one.hinders]
    form = CloseForm(request.POST if request.method == "POST" else None)
    if not hindering or Role.GENERAL not in actor_of(request).roles:
        del form.fields["in_spite"]
    status = 200 if not form.is_bound else 422
    if form.is_bound and form.is_valid():
        in_spite = bool(form.cleaned_data.get("in_spite"))
        try:
            close_tenant(actor=actor_of(request), schema=schema, reason=form.cleaned_data["reason"], in_spite=in_spite)
        except DomainError as error:
            status = tell(form, error)
        else:
            messages.success(request, gettext("施設を廃止しました。データは残っています。"))
            return redirect("city:tenants")
    heading = gettext("施設を廃止する")
    trail = [(gettext("管理"), reverse("city:office")), (gettext("施設の稼働"), reverse("city:tenants")), (heading, "")]
    rows = [(FINDING_WORDS[one.code], one) for one in found]
    context = {"form": form, "tenant": tenant, "heading": heading, "rows": rows, "is_hindered": bool(hindering)}
    return page(request, "tenant_close.html", status=status, trail=trail, **context)


@needs(Right.TENANTS_KEEP, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def change_tenant(request: SiteRequest, schema: str, deed: str) -> HttpResponse:
    """Suspend a tenant, or resume it."""
    if deed not in HEADINGS:
        raise Http404
    tenant = get_object_or_404(Tenant, schema_name=schema)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 200 if not form.is_bound else 422
    if form.is_bound and form.is_valid():
        try:
            change_state(actor=actor_of(request), schema=schema, deed=TenantDeed(deed), **form.cleaned_data)
        except DomainError as error:
            status = tell(form, error)
        else:
            messages.success(request, gettext("施設の状態を変えました。"))
            return redirect("city:tenants")
    heading = HEADINGS[TenantDeed(deed)]
    trail = [(gettext("管理"), reverse("city:office")), (gettext("施設の稼働"), reverse("city:tenants")), (heading, "")]
    context = {"form": form, "tenant": tenant, "heading": heading, "is_grave": deed == TenantDeed.SUSPEND}
    return page(request, "tenant_state.html", status=status, trail=trail, **context)
