"""A forgotten password: by mail, or by a slip from a desk."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.registrants.web.citizen.account_forms import AddressForm, NewPasswordForm, SlipForm
from apps.registrants.web.citizen.pages import FORM_METHODS, bound, count_client, page, tried
from shared.accounts.models import PortalAccount, TokenPurpose
from shared.accounts.passwording import ask_to_reset, reset_by_link, reset_by_slip
from shared.accounts.tokens import shown
from shared.requests import SiteRequest, actor_of
from shared.signin import sign_in
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.OPEN)
@never_cache
@require_http_methods(FORM_METHODS)
def reset(request: SiteRequest) -> HttpResponse:
    """Ask for the address; whether there is such an account, only a mail tells."""
    form = bound(request, AddressForm)

    def act() -> None:
        count_client(request)
        ask_to_reset(actor=actor_of(request), email=form.cleaned_data["email"])

    if status := tried(request, form, act):
        return page(request, "reset.html", trail=[(_("パスワードの再設定"), "")], form=form, status=status)
    return redirect("my:mail_sent")


@needs(Right.OPEN)
@never_cache
@require_http_methods(FORM_METHODS)
def by_link(request: SiteRequest, link: str) -> HttpResponse:
    """The page that the mail leads to."""
    shown(link, TokenPurpose.RESET)
    form = bound(request, NewPasswordForm)
    return _new_password(
        request,
        form,
        "reset_by_link.html",
        lambda: reset_by_link(actor=actor_of(request), link=link, password=form.cleaned_data["password"]),
    )


@needs(Right.OPEN)
@never_cache
@require_http_methods(FORM_METHODS)
def by_slip(request: SiteRequest) -> HttpResponse:
    """For whoever was handed a slip, and may have forgotten the ID as well."""
    form = bound(request, SlipForm)
    return _new_password(
        request,
        form,
        "reset_by_slip.html",
        lambda: reset_by_slip(
            actor=actor_of(request), code=form.cleaned_data["code"], password=form.cleaned_data["password"]
        ),
    )


def _new_password(
    request: SiteRequest, form: forms.Form, template: str, change: Callable[[], PortalAccount]
) -> HttpResponse:
    def act() -> None:
        count_client(request)
        sign_in(request, change())

    if status := tried(request, form, act):
        return page(request, template, trail=[(_("パスワードの再設定"), "")], form=form, status=status)
    messages.success(request, _("パスワードを変更しました。ほかの端末ではログアウトしました。"))
    return redirect("my:account")
