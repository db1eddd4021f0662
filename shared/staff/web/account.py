"""The own account: who one is here, and the password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.requests import SiteRequest, actor_of
from shared.signin import sign_in
from shared.staff.models import Role
from shared.staff.passwords import change_own_password
from shared.staff.policies import policy_now
from shared.staff.rights import Right
from shared.staff.web.forms import OwnPasswordForm
from shared.staff.web.pages import FORM_METHODS, own, page, tried
from shared.web.guard import needs


@needs(Right.OWN_ACCOUNT)
@require_safe
def account(request: SiteRequest) -> HttpResponse:
    """ID, name and roles, and the ways to what may be changed."""
    return page(request, "account.html", roles=[label for value, label in Role.choices if value in own(request).roles])


@needs(Right.OWN_ACCOUNT)
@require_http_methods(FORM_METHODS)
def password(request: SiteRequest) -> HttpResponse:
    """Change the password (パスワードの変更): the first step of whoever has a one-time password."""
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, policy=policy_now())

    def act() -> None:
        values = form.cleaned_data
        changed = change_own_password(
            actor=actor_of(request), account=own(request), current=values["current"], password=values["password"]
        )
        sign_in(request, changed)

    if status := tried(request, form, act):
        is_first = own(request).one_time_until is not None
        return page(request, "password.html", _("パスワードの変更"), form=form, is_first=is_first, status=status)
    messages.success(request, _("パスワードを変更しました。ほかの端末ではログアウトしました。"))
    return HttpResponseRedirect("/")
