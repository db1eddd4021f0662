"""The sign-in page and the sign-out button of a site; the site decides which accounts are asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel.errors import DomainError
from shared.accounts.trying import counted_try
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_as, actor_of
from shared.signin import attempt, sign_in, sign_out
from shared.staff.policies import policy_now
from shared.staff.rights import Right
from shared.staff.web.arriving import staff_enters
from shared.web.addresses import HOME, safe_way_back
from shared.web.forms import tell
from shared.web.guard import needs


class SignInForm(forms.Form):
    """A personal ID and its password."""

    hides_requirement = True
    wrong: ClassVar[Promise] = _("IDまたはパスワードが違います。")
    """Whatever was wrong of them: which, nobody is told."""
    login_id = forms.CharField(
        label=_("ID"),
        max_length=60,
        error_messages={"required": _("IDを入力してください。")},
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "class": "input--20"}
        ),
    )
    password = forms.CharField(
        label=_("パスワード"),
        max_length=1000,
        strip=False,
        error_messages={"required": _("パスワードを入力してください。")},
        widget=forms.PasswordInput({"autocomplete": "current-password", "class": "input--20"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CitizenSignInForm(SignInForm):
    """Whatever the citizen has at hand: the account's ID or address, or the number of a registration."""

    wrong = _(
        "入力された内容が違います。ID（メールアドレス、登録番号）とパスワードを確かめてください。"
        "何度も間違えると、しばらくは正しいパスワードでもログインできません。"
    )

    login_id = forms.CharField(
        label=_("ID、メールアドレス、登録番号のどれか"),
        max_length=254,
        help_text=_("登録番号は、利用者カードに書かれている番号です。例：A-000123-0"),
        error_messages={"required": _("ID、メールアドレス、登録番号のどれかを入力してください。")},
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


@needs(Right.OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: SiteRequest) -> HttpResponse:
    """Ask for ID and password; one sentence for whatever was wrong with them, and an audit entry either way.

    ``frame/signin_<kind of site>.html`` replaces ``frame/signin.html`` where there is one.
    """
    is_portal = request.place.kind == "portal"
    kind = CitizenSignInForm if is_portal else SignInForm
    if request.method != "POST":
        if request.find_account():
            return HttpResponseRedirect(HOME)
        return _page(request, kind(initial={"next": request.GET.get("next", "")}))
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    login_id, password = form.cleaned_data["login_id"], form.cleaned_data["password"]
    enter = citizen_enters if is_portal else staff_enters
    try:
        way_on = enter(request, login_id, password, safe_way_back(request, form.cleaned_data["next"]))
    except DomainError as error:
        return _page(request, form, tell(form, error))
    if not way_on:
        form.add_error(None, str(form.wrong))
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(way_on)


@needs(Right.OPEN)
@require_POST
def sign_out_button(request: SiteRequest) -> HttpResponse:
    """End the session, and lead to the site's first page."""
    if request.find_account():
        record(actor_of(request), Action.LOGOUT, object_type="account", object_id=actor_of(request).id)
        sign_out(request)
    return HttpResponseRedirect(HOME)


def citizen_enters(request: SiteRequest, login_id: str, password: str, way_back: str) -> str:
    """``way_back`` for a citizen who may enter, else nothing. An audit entry never says what was typed.

    ``LockedError`` when this client has been wrong too often under this name; clients elsewhere are not held up by
    it. When it has been so under other names of the account, nothing that it types is right.
    """
    one = counted_try(login_id, request.address)
    tried = attempt(one.account, password=password)
    known = "" if tried.account is None else tried.account.pk
    if tried.account is None or not tried.succeeded or one.of_account is None:
        record(actor_as(request, None), Action.LOGIN_FAILED, object_type="account", object_id=known)
        return ""
    one.fitted()
    sign_in(request, tried.account)
    request.session.save()  # so that the entry names the session
    record(actor_as(request, tried.account), Action.LOGIN, object_type="account", object_id=known)
    return way_back


def _page(request: SiteRequest, form: SignInForm, status: int = HTTPStatus.OK) -> HttpResponse:
    kind = request.place.kind
    names = [f"frame/signin_{kind}.html", "frame/signin.html"]
    passkey_alone = kind != "portal" and policy_now().passkey_alone
    context = {"form": form, "frame": f"frame/{kind}.html", "passkey_alone": passkey_alone}
    return render(request, names, context, status=status)
