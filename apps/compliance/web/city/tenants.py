"""The city's console: every tenant at a glance, and suspending and resuming one."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.models.tenant_acts import TenantDeed
from apps.compliance.queries.tenants import tenant_lines
from apps.compliance.services.tenant_state import change_state
from apps.compliance.web.city.about import named_by
from apps.compliance.web.city.chrome import page
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.addresses import address_of
from shared.web.forms import tell
from shared.web.guard import needs
from tenants.models import Tenant

HEADINGS: Final = {TenantDeed.SUSPEND: _("施設を停止する"), TenantDeed.RESUME: _("施設を再開する")}


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
    trail = [(gettext("管理"), reverse("city:office")), (gettext("施設の稼働"), "")]
    return page(request, "tenants.html", trail=trail, rows=rows)


@needs(Right.TENANTS_KEEP, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def change_tenant(request: SiteRequest, schema: str, deed: str) -> HttpResponse:
    """Suspend a tenant, or resume it."""
    if deed not in TenantDeed.values:
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
