"""From where desks are reached: all tenants at a glance, one tenant whole, each change on a small page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.templatetags.bookings import in_language
from apps.compliance.queries.access import access_lines, access_page, kept_policy, subject_of, tenant_called
from apps.compliance.rules.access import CODE_MINUTES, SEEN_DAYS
from apps.compliance.services.entrance.certificates import allow_certificate, remove_certificate
from apps.compliance.services.entrance.grants import end_grant, grant
from apps.compliance.services.entrance.networks import allow_network, remove_network
from apps.compliance.services.entrance.terminals import issue_code, register_terminal, revoke_terminal
from apps.compliance.services.entrance.ways import set_ways
from apps.compliance.web.city.about import named_by
from apps.compliance.web.city.access_forms import (
    AccessForm,
    CertificateForm,
    GrantForm,
    NetworkForm,
    TerminalForm,
    WaysForm,
)
from apps.compliance.web.city.chrome import Trail, page
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.terminals import TERMINAL_PATH
from shared.web.addresses import address_of
from shared.web.guard import needs
from tenants.models import Host, Tenant

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change's page: its words, its form, and the service that carries it out."""

    heading: Promise | str
    lead: Promise | str
    button: Promise | str
    done: Promise | str
    form: type[AccessForm]
    service: Callable[..., object]
    asks_to_confirm: bool = False
    is_grave: bool = False


WAYS = Change(
    heading=_("入るための条件"),
    lead=_("施設の窓口のページを、どこから開けるようにするかを決めます。数秒で、開いている画面にも及びます。"),
    button=_("条件を変更する"),
    done=_("接続の条件を変更しました。"),
    form=WaysForm,
    service=set_ways,
    asks_to_confirm=True,
)
NETWORK = Change(
    heading=_("接続元の範囲を追加する"),
    lead=_("この範囲から、窓口のページを開けるようにします。"),
    button=_("追加する"),
    done=_("範囲を追加しました。"),
    form=NetworkForm,
    service=allow_network,
    asks_to_confirm=True,
)
NETWORK_END = Change(
    heading=_("接続元の範囲を削除する"),
    lead=_("この範囲から開いている窓口の画面は、数秒で使えなくなります。"),
    button=_("削除する"),
    done=_("範囲を削除しました。"),
    form=AccessForm,
    service=remove_network,
    asks_to_confirm=True,
    is_grave=True,
)
TERMINAL = Change(
    heading=_("端末を台帳に登録する"),
    lead=_("登録したあと、一回限りの番号を発行して、その端末で入力します。"),
    button=_("登録する"),
    done=_("端末を台帳に登録しました。続けて番号を発行してください。"),
    form=TerminalForm,
    service=register_terminal,
)
TERMINAL_END = Change(
    heading=_("端末の登録を取り消す"),
    lead=_("紛失したとき、入れ替えたとき、返されたときに行います。数秒で、開いている画面も使えなくなります。"),
    button=_("登録を取り消す"),
    done=_("端末の登録を取り消しました。"),
    form=AccessForm,
    service=revoke_terminal,
    is_grave=True,
)
CERTIFICATE = Change(
    heading=_("クライアント証明書を追加する"),
    lead=_("この証明書を示した端末から、窓口のページを開けるようにします。"),
    button=_("追加する"),
    done=_("証明書を追加しました。"),
    form=CertificateForm,
    service=allow_certificate,
)
CERTIFICATE_END = Change(
    heading=_("クライアント証明書を削除する"),
    lead=_("この証明書では、数秒で入れなくなります。"),
    button=_("削除する"),
    done=_("証明書を削除しました。"),
    form=AccessForm,
    service=remove_certificate,
    is_grave=True,
)
GRANT = Change(
    heading=_("緊急許可を出す"),
    lead=_("条件を満たさない所からも、決めた時間だけ窓口のページを開けるようにします。時間が来ると自動で終わります。"),
    button=_("許可する"),
    done=_("緊急許可を出しました。"),
    form=GrantForm,
    service=grant,
    asks_to_confirm=True,
)
GRANT_END = Change(
    heading=_("緊急許可を打ち切る"),
    lead=_("いますぐ終わらせます。"),
    button=_("打ち切る"),
    done=_("緊急許可を打ち切りました。"),
    form=AccessForm,
    service=end_grant,
    is_grave=True,
)


@needs(Right.ACCESS_KEEP)
@require_safe
def access_list(request: SiteRequest) -> HttpResponse:
    """Every tenant: what its desk asks for, and what is registered."""
    trail = [(__("管理"), reverse("city:office")), (__("接続元と端末"), "")]
    networks = settings.CITY_NETWORKS
    return page(request, "access_list.html", lines=access_lines(), trail=trail, city_networks=networks)


