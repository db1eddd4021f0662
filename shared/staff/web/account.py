"""The own account: who one is here, the password, and the own sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.requests import SiteRequest, actor_of
from shared.sessions import IDLE
from shared.staff.entering import begin_session, counted_here, sign_out_everywhere
from shared.staff.looking_back import SHOWN, own_sign_ins
from shared.staff.models import Role
from shared.staff.passkeys import passkeys_of
from shared.staff.passwords import change_own_password
from shared.staff.policies import policy_now
from shared.staff.rights import Right
from shared.staff.second_factor import codes_left, has_app
from shared.staff.web.forms import OwnPasswordForm
from shared.staff.web.pages import FORM_METHODS, own, page, tried
from shared.web.entry import part_of_entry
from shared.web.guard import needs


@needs(Right.OWN_ACCOUNT)
@require_safe
def account(request: SiteRequest) -> HttpResponse:
    """ID, name and roles, the last sign-ins, and the ways to what may be changed."""
    person = own(request)
    return page(
        request,
        "account.html",
        roles=[label for value, label in Role.choices if value in person.roles],
        has_app=has_app(person),
        passkeys=len(passkeys_of(person)),
        codes_left=codes_left(person),
        sign_ins=own_sign_ins(person)[:SHOWN],
    )


@needs(Right.OWN_ACCOUNT)
@require_http_methods(FORM_METHODS)
def password(request: SiteRequest) -> HttpResponse:
    """Change the password (パスワードの変更): the first step of whoever has a one-time password."""
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, policy=policy_now())

    def act() -> None:
        values = form.cleaned_data
        with counted_here(request, "current password"):
            changed = change_own_password(
                actor=actor_of(request), account=own(request), current=values["current"], password=values["password"]
            )
        begin_session(request, changed, is_new=False)

    if status := tried(request, form, act):
        is_first = own(request).one_time_until is not None
        return page(request, "password.html", _("パスワードの変更"), form=form, is_first=is_first, status=status)
    messages.success(request, _("パスワードを変更しました。ほかの端末ではログアウトしました。"))
    return HttpResponseRedirect("/")


@needs(Right.OWN_ACCOUNT)
@require_POST
def everywhere(request: SiteRequest) -> HttpResponse:
    """Sign out on every terminal, this one too."""
    sign_out_everywhere(request, own(request))
    messages.success(request, _("すべての端末からログアウトしました。"))
    return HttpResponseRedirect("/")


@part_of_entry
@needs(Right.OWN_ACCOUNT)
@require_safe
def stay(request: SiteRequest) -> HttpResponse:
    """Put off the end of the session; for how many minutes, and a token with which a page left open may still send."""
    return JsonResponse({"minutes": request.session.get(IDLE, 0), "token": get_token(request)})
