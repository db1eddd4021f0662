"""A citizen's registrations: the list, one of them, linking one by number and code, letting it go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.registrants.queries.own import own_file, own_registrant, own_registrations, tenants_at_work
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.items import ITEMS, ItemKind
from apps.registrants.services.hooks import own_matters
from apps.registrants.services.linking import link, unlink
from apps.registrants.texts import CHOICE_LABELS, ITEM_LABELS
from apps.registrants.web.citizen.pages import FORM_METHODS, Trail, bound, page, tried
from kernel import clock
from kernel.wareki import format_date
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


class LinkForm(forms.Form):
    """A registration's number, and the code from its facility."""

    number = forms.CharField(
        label=gettext_lazy("登録番号"),
        max_length=40,
        help_text=gettext_lazy("利用者カードや用紙に書かれている番号。例：A-000123-0"),
        error_messages={"required": gettext_lazy("登録番号を入力してください。")},
        widget=forms.TextInput({"autocomplete": "off", "class": "input--20", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label=gettext_lazy("結び付け番号"),
        max_length=40,
        help_text=gettext_lazy("窓口で渡された、または郵送された用紙の番号。例：7KQM-2WXB"),
        error_messages={"required": gettext_lazy("結び付け番号を入力してください。")},
        widget=forms.TextInput({"autocomplete": "off", "class": "input--20", "autocapitalize": "characters"}),
    )


@needs(Right.CITIZEN)
@require_safe
@never_cache
def registrations(request: SiteRequest) -> HttpResponse:
    """All registrations of the account, at every facility."""
    found = own_registrations(today=clock.today())
    return page(request, "registrations.html", trail=[(_("利用者登録"), "")], registrations=found)


@needs(Right.CITIZEN)
@require_safe
@never_cache
def detail(request: SiteRequest, tenant: str, registrant: UUID) -> HttpResponse:
    """What the facility holds of the citizen. What is about others (contacts, members) is never shown here."""
    found = own_file(registrant, today=clock.today())
    days = policy_on(clock.today()).provisional_days
    return page(
        request,
        "registration.html",
        trail=below(found.registrant.number),
        file=found,
        extras=told_extras(found.registrant.extras),
        matters=own_matters(registrant, clock.today()),
        last_day=found.registrant.registered_on + dt.timedelta(days=days),
    )


@needs(Right.CITIZEN)
@require_safe
def choose(request: SiteRequest, purpose: str) -> HttpResponse:
    """At which facility: for linking (``link``) or a 仮登録 (``new``)."""
    title = _("登録と結び付ける") if purpose == "link" else _("仮登録の申し込み")
    return page(
        request, "choose.html", trail=below(title), title=title, tenants=tenants_at_work(), view=f"my:{purpose}"
    )


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def link_registration(request: SiteRequest, tenant: str) -> HttpResponse:
    """Ask for number and code."""
    form = bound(request, LinkForm)
    linked: list[UUID] = []

    def act() -> None:
        values = form.cleaned_data
        linked.append(link(actor=actor_of(request), number=values["number"], code=values["code"]))

    if status := tried(request, form, act):
        return page(request, "link.html", trail=below(_("登録と結び付ける")), form=form, status=status)
    messages.success(request, _("利用者登録と結び付けました。インターネットから予約できます。"))
    return redirect("my:registration", tenant=tenant, registrant=linked[0])


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def unlink_registration(request: SiteRequest, tenant: str, registrant: UUID) -> HttpResponse:
    """Say what it brings about, then let the registration go; it stays at the facility."""
    if request.method != "POST":
        found = own_registrant(registrant)
        return page(request, "unlink.html", trail=below(found.number), registrant=found)
    unlink(registration=registrant)
    messages.success(request, _("アカウントと利用者登録の結び付きを解除しました。"))
    return redirect("my:registrations")


def told_extras(extras: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The further items as label and text."""
    return [(str(ITEM_LABELS[code]), _told(code, value)) for code, value in extras.items() if code in ITEM_LABELS]


def _told(code: str, value: Any) -> str:
    if ITEMS[code].kind in {ItemKind.BIRTH_DATE, ItemKind.DATE}:
        return format_date(dt.date.fromisoformat(value))
    return _("はい") if value is True else str(CHOICE_LABELS.get((code, value), value))


def below(title: str) -> Trail:
    """The trail of a page below the list."""
    return [(_("利用者登録"), reverse("my:registrations")), (title, "")]
