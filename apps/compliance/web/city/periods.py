"""保存期間 at the city: what holds for each kind of record, and a new version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.models.retention import RetentionPeriod
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.retention import months_in_force
from apps.compliance.retention_texts import FATES
from apps.compliance.services.keep_periods import set_period
from apps.compliance.web.city.about import chosen_in
from apps.compliance.web.city.chrome import page
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.retention import Place, automatic, kinds
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


class PeriodForm(forms.Form):
    """A version: of what, for whom, how long, from when, on which ground."""

    kind = forms.ChoiceField(
        label=_("記録の種類"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("記録の種類を選択してください。")),
    )
    place = forms.ChoiceField(
        label=_("施設"), required=False, error_messages={"invalid_choice": _("施設を選択してください。")}
    )
    months = forms.IntegerField(
        label=_("保存期間（月数）"),
        required=False,
        min_value=1,
        max_value=1200,
        help_text=_("5年は60と入力します。1つの施設の定めをやめて共通の期間に戻すときだけ、空欄にします。"),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], _("月数を1から1200までの数字で入力してください。")
        ),
        widget=forms.NumberInput(attrs={"class": "input--5"}),
    )
    valid_from = forms.DateField(
        label=_("適用日"),
        error_messages=dict.fromkeys(["required", "invalid"], _("適用日を入力してください。")),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("定める理由"),
        max_length=200,
        help_text=_("例：印西市文書管理規程の保存年限の改正"),
        error_messages={"required": _("保存期間を定める理由（条例・規程の名称など）を入力してください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(code, kind.label) for code, kind in kinds().items()]
        self.fields["kind"].choices = [("", __("選択してください")), *words]  # type: ignore[attr-defined]
        places = [(schema, str(tenant.name)) for schema, tenant in tenant_names().items()]
        self.fields["place"].choices = [("", __("すべての施設")), *places]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A period for all has a length."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("months") is None and not said.get("place") and "months" not in self.errors:
            self.add_error("months", _("月数を1から1200までの数字で入力してください。"))
        return said


@needs(Right.RETENTION_KEEP)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """What holds today for each kind, the exceptions of facilities, and all versions."""
    held = months_in_force(clock.today())
    lines = [
        (kind, FATES[kind.fate], held[code, ""].months if (code, "") in held else kind.months)
        for code, kind in kinds().items()
    ]
    names = tenant_names()
    versions = [(one, kinds().get(one.kind), names.get(one.tenant)) for one in RetentionPeriod.objects.all()]
    return page(
        request, "periods.html", lines=lines, versions=versions, automatic=automatic(), shared=Place.SHARED,
        trail=_trail(),
    )  # fmt: skip


@needs(Right.RETENTION_KEEP, about=chosen_in("place"))
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SiteRequest) -> HttpResponse:
    """A new version."""
    first = {"valid_from": clock.today(), **request.GET.dict()}
    form = PeriodForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method != "POST":
        return _form_page(request, form)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    said = dict(form.cleaned_data)
    try:
        set_period(actor=actor_of(request), tenant=said.pop("place"), **said)
    except DomainError as error:
        return _form_page(request, form, status=tell(form, error))
    messages.success(request, __("保存期間を定めました。前の定めも記録に残ります。"))
    return redirect("city:periods")


def _form_page(request: SiteRequest, form: PeriodForm, *, status: int = 200) -> HttpResponse:
    return page(request, "period_new.html", status=status, form=form, trail=_trail(__("保存期間を定める")))


def _trail(here: str = "") -> list[tuple[str, str]]:
    office = (__("管理"), reverse("city:office"))
    return [office, (__("保存期間"), reverse("city:periods")), (here, "")] if here else [office, (__("保存期間"), "")]