@needs(Right.ACCESS_KEEP)
@require_safe
def access(request: SiteRequest, schema: str) -> HttpResponse:
    """One tenant: conditions, ranges, terminals, certificates, grants, what was seen, and the history."""
    found = access_page(schema)
    return page(
        request,
        "access.html",
        trail=_trail(found.tenant),
        found=found,
        now=clock.now(),
        today=clock.today(),
        seen_days=SEEN_DAYS,
    )


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def ways(request: SiteRequest, schema: str) -> HttpResponse:
    """接続の条件."""
    kept = kept_policy(tenant_called(schema))
    initial = {"ways": sorted(kept.ways), "needs_all": "all" if kept.needs_all else "one"}
    return _change(request, schema, WAYS, initial=initial)


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def network(request: SiteRequest, schema: str) -> HttpResponse:
    """範囲の追加."""
    return _change(request, schema, NETWORK, initial={"cidr": request.GET.get("cidr", "")[:60]})


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def network_end(request: SiteRequest, schema: str, network: UUID) -> HttpResponse:
    """範囲の削除."""
    return _change(request, schema, NETWORK_END, network=network)


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def terminal(request: SiteRequest, schema: str) -> HttpResponse:
    """端末の登録."""
    return _change(request, schema, TERMINAL)


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_POST
def terminal_code(request: SiteRequest, schema: str, terminal: UUID) -> HttpResponse:
    """一回限りの番号: shown this once, never kept in clear."""
    code = issue_code(actor=actor_of(request), schema=schema, terminal=terminal)
    tenant = tenant_called(schema)
    host = Host.objects.filter(tenant=tenant, is_primary=True).values_list("domain", flat=True).first()
    desk = address_of(host or "").rstrip("/") + TERMINAL_PATH
    return page(
        request,
        "access_code.html",
        trail=_trail(tenant, __("端末の登録番号")),
        tenant=tenant,
        code=code,
        minutes=CODE_MINUTES,
        desk=desk,
    )


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def terminal_end(request: SiteRequest, schema: str, terminal: UUID) -> HttpResponse:
    """登録の取消し."""
    return _change(request, schema, TERMINAL_END, terminal=terminal)


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def certificate(request: SiteRequest, schema: str) -> HttpResponse:
    """証明書の追加."""
    return _change(request, schema, CERTIFICATE)


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def certificate_end(request: SiteRequest, schema: str, certificate: UUID) -> HttpResponse:
    """証明書の削除."""
    return _change(request, schema, CERTIFICATE_END, certificate=certificate)


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def emergency(request: SiteRequest, schema: str) -> HttpResponse:
    """緊急許可."""
    return _change(request, schema, GRANT)


@needs(Right.ACCESS_KEEP, about=named_by("schema"))
@require_http_methods(METHODS)
def emergency_end(request: SiteRequest, schema: str, given: UUID) -> HttpResponse:
    """緊急許可の打切り."""
    return _change(request, schema, GRANT_END, given=given)


def _change(
    request: SiteRequest, schema: str, change: Change, *, initial: dict[str, Any] | None = None, **about: UUID
) -> HttpResponse:
    tenant = tenant_called(schema)
    if request.method != "POST":
        return _shown(request, tenant, change, change.form(initial=initial), about)
    form = change.form(request.POST)
    if not form.is_valid():
        return _shown(request, tenant, change, form, about, status=422)
    values = form.cleaned_data if change.asks_to_confirm else _without_confirming(form.cleaned_data)
    try:
        change.service(actor=actor_of(request), schema=schema, **about, **values)
    except DomainError as error:
        return _shown(request, tenant, change, form, about, status=form.refuse(error))
    messages.success(request, str(change.done))
    return redirect("city:access", schema=schema)


def _without_confirming(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "confirmed"}


def _shown(
    request: SiteRequest,
    tenant: Tenant,
    change: Change,
    form: AccessForm,
    about: dict[str, UUID],
    *,
    status: int = 200,
) -> HttpResponse:
    trail = _trail(tenant, str(change.heading))
    return page(
        request,
        "access_change.html",
        status=status,
        trail=trail,
        tenant=tenant,
        change=change,
        form=form,
        subject=subject_of(tenant.schema_name, **about),
    )


def _trail(tenant: Tenant, last: str = "") -> Trail:
    name = in_language(tenant.name, tenant.name_en)
    here = reverse("city:access", args=[tenant.schema_name]) if last else ""
    begin = [(__("管理"), reverse("city:office")), (__("接続元と端末"), reverse("city:access_list")), (name, here)]
    return [*begin, (last, "")] if last else begin
