"""What staff do with a registration: suspend, lift, renew, close, reopen. Each has a small page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.registrants.errors import ClosingObstructedError, Obstacle
from apps.registrants.models import Registrant
from apps.registrants.queries.policy import policy_on
from apps.registrants.queries.registrants import registrant_of
from apps.registrants.queries.standing import Standing, standing_of
from apps.registrants.rules.validity import renewed_until
from apps.registrants.services import close as closing
from apps.registrants.services.counter_only import allow_online as allow_online_use
from apps.registrants.services.counter_only import stop_online as stop_online_use
from apps.registrants.services.merge import unmerge as unmerge_records
from apps.registrants.services.renew import renew as renew_registration
from apps.registrants.services.suspend import lift as lift_suspension
from apps.registrants.services.suspend import suspend as suspend_registration
from apps.registrants.web.staff.act_forms import (
    CloseForm,
    LiftForm,
    OnlineForm,
    RenewForm,
    ReopenForm,
    SuspendForm,
    UnmergeForm,
)
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.models import StaffAccount
from shared.staff.rights import Right, holds, rights_of
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


@dataclass(frozen=True, slots=True)
class Page:
    """One act's page: its code and words, its form, and the service that carries it out."""

    act: str
    heading: Promise | str
    lead: Promise | str
    button: Promise | str
    done: Promise | str
    form: type[forms.Form]
    service: Callable[..., object]
    is_grave: bool = True


SUSPEND = Page(
    act="suspend",
    heading=gettext_lazy("この登録を利用停止にする"),
    lead=gettext_lazy("停止の間は、新しい予約も、停止の間の日の予約もできません。入っている予約は取り消されません。"),
    button=gettext_lazy("利用停止にする"),
    done=gettext_lazy("利用停止を記録しました。"),
    form=SuspendForm,
    service=suspend_registration,
)
LIFT = Page(
    act="lift",
    heading=gettext_lazy("利用停止を解除する"),
    lead=gettext_lazy("その日からの停止を、まだ始まっていないものも含めて取りやめます。"),
    button=gettext_lazy("停止を解除する"),
    done=gettext_lazy("停止の解除を記録しました。"),
    form=LiftForm,
    service=lift_suspension,
    is_grave=False,
)
RENEW = Page(
    act="renew",
    heading=gettext_lazy("登録を更新する"),
    lead=gettext_lazy("登録の基準から計算した有効期限が入っています。空欄のときは、期限を定めない基準です。"),
    button=gettext_lazy("更新する"),
    done=gettext_lazy("登録を更新しました。"),
    form=RenewForm,
    service=renew_registration,
    is_grave=False,
)
CLOSE = Page(
    act="close",
    heading=gettext_lazy("この登録を抹消する"),
    lead=gettext_lazy("抹消すると予約できなくなり、カードは失効します。番号はほかの人に使われません。"),
    button=gettext_lazy("抹消する"),
    done=gettext_lazy("抹消を記録しました。"),
    form=CloseForm,
    service=closing.close,
)
REOPEN = Page(
    act="reopen",
    heading=gettext_lazy("抹消を取り消す"),
    lead=gettext_lazy("誤って抹消したときに、登録を元に戻します。"),
    button=gettext_lazy("抹消を取り消す"),
    done=gettext_lazy("抹消を取り消しました。"),
    form=ReopenForm,
    service=closing.reopen,
    is_grave=False,
)


