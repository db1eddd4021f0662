"""The seals of the audit (封印) at the city: how far each facility is sealed and verified; the day's list to keep."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from apps.compliance.documents.seals import in_groups, seals_pdf
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.sealing.models import DaySeal, Verification
from shared.sealing.verifying import day_seal_lines
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.guard import needs
from shared.web.sheets import csv_file
from tenants.models import Tenant
from tenants.scope import SHARED_SCHEMA

DAY_SHOWN: Final = "day"


class SealedDayForm(forms.Form):
    """Of which day the list is printed."""

    hides_requirement = True
    day = DayField(label=_("日付"), error_messages={"required": _("日付を入力してください。")})


@needs(Right.AUDIT_SEE)
@require_safe
def seals(request: SiteRequest) -> HttpResponse:
    """The newest day seal and the newest verification of each facility; four statements."""
    return _page(request, SealedDayForm(initial={"day": clock.today() - dt.timedelta(days=1)}))


@needs(Right.AUDIT_SEE)
@require_POST
def seals_print(request: SiteRequest) -> HttpResponse:
    """The list of a day as PDF."""
    form = SealedDayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    day, names = form.cleaned_data["day"], _names()
    found = [(names.get(one.tenant, one.tenant), one) for one in DaySeal.objects.filter(day=day).order_by("tenant")]
    if not found:
        form.add_error("day", __("この日の封印はありません。その日が終わってから封印されます。"))
        return _page(request, form, status=422)
    record(actor_of(request), Action.PRINT, object_type="day_seals", object_id=day, shown=len(found))
    pdf = seals_pdf(day, found, printed_on=clock.today())
    headers = {"Content-Disposition": f'inline; filename="seals-{day}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@needs(Right.AUDIT_SEE)
@require_POST
def seals_csv(request: SiteRequest) -> HttpResponse:
    """All day seals as a file for ``verify_audit --against``: nothing of a person stands in it."""
    record(actor_of(request), Action.EXPORT, object_type="day_seals", object_id="all")
    return csv_file(f"seals-{clock.today()}.csv", day_seal_lines())


def _page(request: SiteRequest, form: SealedDayForm, *, status: int = 200) -> HttpResponse:
    latest = {one.tenant: one for one in DaySeal.objects.order_by("tenant", "-day").distinct("tenant")}
    checks = {one.tenant: one for one in Verification.objects.order_by("tenant", "-id").distinct("tenant")}
    lines = [(name, _told(latest.get(place)), checks.get(place)) for place, name in _names().items()]
    trail = [(__("操作記録"), reverse("city:log")), (__("封印"), "")]
    context: dict[str, Any] = {"form": form, "lines": lines, "trail": trail}
    return render(request, "compliance/logs/seals.html", context, status=status)


def _told(seal: DaySeal | None) -> dict[str, Any] | None:
    return {"seal": seal, "root": in_groups(bytes(seal.root).hex())} if seal else None


def _names() -> dict[str, str]:
    return {SHARED_SCHEMA: __("市（このサイト）"), **dict(Tenant.objects.values_list("schema_name", "name"))}
