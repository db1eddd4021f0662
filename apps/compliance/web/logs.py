"""The audit to be looked at (操作記録): by day, clerk, act and object, and by the person who was looked at.

The same pages at a desk, for its own facility, and at the city, for all. Looking is itself recorded.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.compliance.log_texts import OBJECTS
from apps.compliance.queries.logs import (
    LogFilter,
    city_log,
    clerk_names,
    desk_log,
    numbers_of,
    person_at_desk,
    persons_anywhere,
)
from apps.compliance.rules.purpose import Purpose
from apps.compliance.texts import LookupPurpose
from apps.compliance.web.city.forms import PurposeForm
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.web.fields import DayField
from tenants.models import Tenant
from tenants.scope import SHARED_SCHEMA

ANY: Final = ("", _("すべて"))
DAYS: Final = 7
"""Shown unless another span is asked for: today and the six days before."""


class LogForm(forms.Form):
    """Which entries are shown. Every field may stay empty; nothing of a person is typed here."""

    hides_requirement = True
    first = DayField(label=_("はじめの日"), required=False)
    last = DayField(label=_("終わりの日"), required=False)
    tenant = forms.ChoiceField(label=_("施設"), required=False)
    actor = forms.TypedChoiceField(label=_("操作した職員"), required=False, coerce=UUID, empty_value=None)
    action = forms.ChoiceField(label=_("操作"), required=False, choices=[ANY, *Action.choices])
    object_type = forms.ChoiceField(label=_("対象"), required=False, choices=[ANY, *OBJECTS.items()])
    object_id = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, at_city: bool, clerks: list[tuple[UUID, str]]) -> None:
        super().__init__(data)
        names = [ANY, *((str(key), name) for key, name in clerks)]
        self.fields["actor"].choices = names  # type: ignore[attr-defined]  # a ChoiceField
        if not at_city:
            del self.fields["tenant"]
            return
        tenants = [(SHARED_SCHEMA, _("市（このサイト）")), *Tenant.objects.values_list("schema_name", "name")]
        self.fields["tenant"].choices = [ANY, *tenants]  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self) -> LogFilter:
        """What the valid form asks for."""
        return LogFilter(**self.cleaned_data)


class NumberForm(forms.Form):
    """Of whom the audit is asked."""

    hides_requirement = True
    number = forms.CharField(
        label=_("登録番号"),
        max_length=20,
        help_text=_("この番号の利用者を、だれが、いつ見たかを調べます。例：A-000012"),
        error_messages={"required": _("登録番号を入力してください。")},
        widget=forms.TextInput({"autocomplete": "off", "class": "input--10"}),
    )


def index(request: SiteRequest) -> HttpResponse:
    """The newest entries of the last days, or those that the form asks for."""
    at_city = request.place.kind == "city"
    form = LogForm(_asked(request), at_city=at_city, clerks=clerk_names(at_city))
    if not form.is_valid():
        return page(request, "index", status=422, form=form)
    wanted = form.wanted()
    before = request.GET.get("before", "")
    log = city_log(wanted, before=before) if at_city else desk_log(wanted, before=before)
    asked = sorted(name for name, value in form.cleaned_data.items() if value)
    record(actor_of(request), Action.VIEW, object_type="audit_log", by=asked, shown=len(log.lines))
    return page(request, "index", form=form, log=log)


def person_form(request: SiteRequest) -> HttpResponse:
    """Ask for the number, and lead to the person's own page. By POST: no number stands in an address."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    trail = [(__("操作記録"), reverse(site_name(request, "log"))), (__("利用者ごとの記録"), "")]
    if not form.is_valid():
        return page(request, "number", status=422 if form.is_bound else 200, form=form, trail=trail)
    found = _found(request, form.cleaned_data["number"].strip().upper())
    record(actor_of(request), Action.SEARCH, object_type="audit_log", by="number", found=int(found is not None))
    if found is None:
        form.add_error("number", __("この登録番号の利用者はいません。番号を確かめてください。"))
        return page(request, "number", status=422, form=form, trail=trail)
    return redirect(site_name(request, "log_person"), registrant=found)


def person(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Who saw a person: first the purpose is stated, then the entries are shown, page by page."""
    at_city = request.place.kind == "city"
    form = PurposeForm(request.POST if request.method == "POST" else None)
    number = numbers_of([registrant], at_city=at_city).get(registrant, "")
    shown: dict[str, Any] = {"form": form, "number": number, "registrant": registrant, "trail": _person_trail(request)}
    if not form.is_valid():
        return page(request, "person", status=422 if form.is_bound else 200, **shown)
    before, wanted = request.POST.get("before", ""), LogFilter(person=registrant)
    log = city_log(wanted, before=before) if at_city else desk_log(wanted, before=before)
    record(
        actor_of(request),
        Action.VIEW,
        object_type="audit_log",
        object_id=registrant,
        purpose=_told(form.stated()),
        persons=[registrant],
        shown=len(log.lines),
    )
    return page(request, "person", log=log, **shown)


def _found(request: SiteRequest, number: str) -> UUID | None:
    if request.place.kind == "desk":
        return person_at_desk(number)
    return next((one for _tenant, one, _number in persons_anywhere(number)), None)


def _asked(request: SiteRequest) -> dict[str, Any]:
    """What the address says; without a span the last days."""
    asked = request.GET.dict()
    if not asked.get("first") and not asked.get("last") and not asked.get("object_id"):
        asked["first"] = (clock.today() - dt.timedelta(days=DAYS - 1)).isoformat()
    return asked


def _told(purpose: Purpose) -> str:
    return f"{LookupPurpose(purpose.code).value}：{purpose.note}"


def _person_trail(request: SiteRequest) -> list[tuple[str, str]]:
    number = reverse(site_name(request, "log_number"))
    return [(__("操作記録"), reverse(site_name(request, "log"))), (__("利用者ごとの記録"), number)]


def site_name(request: SiteRequest, page: str) -> str:
    """The name of one of these pages' addresses at the site of the request."""
    return f"{'city' if request.place.kind == 'city' else 'office'}:{page}"


def page(request: SiteRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render ``compliance/logs/<template>``; ``site`` begins the names of its addresses."""
    kind = request.place.kind
    site = "city" if kind == "city" else "office"
    shown = {"frame": f"frame/{kind}.html", "site": site, **context}
    return render(request, f"compliance/logs/{template}.html", shown, status=status)