UNMERGE = Page(
    act="unmerge",
    heading=gettext_lazy("統合を取り消す"),
    lead=gettext_lazy(
        "統合したときに移した予約・使用料・ペナルティ・カードなどの記録を戻し、登録を統合の前の状態にします。"
        "統合の後の新しい予約は、残した登録に残ります。"
    ),
    button=gettext_lazy("統合を取り消す"),
    done=gettext_lazy("統合を取り消しました。"),
    form=UnmergeForm,
    service=unmerge_records,
    is_grave=False,
)
STOP_ONLINE = Page(
    act="stop_online",
    heading=gettext_lazy("インターネット予約を止める"),
    lead=gettext_lazy("止めている間は、窓口でだけ予約できます。入っている予約は取り消されません。"),
    button=gettext_lazy("インターネット予約を止める"),
    done=gettext_lazy("インターネット予約を止めました。"),
    form=OnlineForm,
    service=stop_online_use,
)
ALLOW_ONLINE = Page(
    act="allow_online",
    heading=gettext_lazy("インターネット予約を再開する"),
    lead=gettext_lazy("この登録で、ふたたびインターネットから予約できるようにします。"),
    button=gettext_lazy("インターネット予約を再開する"),
    done=gettext_lazy("インターネット予約を再開しました。"),
    form=OnlineForm,
    service=allow_online_use,
    is_grave=False,
)
PAGES = (
    (RENEW, Right.REGISTRANTS_KEEP),
    (SUSPEND, Right.REGISTRANTS_DECIDE),
    (LIFT, Right.REGISTRANTS_DECIDE),
    (STOP_ONLINE, Right.REGISTRANTS_DECIDE),
    (ALLOW_ONLINE, Right.REGISTRANTS_DECIDE),
    (CLOSE, Right.REGISTRANTS_KEEP),
    (REOPEN, Right.REGISTRANTS_DECIDE),
    (UNMERGE, Right.REGISTRANTS_DECIDE),
)


def offered_to(account: StaffAccount | None, standing: Standing) -> list[Page]:
    """The acts that a registration allows and ``account`` may do, as the registrant's page offers them."""
    held = rights_of(account.roles) if account else frozenset()
    return [page for page, right in PAGES if page.act in standing.acts and right in held]


def may_merge(account: StaffAccount | None, standing: Standing) -> bool:
    """Whether ``account`` may merge the registration with another one."""
    return "merge" in standing.acts and account is not None and holds(account.roles, Right.REGISTRANTS_DECIDE)


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """利用停止."""
    return _act(request, registrant, SUSPEND, lambda _found: {"first": clock.today()})


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """停止解除."""
    return _act(request, registrant, LIFT, lambda _found: {"effective_on": clock.today()})


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_online(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """インターネット利用不可."""
    return _act(request, registrant, STOP_ONLINE, lambda _found: {})


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def allow_online(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """インターネット利用可."""
    return _act(request, registrant, ALLOW_ONLINE, lambda _found: {})


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """更新."""
    return _act(request, registrant, RENEW, _renewal)


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """抹消."""
    return _act(request, registrant, CLOSE, lambda _found: {"effective_on": clock.today()})


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """抹消の取消し."""
    return _act(request, registrant, REOPEN, lambda _found: {})


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def unmerge(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """統合の取消し."""
    return _act(request, registrant, UNMERGE, lambda _found: {})


def _renewal(found: Registrant) -> dict[str, Any]:
    today = clock.today()
    until = renewed_until(policy_on(today), found.valid_until, today)
    return {"valid_until": until, "reason": _("更新の申請による")}


def _act(
    request: SiteRequest, registrant: UUID, page: Page, initial: Callable[[Registrant], dict[str, Any]]
) -> HttpResponse:
    found = registrant_of(registrant)
    if request.method != "POST":
        return _shown(request, found, page, page.form(initial=initial(found)))
    form = page.form(request.POST)
    if not form.is_valid():
        return _shown(request, found, page, form, status=422)
    try:
        version = seen_version(request.POST)
        page.service(actor=actor_of(request), registrant=registrant, seen_version=version, **form.cleaned_data)
    except ClosingObstructedError as error:
        return _shown(request, found, page, form, obstacles=error.obstacles, status=tell(form, error))
    except DomainError as error:
        return _shown(request, registrant_of(registrant), page, form, status=tell(form, error))
    messages.success(request, str(page.done))
    return redirect("desk:registrant", registrant=registrant)


def _shown(
    request: SiteRequest,
    found: Registrant,
    page: Page,
    form: forms.Form,
    *,
    obstacles: tuple[Obstacle, ...] = (),
    status: int = 200,
) -> HttpResponse:
    standing = standing_of(found, clock.today())
    context = {
        "registrant": found,
        "standing": standing,
        "page": page,
        "form": form,
        "may": page.act in standing.acts,
        "obstacles": obstacles,
        "typed": form.data.get("reason", ""),
    }
    return render(request, "registrants/staff/act.html", context, status=status)
