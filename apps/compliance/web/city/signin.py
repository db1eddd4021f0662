"""Signing in as the city sees and rules it: policies by place, second factors to be reset, signs to be noticed."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.bookings.templatetags.bookings import in_language
from apps.compliance.queries.signin import Factor, Place, factors, history, latest_signs, place_named, places
from apps.compliance.web.city.about import named_by
from apps.compliance.web.city.chrome import Trail, page
from kernel.errors import DomainError
from shared.policies.resetting import reset_second_factor
from shared.policies.setting import set_policy
from shared.requests import SiteRequest, actor_of
from shared.staff.models import Role, SignInSign
from shared.staff.rights import CITY_ROLES, DESK_ROLES, Right
from shared.staff.rules.policy import BOUNDS, Policy
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs
from tenants.scope import SHARED_SCHEMA

T = TypeVar("T")
LABELS = {
    "least_length": _("パスワードの最短の長さ（文字）"),
    "kinds": _("混ぜる文字の種類（英大・英小・数字・記号）"),
    "rotation_days": _("定期変更の間隔（日。0は定期変更なし）"),
    "history": _("再利用を禁じる回数"),
    "tries": _("続けて失敗できる回数"),
    "lock_minutes": _("失敗が続いたときに止める時間（分）"),
    "idle_minutes": _("操作がないときにログアウトするまでの時間（分）"),
    "absolute_hours": _("ログインし続けられる時間（時間）"),
}
REASON_MISSING = {"required": _("理由を入力してください。")}


class PolicyForm(forms.Form):
    """A policy, from when it holds, and why it changes."""

    valid_from = DayField(
        label=_("適用を始める日"), error_messages={"required": _("適用を始める日を入力してください。")}
    )
    reason = forms.CharField(label=_("変更の理由"), max_length=200, error_messages=REASON_MISSING)

    def __init__(self, data: Any, place: Place) -> None:
        roles = CITY_ROLES if place.schema == SHARED_SCHEMA else DESK_ROLES
        chosen = sorted(place.policy.second_factor_roles)
        super().__init__(data, initial={name: getattr(place.policy, name) for name in BOUNDS} | {"roles": chosen})
        for name, (low, high) in BOUNDS.items():
            hint = format_lazy(_("{low}から{high}まで。"), low=low, high=high)
            missing = {"required": _("数を入力してください。"), "invalid": _("数を入力してください。")}
            widget = forms.TextInput({"inputmode": "numeric", "class": "input--5"})
            self.fields[name] = forms.IntegerField(
                label=LABELS[name], help_text=hint, error_messages=missing, widget=widget
            )
        self.fields["roles"] = forms.MultipleChoiceField(
            label=_("認証アプリかパスキーを必須とする役割"),
            choices=[(role.value, role.label) for role in map(Role, roles)],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["passkey_alone"] = forms.BooleanField(
            label=_("パスキーだけのログインを認める"),
            help_text=_("IDとパスワードの代わりに、本人の確認（指紋・顔・暗証番号）を済ませたパスキーだけで入れます。"),
            required=False,
            initial=place.policy.passkey_alone,
        )
        self.order_fields([*BOUNDS, "roles", "passkey_alone", "valid_from", "reason"])

    @property
    def policy(self) -> Policy:
        """What was typed."""
        values = {name: self.cleaned_data[name] for name in BOUNDS}
        return Policy(
            **values,
            second_factor_roles=frozenset(self.cleaned_data["roles"]),
            passkey_alone=self.cleaned_data["passkey_alone"],
        )


class ResetForm(forms.Form):
    """Why a second factor is taken away."""

    reason = forms.CharField(
        label=_("解除の理由"),
        max_length=200,
        help_text=_("例：端末の紛失。本人であることを、対面または登録済みの電話で確認してから解除します。"),
        error_messages=REASON_MISSING,
    )


@needs(Right.ACCESS_KEEP)
@require_safe
def policies(request: SiteRequest) -> HttpResponse:
    """The policy that holds at each place."""
    return page(
        request,
        "sign_in_policies.html",
        trail=_trail(__("認証の方針")),
        places=[(one, _shown(one)) for one in places()],
    )


@needs(Right.ACCESS_KEEP, about=named_by("place"))
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: SiteRequest, place: str) -> HttpResponse:
    """Set a place's policy from a day on; what was set before stays to be read."""
    found = _found(place_named(place))
    form = PolicyForm(request.POST if request.method == "POST" else None, found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                values = form.cleaned_data
                set_policy(
                    actor=actor_of(request),
                    place=place,
                    policy=form.policy,
                    valid_from=values["valid_from"],
                    reason=values["reason"],
                )
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, __("認証の方針を定めました。次のログインから適用されます。"))
                return redirect("city:sign_in_policies")
    context = {"place_name": _shown(found), "form": form, "rows": history(place)}
    trail = _trail((__("認証の方針"), "city:sign_in_policies"), _shown(found))
    return page(request, "sign_in_policy.html", status=status, trail=trail, **context)


@needs(Right.ACCOUNTS_GRANT)
@require_safe
def second_factors(request: SiteRequest) -> HttpResponse:
    """Everybody who has an authenticator app."""
    names = _names()
    shown = [(one, names[one.place], _roles(one)) for one in factors()]
    return page(request, "second_factors.html", trail=_trail(__("認証アプリとパスキー")), rows=shown)


@needs(Right.ACCOUNTS_GRANT, about=named_by("place"))
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: SiteRequest, place: str, account: UUID) -> HttpResponse:
    """Take somebody's app and recovery codes away, with a reason."""
    one = _found(next((one for one in factors() if (one.place, one.account) == (place, account)), None))
    form = ResetForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reset_second_factor(
                    actor=actor_of(request), place=place, account=account, reason=form.cleaned_data["reason"]
                )
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, __("認証アプリとパスキーの登録を解除しました。"))
                return redirect("city:second_factors")
    trail = _trail((__("認証アプリとパスキー"), "city:second_factors"), __("登録の解除"))
    context = {"one": one, "place_name": _names()[place], "form": form}
    return page(request, "reset_second_factor.html", status=status, trail=trail, **context)


@needs(Right.AUDIT_SEE)
@require_safe
def signs(request: SiteRequest) -> HttpResponse:
    """Locks, failures from many origins, one ID in two places and recovery codes, of the last thirty days."""
    names = _names()
    rows = [(one, names[one.place], SignInSign(one.sign).label) for one in latest_signs()]
    return page(request, "sign_in_signs.html", trail=_trail(__("ログインの兆候")), rows=rows)


def _names() -> dict[str, str]:
    return {one.schema: _shown(one) for one in places()}


def _shown(one: Place) -> str:
    return str(in_language(one.name, one.name_en))


def _roles(one: Factor) -> list[str]:
    return [str(label) for value, label in Role.choices if value in one.roles]


def _found(one: T | None) -> T:
    if one is None:
        raise Http404
    return one


def _trail(title: str | tuple[str, str], below: str = "") -> Trail:
    begin = [(__("管理"), reverse("city:office"))]
    if isinstance(title, str):
        return [*begin, (title, "")]
    return [*begin, (title[0], reverse(title[1])), (below, "")]
