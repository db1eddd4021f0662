"""Opening an account: the address, the mailed link, ID and password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.registrants.web.citizen.account_forms import AddressForm, OpeningForm
from apps.registrants.web.citizen.pages import FORM_METHODS, bound, count_client, page, tried
from shared.accounts.models import TokenPurpose
from shared.accounts.signing_up import ask_to_sign_up, open_account
from shared.accounts.tokens import shown
from shared.requests import SiteRequest, actor_of
from shared.signin import sign_in
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.OPEN)
@never_cache
@require_http_methods(FORM_METHODS)
def sign_up(request: SiteRequest) -> HttpResponse:
    """Ask for an address; whether it is known, only its mail tells."""
    form = bound(request, AddressForm)

    def act() -> None:
        count_client(request)
        ask_to_sign_up(actor=actor_of(request), email=form.cleaned_data["email"])

    if status := tried(request, form, act):
        return page(request, "sign_up.html", trail=[(_("アカウントの登録"), "")], form=form, status=status)
    return redirect("my:mail_sent")


@needs(Right.OPEN)
@require_safe
def mail_sent(request: SiteRequest) -> HttpResponse:
    """Look into your mail: the same words whatever was asked for."""
    return page(request, "mail_sent.html", trail=[(_("メールの送信"), "")])


@needs(Right.OPEN)
@never_cache
@require_http_methods(FORM_METHODS)
def confirm(request: SiteRequest, link: str) -> HttpResponse:
    """Choose ID and password; whoever did is signed in."""
    token = shown(link, TokenPurpose.SIGN_UP)
    form = bound(request, OpeningForm)

    def act() -> None:
        count_client(request)
        values = form.cleaned_data
        account = open_account(
            actor=actor_of(request), link=link, login_id=values["login_id"], password=values["password"]
        )
        sign_in(request, account)

    if status := tried(request, form, act):
        return page(request, "confirm.html", trail=[(_("アカウントの登録"), "")], form=form, token=token, status=status)
    messages.success(request, _("アカウントを登録しました。次に、利用する施設の登録に進んでください。"))
    return redirect("my:registrations")
