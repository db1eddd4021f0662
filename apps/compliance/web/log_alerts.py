"""Alerts on the audit (注意の知らせ): seen and answered at the desk, seen at the city, which also sets the limits."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.compliance.models.logs import AlertLimits, AuditAlert, Outcome
from apps.compliance.queries.logs import names_of
from apps.compliance.rules.purpose import MOST_NOTE
from apps.compliance.services.log_alerts import answer_alert, note_by_city, set_limits
from apps.compliance.web.logs import page, site_name
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of, staff_of
from shared.web.forms import tell
from tenants.models import Tenant

PAGE_SIZE: Final = 50
NOBODY: Final = UUID(int=0)


class AnswerForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("確認の結果"),
        choices=Outcome.choices,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("確認の結果を選択してください。")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("確認した内容"),
        max_length=MOST_NOTE,
        help_text=_("だれに、何を確かめたか。利用者の氏名や番号は書かないでください。"),
        error_messages={"required": _("確認した内容を入力してください。")},
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any, *, at_city: bool, is_citys: bool) -> None:
        super().__init__(data)
        if at_city and not is_citys:
            del self.fields["outcome"]


class LimitsForm(forms.ModelForm):  # type: ignore[type-arg]
    """From when on a facility is asked."""

    class Meta:
        model = AlertLimits
        fields = (
            "persons_an_hour",
            "listed_an_hour",
            "night_from",
            "night_until",
            "refused_a_day",
            "without_work_a_day",
            "samples_a_month",
        )
        labels = {
            "persons_an_hour": _("1時間に開く人数の上限"),
            "listed_an_hour": _("1時間に一覧に表示する人数の上限"),
            "night_from": _("時間外のはじまり"),
            "night_until": _("時間外の終わり"),
            "refused_a_day": _("1日の拒否・ログイン失敗の上限"),
            "without_work_a_day": _("業務の記録がない人の閲覧の、1日の上限"),
            "samples_a_month": _("ログ点検で抽出する件数"),
        }
        widgets = {
            name: forms.TimeInput({"type": "time", "class": "input--10"}, format="%H:%M")
            for name in ("night_from", "night_until")
        }

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for name in ("persons_an_hour", "listed_an_hour", "without_work_a_day", "samples_a_month", "refused_a_day"):
            number = values.get(name)
            if number is not None and not 1 <= number <= 10_000:
                self.add_error(name, __("1から10,000までの数で入力してください。"))
        return values


def alerts(request: SiteRequest) -> HttpResponse:
    """All alerts, those without an answer first."""
    rows = AuditAlert.objects.order_by(F("answered_at").desc(nulls_first=True), "-id")
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = names_of({one.actor_id for one in found if one.actor_id}, at_city=_at_city(request))
    places = _places(request)
    lines = [(one, names.get(one.actor_id or NOBODY, ""), places.get(one.tenant, "")) for one in found]
    trail = [(__("操作記録"), reverse(site_name(request, "log"))), (__("注意の知らせ"), "")]
    return page(request, "alerts", page_obj=found, lines=lines, trail=trail)


def alert(request: SiteRequest, number: int) -> HttpResponse:
    """One alert: what was found, and the answer."""
    found = AuditAlert.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    at_city = _at_city(request)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, at_city=at_city, is_citys=found.tenant == "shared"
    )
    if not form.is_valid():
        return _alert_page(request, found, form, status=422 if form.is_bound else 200)
    answer = note_by_city if at_city else answer_alert
    try:
        answer(actor=actor_of(request), name=_own_name(request), alert=number, **form.cleaned_data)
    except DomainError as error:
        return _alert_page(request, found, form, status=tell(form, error))
    messages.success(request, __("確認を記録しました。"))
    return redirect(site_name(request, "log_alerts"))


def limits(request: SiteRequest, schema: str) -> HttpResponse:
    """The limits of one facility; the city alone sets them."""
    tenant = Tenant.objects.filter(schema_name=schema).first()
    if tenant is None:
        raise Http404
    kept = AlertLimits.objects.filter(pk=schema).first() or AlertLimits(tenant=schema)
    form = LimitsForm(request.POST if request.method == "POST" else None, instance=kept)
    trail = [(__("注意の知らせ"), reverse("city:log_alerts")), (tenant.name, "")]
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "limits", status=status, form=form, tenant=tenant, trail=trail)
    set_limits(actor=actor_of(request), limits=form.instance, fields=form.changed_data)
    messages.success(request, __("注意の基準を変更しました。"))
    return redirect("city:log_alerts")


def _alert_page(request: SiteRequest, found: AuditAlert, form: AnswerForm, *, status: int) -> HttpResponse:
    names = names_of({found.actor_id} if found.actor_id else set(), at_city=_at_city(request))
    trail = [(__("注意の知らせ"), reverse(site_name(request, "log_alerts"))), (str(found.get_kind_display()), "")]
    who = names.get(found.actor_id, "") if found.actor_id else ""
    place = _places(request).get(found.tenant, "")
    return page(request, "alert", status=status, one=found, form=form, who=who, place=place, trail=trail)


def _at_city(request: SiteRequest) -> bool:
    return request.place.kind == "city"


def _places(request: SiteRequest) -> dict[str, str]:
    return dict(Tenant.objects.values_list("schema_name", "name")) if _at_city(request) else {}


def _own_name(request: SiteRequest) -> str:
    account = staff_of(request)
    return account.name if account else ""
