"""The account's own page: ID and address, and what may be changed of it."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.registrants.web.citizen.account_forms import ChangeAddressForm, ChangePasswordForm, EndingForm
from apps.registrants.web.citizen.pages import FORM_METHODS, Trail, bound, count_client, page, tried
from shared.accounts.address_change import ask_to_change_address, confirm_address
from shared.accounts.ending import end_account
from shared.accounts.models import PortalAccount, TokenPurpose
from shared.accounts.passwording import change_password
from shared.accounts.tokens import shown
from shared.requests import SiteRequest, actor_of
from shared.signin import sign_in
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.CITIZEN)
@require_safe
@never_cache
def account(request: SiteRequest) -> HttpResponse:
    """ID, address, and the ways to change them."""
    return page(request, "account.html", trail=[(_("アカウント"), "")])


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def password(request: SiteRequest) -> HttpResponse:
    """Change the password; everywhere else one is signed out."""
    form = bound(request, ChangePasswordForm)

    def act() -> None:
        count_client(request)
        values = form.cleaned_data
        changed = change_password(
            actor=actor_of(request),
            account=signed_in(request),
            current=values["current"],
            password=values["password"],
        )
        sign_in(request, changed)

    if status := tried(request, form, act):
        return page(request, "password.html", trail=_below(_("パスワードの変更")), form=form, status=status)
    messages.success(request, _("パスワードを変更しました。ほかの端末ではログアウトしました。"))
    return redirect("my:account")


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def address(request: SiteRequest) -> HttpResponse:
    """Ask for another address; it counts when the mail sent there is answered."""
    form = bound(request, ChangeAddressForm)

    def act() -> None:
        count_client(request)
        ask_to_change_address(
            actor=actor_of(request), account=signed_in(request), **forms_values(form, "current", "email")
        )

    if status := tried(request, form, act):
        return page(request, "address.html", trail=_below(_("メールアドレスの変更")), form=form, status=status)
    return redirect("my:mail_sent")


@needs(Right.OPEN)
@never_cache
@require_http_methods(FORM_METHODS)
def address_confirmed(request: SiteRequest, link: str) -> HttpResponse:
    """The page that the mail leads to: a button, since a mail program may open links by itself."""
    token = shown(link, TokenPurpose.CHANGE_MAIL)
    if request.method != "POST":
        return page(request, "address_confirm.html", trail=[(_("メールアドレスの変更"), "")], token=token)
    confirm_address(actor=actor_of(request), link=link)
    messages.success(request, _("メールアドレスを変更しました。"))
    return redirect("my:account")


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def end(request: SiteRequest) -> HttpResponse:
    """End the account; registrations and bookings stay at the facilities."""
    form = bound(request, EndingForm)

    def act() -> None:
        count_client(request)
        end_account(actor=actor_of(request), account=signed_in(request), current=form.cleaned_data["current"])
        request.session.flush()

    if status := tried(request, form, act):
        return page(request, "end.html", trail=_below(_("アカウントの削除（退会）")), form=form, status=status)
    messages.success(request, _("アカウントを削除しました。ご利用ありがとうございました。"))
    return redirect("citizen:home")


def signed_in(request: SiteRequest) -> PortalAccount:
    """The account of a view that needs ``Right.CITIZEN``."""
    return cast("PortalAccount", request.find_account())


def forms_values(form: forms.Form, *names: str) -> dict[str, str]:
    """Some of the valid form's values."""
    return {name: form.cleaned_data[name] for name in names}


def _below(title: str) -> Trail:
    return [(_("アカウント"), reverse("my:account")), (title, "")]
