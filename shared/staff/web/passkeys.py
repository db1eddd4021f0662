"""The own passkeys (パスキー): a list, one more after the password, and one taken away."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.ceremony import Party, creation_options
from shared.staff.challenges import new_challenge, take_challenge
from shared.staff.entering import counted_here
from shared.staff.errors import WrongCurrentError
from shared.staff.passkeys import add_passkey, passkeys_of, remove_passkey
from shared.staff.policies import policy_now
from shared.staff.rights import Right
from shared.staff.web.forms import CurrentForm, NewPasskeyForm
from shared.staff.web.pages import FORM_METHODS, own, page, tried
from shared.web.entry import beside_step
from shared.web.guard import needs

CREATE = "create"
"""Purpose of the challenge that a new passkey answers."""


@beside_step("own:second_factor")
@needs(Right.OWN_ACCOUNT)
@require_http_methods(FORM_METHODS)
def passkeys(request: SiteRequest) -> HttpResponse:
    """The passkeys with their last use; who gives the password may add one, and is asked for the device next."""
    form = NewPasskeyForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        with counted_here(request, "current password"):
            if not own(request).check_password(form.cleaned_data["current"]):
                raise WrongCurrentError(field="current")

    status = tried(request, form, act)
    if not status:
        return _device(request, form.cleaned_data["name"])
    return _listed(request, form, status)


@beside_step("own:second_factor")
@needs(Right.OWN_ACCOUNT)
@require_POST
def add(request: SiteRequest) -> HttpResponse:
    """Keep what the device has made."""
    try:
        kept = take_challenge(request, CREATE)
        codes = add_passkey(
            actor=actor_of(request),
            account=own(request),
            party=Party.of(request),
            name=kept["name"],
            answer=request.POST.get("answer", ""),
            challenge=bytes.fromhex(kept["challenge"]),
            alone=policy_now().passkey_alone,
        )
    except DomainError as error:
        problem = problem_of(error)
        return _listed(request, NewPasskeyForm(), problem.status, told=problem.text)
    if codes:
        return page(request, "codes_shown.html", _("予備コード"), codes=codes, is_new_passkey=True)
    messages.success(request, _("パスキーを登録しました。"))
    return redirect("own:passkeys")


@needs(Right.OWN_ACCOUNT)
@require_http_methods(FORM_METHODS)
def remove(request: SiteRequest, passkey: UUID) -> HttpResponse:
    """Take one away, after the password."""
    found = next((one for one in passkeys_of(own(request)) if one.pk == passkey), None)
    if found is None:
        raise Http404
    form = CurrentForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        with counted_here(request, "current password"):
            current = form.cleaned_data["current"]
            remove_passkey(actor=actor_of(request), account=own(request), passkey=passkey, current=current)

    if status := tried(request, form, act):
        return page(request, "remove_passkey.html", _("パスキーの削除"), form=form, one=found, status=status)
    messages.success(request, _("パスキーを削除しました。"))
    return redirect("own:passkeys")


def _listed(request: SiteRequest, form: NewPasskeyForm, status: int, *, told: str = "") -> HttpResponse:
    context = {"rows": passkeys_of(own(request)), "host": Party.of(request).host, "form": form, "told": told}
    return page(request, "passkeys.html", _("パスキー"), status=status, **context)


def _device(request: SiteRequest, name: str) -> HttpResponse:
    """Ask the browser for a new passkey called ``name``."""
    account, challenge = own(request), new_challenge(request, CREATE, name=name)
    others = passkeys_of(account)
    options = creation_options(Party.of(request), account, challenge, others, alone=policy_now().passkey_alone)
    return page(request, "new_passkey.html", _("パスキー"), status=HTTPStatus.OK, options=options, name=name)
