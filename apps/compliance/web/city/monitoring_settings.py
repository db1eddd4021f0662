"""What the city keeps beside the months: the checklist, the mailboxes for reminders, the year's summary."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.bookings.templatetags.bookings import in_language
from apps.compliance.queries.monitoring.board import year_of
from apps.compliance.queries.monitoring.items import checklist, item_versions
from apps.compliance.queries.monitoring.mailboxes import addresses_of
from apps.compliance.services.monitoring.items import ItemSaid, add_item, change_item
from apps.compliance.services.monitoring.mailboxes import keep_mailboxes
from apps.compliance.services.monitoring.year import judge_year
from apps.compliance.web.city.about import every_facility, named_by
from apps.compliance.web.city.monitoring import tenant_called, trail_of, year_in
from apps.compliance.web.monitoring_forms import GeneralMailboxForm, ItemForm, MailboxForm, YearForm
from apps.compliance.web.monitoring_pages import shown, told
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import may, needs
from tenants.models import Tenant


@needs(Right.CITY_SEE)
@require_safe
def items(request: SiteRequest) -> HttpResponse:
    """The checklist in force."""
    trail = [*trail_of(), (_("点検項目"), "")]
    may_judge = may(request, Right.MONITORING_JUDGE)
    return shown(request, "items.html", items=checklist(), may_judge=may_judge, trail=trail)


@needs(Right.MONITORING_JUDGE, about=every_facility)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: SiteRequest, code: str) -> HttpResponse:
    """One item: the next version of it."""
    versions = item_versions(code)
    last = versions[0]
    kept = {name: getattr(last, name) for name in ItemForm.base_fields if name != "reason"}
    form = ItemForm(request.POST or None, initial=kept)
    context: dict[str, Any] = {"item": last, "versions": versions, "form": form, "trail": _item_trail(last.text)}
    if request.method != "POST":
        return shown(request, "item.html", **context)
    if not form.is_valid():
        return shown(request, "item.html", status=422, **context)
    try:
        change_item(actor=actor_of(request), code=code, said=ItemSaid(**form.cleaned_data))
    except DomainError as error:
        return shown(request, "item.html", **context | told(form, error))
    messages.success(request, _("点検項目を変更しました。次に作られる点検表から使われます。"))
    return redirect("city:monitoring_items")


@needs(Right.MONITORING_JUDGE, about=every_facility)
@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: SiteRequest) -> HttpResponse:
    """Put an item on the checklist."""
    form = ItemForm(request.POST or None, initial={"filled_by": "facility", "position": 900})
    context: dict[str, Any] = {"form": form, "trail": _item_trail(_("点検項目の追加"))}
    if request.method != "POST":
        return shown(request, "item.html", **context)
    if not form.is_valid():
        return shown(request, "item.html", status=422, **context)
    add_item(actor=actor_of(request), said=ItemSaid(**form.cleaned_data))
    messages.success(request, _("点検項目を追加しました。次に作られる点検表から使われます。"))
    return redirect("city:monitoring_items")


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def mailboxes(request: SiteRequest, schema: str) -> HttpResponse:
    """The mailboxes of one facility."""
    return _mailboxes(request, schema)


@needs(Right.MONITORING_JUDGE, about=every_facility)
@require_http_methods(["GET", "HEAD", "POST"])
def general_mailbox(request: SiteRequest) -> HttpResponse:
    """The mailbox of 総括."""
    return _mailboxes(request, "")


def _mailboxes(request: SiteRequest, schema: str) -> HttpResponse:
    name = _("総括")
    if schema:
        tenant = tenant_called(schema)
        name = in_language(tenant.name, tenant.name_en)
    kind = MailboxForm if schema else GeneralMailboxForm
    form = kind(request.POST or None, initial=addresses_of(schema))
    context: dict[str, Any] = {
        "form": form,
        "name": name,
        "tenants": Tenant.objects.all(),
        "schema": schema,
        "trail": [*trail_of(), (_("督促の通知先"), "")],
    }
    if request.method != "POST":
        return shown(request, "mailboxes.html", **context)
    if not form.is_valid():
        return shown(request, "mailboxes.html", status=422, **context)
    keep_mailboxes(actor=actor_of(request), tenant=schema, addresses=form.cleaned_data)
    messages.success(request, _("通知先を保存しました。"))
    return redirect(request.path)


@needs(Right.CITY_SEE, to_change=Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def year(request: SiteRequest, schema: str, year: str) -> HttpResponse:
    """A facility's year: its months, and the summary."""
    tenant, wanted = tenant_called(schema), year_in(year)
    found = year_of(schema, wanted)
    form = YearForm(request.POST or None, initial={"grade": found.proposed.value if found.proposed else ""})
    name = in_language(tenant.name, tenant.name_en)
    context: dict[str, Any] = {
        "tenant": tenant,
        "year": wanted,
        "found": found,
        "form": form,
        "may_judge": may(request, Right.MONITORING_JUDGE),
        "trail": [*trail_of(), (_("{name}の年度評価").format(name=name), "")],
    }
    if request.method != "POST":
        return shown(request, "year.html", **context)
    if not form.is_valid():
        return shown(request, "year.html", status=422, **context)
    try:
        judge_year(actor=actor_of(request), tenant=schema, year=wanted, **form.cleaned_data)
    except DomainError as error:
        return shown(request, "year.html", **context | told(form, error))
    messages.success(request, _("年度評価を記録しました。"))
    return redirect("city:monitoring_year", schema, wanted)


def _item_trail(here: str) -> list[tuple[str, str]]:
    return [*trail_of(), (_("点検項目"), reverse("city:monitoring_items")), (here, "")]
