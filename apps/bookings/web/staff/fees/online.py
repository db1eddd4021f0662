"""Payments online at the desk: a day's or month's reconciliation (照合), what does not fit, and giving back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import OnlineSession, ProviderEvent, Refund
from apps.bookings.online_errors import UnknownSessionError
from apps.bookings.queries.online import reconciled, to_look_into
from apps.bookings.refund_errors import UnknownRefundError
from apps.bookings.rules.online import LOOKED_INTO
from apps.bookings.rules.states import REASON_LIMIT
from apps.bookings.services.fees.online.clearing import clear_notice, clear_session
from apps.bookings.services.fees.online.refund import give_back, give_back_unreceived
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs

LONGEST: Final = dt.timedelta(days=92)


class SpanForm(forms.Form):
    """From which day to which."""

    hides_requirement = True
    first = DayField(label=_("初日"))
    last = DayField(label=_("最終日"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and not dt.timedelta(0) <= last - first <= LONGEST:
            self.add_error("last", __("初日から3か月以内の日を入力してください。"))
        return values


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("理由・処理の内容"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("理由を入力してください。")},
    )


@needs(Right.MONEY_RECEIVE)
@require_safe
def online(request: SiteRequest) -> HttpResponse:
    """What was begun, paid, failed and expired in some days, against what the provider told; no names."""
    today = clock.today()
    data = request.GET if {"first", "last"} & request.GET.keys() else {"first": today.replace(day=1), "last": today}
    form = SpanForm(data)
    is_fit = form.is_valid()
    first, last = (form.cleaned_data["first"], form.cleaned_data["last"]) if is_fit else (today, today)
    found = reconciled(first, last)
    persons = {one.booking.registrant_id for one in found.sessions}
    record(actor_of(request), Action.VIEW, object_type="online_payments", object_id=f"{first}/{last}", persons=persons)
    context = {"found": found, "form": form, "first": first, "last": last, "open": to_look_into()}
    return render(request, "bookings/staff/money/online.html", context, status=200 if is_fit else 422)


@needs(Right.MONEY_CLOSE)
@require_POST
def back(request: SiteRequest, refund: UUID) -> HttpResponse:
    """Carry a decision out through the provider."""
    found = Refund.objects.only("booking_id").filter(pk=refund).first()
    if found is None:
        raise UnknownRefundError
    try:
        give_back(actor=actor_of(request), refund=refund)
        messages.success(request, __("決済サービスに返金を依頼しました。済むと、還付の支払に加わります。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return redirect("desk:payments", booking=found.booking_id)


@needs(Right.MONEY_CLOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def unreceived(request: SiteRequest, session: UUID) -> HttpResponse:
    """Have the provider give back what it took and was not received."""
    found = _session(session)
    act = partial(give_back_unreceived, actor=actor_of(request), session=session)
    texts = (__("決済サービスからの返金"), __("返金を依頼する"), __("決済サービスに返金を依頼しました。"))
    return _with_reason(request, act, texts, {"session": found}, back=redirect("desk:payments", found.booking_id))


@needs(Right.MONEY_CLOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: SiteRequest, session: UUID) -> HttpResponse:
    """Note how a session that did not fit was settled."""
    found = _session(session)
    act = partial(clear_session, actor=actor_of(request), session=session)
    texts = (__("確認済みにする"), __("確認済みにする"), __("確認済みにしました。"))
    return _with_reason(request, act, texts, {"session": found}, back=redirect("desk:online"))


@needs(Right.MONEY_CLOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def clear_stray(request: SiteRequest, notice: UUID) -> HttpResponse:
    """Note how a notice that fits no payment was settled."""
    found = ProviderEvent.objects.filter(pk=notice, outcome__in=LOOKED_INTO).select_related("session__booking").first()
    if found is None:
        raise UnknownSessionError
    act = partial(clear_notice, actor=actor_of(request), notice=notice)
    texts = (__("確認済みにする"), __("確認済みにする"), __("確認済みにしました。"))
    return _with_reason(request, act, texts, {"notice": found}, back=redirect("desk:online"))


def _session(session: UUID) -> OnlineSession:
    found = OnlineSession.objects.select_related("booking").filter(pk=session).first()
    if found is None:
        raise UnknownSessionError
    return found


def _with_reason(
    request: SiteRequest,
    act: Callable[..., object],
    texts: tuple[str, str, str],
    shown: dict[str, Any],
    *,
    back: HttpResponse,
) -> HttpResponse:
    """Ask why, then act; what is refused comes back filled."""
    form = WhyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(reason=form.cleaned_data["reason"])
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, texts[2])
                return back
    title, button, _done = texts
    context = {**shown, "form": form, "title": title, "button": button}
    return render(request, "bookings/staff/money/online_reason.html", context, status=status)
