"""持出し at the city: what the facilities ask for, and the decision. The file itself never comes here."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.models.exports import ExportRequest
from apps.compliance.queries.exports import ExportLine, export_of, line_of
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.rules.exports import MOST_MARGIN, Stage
from apps.compliance.services.decide_export import approve_export, refuse_export
from apps.compliance.web.city.about import row_of
from apps.compliance.web.city.chrome import page
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import may, needs

PAGE_SIZE: Final = 20
DECISIONS: Final = [("approved", _("承認する")), ("refused", _("承認しない"))]


class DecisionForm(forms.Form):
    """Approve with a condition, or refuse with a reason."""

    decision = forms.ChoiceField(
        label=_("決定"),
        choices=DECISIONS,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("決定を選択してください。")),
        widget=forms.RadioSelect,
    )
    condition = forms.CharField(
        label=_("承認の条件・承認しない理由"),
        required=False,
        max_length=200,
        help_text=_("例：発送後は裁断し、複写の台帳に記録すること。承認しないときは必ず入力します。"),
    )
    margin = forms.IntegerField(
        label=_("許容する人数の増減"),
        initial=5,
        help_text=_("申請のあとに増えたり減ったりしてもよい人数です。これを超えると、ファイルは作られません。"),
        error_messages=dict.fromkeys(["required", "invalid"], _("人数を数字で入力してください。")),
        widget=forms.NumberInput(attrs={"class": "input--5", "min": 0, "max": MOST_MARGIN}),
    )


@needs(Right.EXPORT_DECIDE)
@require_safe
def exports(request: SiteRequest) -> HttpResponse:
    """The requests of all facilities: what waits for a decision first, then the newest."""
    rows = ExportRequest.objects.all()
    if request.GET.get("waiting"):
        rows = rows.filter(decision="", outcome="")
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    tenants = tenant_names()
    lines = [(line_of(one), tenants[one.tenant]) for one in found]
    waiting = ExportRequest.objects.filter(decision="", outcome="").count()
    trail = [(__("管理"), reverse("city:office")), (__("持出し"), "")]
    return page(request, "exports.html", page_obj=found, lines=lines, waiting=waiting, trail=trail)


@needs(Right.EXPORT_DECIDE, about=row_of(ExportRequest, "request_id"))
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """One request, and the decision."""
    line = export_of(request_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, line, form)
    if not form.is_valid():
        return _page(request, line, form, status=422)
    try:
        told = _decided(request, request_id, form)
    except DomainError as error:
        return _page(request, export_of(request_id), form, status=tell(form, error))
    messages.success(request, told)
    return redirect("city:exports")


def _decided(request: SiteRequest, request_id: UUID, form: DecisionForm) -> str:
    actor, said = actor_of(request), form.cleaned_data
    if said["decision"] == "refused":
        refuse_export(actor=actor, request=request_id, reason=said["condition"])
        return __("承認しないことを記録しました。施設に表示されます。")
    number = approve_export(actor=actor, request=request_id, condition=said["condition"], margin=said["margin"])
    return __("承認しました。管理番号は{number}です。").format(number=number)


def _page(request: SiteRequest, line: ExportLine, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    trail = [
        (__("管理"), reverse("city:office")),
        (__("持出し"), reverse("city:exports")),
        (__("申請の内容"), ""),
    ]
    return page(
        request,
        "export.html",
        status=status,
        line=line,
        one=line.request,
        tenant=tenant_names()[line.request.tenant],
        form=form,
        may_decide=line.stage is Stage.ASKED and may(request, Right.EXPORT_DECIDE),
        trail=trail,
    )
