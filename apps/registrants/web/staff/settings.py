"""The facility's settings of registration: the items that are collected, and the policy in time (登録の基準)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.registrants.queries.item_settings import ItemSetting, item_changes, item_setting, item_settings
from apps.registrants.queries.policy import policies, policy_on
from apps.registrants.rules.policy import Policy, differences
from apps.registrants.services.item_policy import set_item
from apps.registrants.services.registration_policy import set_policy, withdraw_policy
from apps.registrants.texts import ITEM_LABELS
from apps.registrants.web.staff.settings_forms import ItemForm, PolicyForm
from apps.registrants.web.staff.settings_words import Line, lines_of
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.dates import day_from
from shared.web.forms import tell
from shared.web.guard import needs


@needs(Right.REGISTRATION_SETTINGS)
@require_safe
def items(request: SiteRequest) -> HttpResponse:
    """All further items, those that are collected first told; and what was changed."""
    context = {"settings": item_settings(), "changes": item_changes()}
    return render(request, "registrants/staff/items.html", context)


@needs(Right.REGISTRATION_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: SiteRequest, code: str) -> HttpResponse:
    """One item: on or off, required or not, for which purpose."""
    setting = item_setting(code)
    if request.method != "POST":
        return _item_page(request, setting, ItemForm(initial=_item_initial(setting), kept=setting.kept))
    form = ItemForm(request.POST, kept=setting.kept)
    if not form.is_valid():
        return _item_page(request, setting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        erased = set_item(actor=actor_of(request), item=code, **form.cleaned_data)
    except DomainError as error:
        return _item_page(request, setting, form, status=tell(form, error))
    messages.success(request, _item_done(form.cleaned_data["is_collected"], setting, erased))
    return redirect("desk:items")


@needs(Right.REGISTRATION_SETTINGS)
@require_safe
def registration_policies(request: SiteRequest) -> HttpResponse:
    """The policies of the tenant: what holds, what comes, what held."""
    today = clock.today()
    context = {"policies": policies(today), "lines": lines_of(policy_on(today))}
    return render(request, "registrants/staff/policies.html", context)


@needs(Right.REGISTRATION_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_policy(request: SiteRequest) -> HttpResponse:
    """A policy from a day on: typed, then shown beside what holds until then, then set."""
    if request.method != "POST":
        today = clock.today()
        return _policy_page(request, PolicyForm(initial={"valid_from": today, **asdict(policy_on(today))}))
    form = PolicyForm(request.POST)
    if not form.is_valid():
        return _policy_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if "again" in request.POST:
        return _policy_page(request, form)
    if "confirmed" not in request.POST:
        return _preview(request, form)
    try:
        set_policy(actor=actor_of(request), valid_from=form.cleaned_data["valid_from"], policy=form.policy())
    except DomainError as error:
        return _policy_page(request, form, status=tell(form, error))
    messages.success(request, _("登録の基準を定めました。"))
    return redirect("desk:policies")


@needs(Right.REGISTRATION_SETTINGS)
@require_POST
def withdraw(request: SiteRequest) -> HttpResponse:
    """Take back a policy that has not begun."""
    day = day_from(request.POST.get("valid_from", ""), default=clock.today())
    try:
        withdraw_policy(actor=actor_of(request), valid_from=day)
        messages.success(request, _("予定していた基準を取り下げました。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return redirect("desk:policies")


def _item_initial(setting: ItemSetting) -> dict[str, Any]:
    row = setting.policy
    if row is None:
        return {"purpose": setting.item.purpose}
    return {"is_collected": row.is_collected, "is_required": row.is_required, "purpose": row.purpose_of_use}


def _item_done(is_collected: bool, setting: ItemSetting, erased: int) -> str:
    label = {"item": ITEM_LABELS[setting.item.code], "erased": erased}
    if is_collected:
        return _("「%(item)s」を収集します。") % label
    if erased:
        return _("「%(item)s」の収集をやめ、%(erased)s件の値を消しました。") % label
    return _("「%(item)s」は収集しません。") % label


def _item_page(
    request: SiteRequest, setting: ItemSetting, form: ItemForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"setting": setting, "label": ITEM_LABELS[setting.item.code], "form": form}
    return render(request, "registrants/staff/item.html", context, status=status)


def _policy_page(request: SiteRequest, form: PolicyForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "registrants/staff/new_policy.html", {"form": form}, status=status)


def _preview(request: SiteRequest, form: PolicyForm) -> HttpResponse:
    day: dt.date = form.cleaned_data["valid_from"]
    new, before = form.policy(), policy_on(day)
    context = {
        "form": form,
        "day": day,
        "is_past": day < clock.today(),
        "changes": _changes(before, new),
        "typed": [(name, value) for name in form.fields for value in request.POST.getlist(name)],
    }
    return render(request, "registrants/staff/policy_preview.html", context)


def _changes(before: Policy, new: Policy) -> list[tuple[Line, Line]]:
    old, now = ({line.name: line for line in lines_of(policy)} for policy in (before, new))
    return [(old[name], now[name]) for name, _old, _new in differences(before, new)]
