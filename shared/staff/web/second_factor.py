"""Setting up an authenticator app (認証アプリ) and printing recovery codes (予備コード)."""

from __future__ import annotations

from http import HTTPStatus

import segno
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.entering import counted_here
from shared.staff.rights import Right
from shared.staff.second_factor import (
    begin_authenticator,
    confirm_authenticator,
    has_app,
    has_second_factor,
    provisioning_address,
    renew_codes,
    secret_in_the_making,
)
from shared.staff.web.forms import CurrentForm, FirstCodeForm
from shared.staff.web.pages import FORM_METHODS, own, page, tried
from shared.web.forms import tell
from shared.web.guard import needs


@needs(Right.OWN_ACCOUNT)
@require_http_methods(FORM_METHODS)
def second_factor(request: SiteRequest) -> HttpResponse:
    """Begin to set up an app, and confirm it with its first code; then the recovery codes, this once."""
    if request.method != "POST":
        return _setting_up(request, FirstCodeForm())
    if "begin" in request.POST:
        return _begin(request)
    form = FirstCodeForm(request.POST)
    if not form.is_valid():
        return _setting_up(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with counted_here(request, "first code"):
            shown = confirm_authenticator(actor=actor_of(request), account=own(request), code=form.cleaned_data["code"])
    except DomainError as error:
        return _setting_up(request, form, tell(form, error))
    return page(request, "codes_shown.html", _("予備コード"), codes=shown, is_new=True)


@needs(Right.OWN_ACCOUNT)
@require_http_methods(FORM_METHODS)
def codes(request: SiteRequest) -> HttpResponse:
    """Ten new recovery codes for the ones that are used up or lost, shown this once."""
    form = CurrentForm(request.POST if request.method == "POST" else None)
    shown: list[str] = []

    def act() -> None:
        with counted_here(request, "current password"):
            shown.extend(
                renew_codes(actor=actor_of(request), account=own(request), current=form.cleaned_data["current"])
            )

    if status := tried(request, form, act):
        return page(request, "codes.html", _("予備コード"), form=form, status=status)
    return page(request, "codes_shown.html", _("予備コード"), codes=shown, is_new=False)


def _begin(request: SiteRequest) -> HttpResponse:
    form = CurrentForm(request.POST)
    asks_password = has_second_factor(own(request))
    if asks_password and not form.is_valid():
        return _setting_up(request, FirstCodeForm(), HTTPStatus.UNPROCESSABLE_ENTITY, begin=form)
    try:
        with counted_here(request, "current password"):
            begin_authenticator(
                account=own(request), current=form.cleaned_data.get("current") if asks_password else None
            )
    except DomainError as error:
        return _setting_up(request, FirstCodeForm(), tell(form, error), begin=form)
    return _setting_up(request, FirstCodeForm())


def _setting_up(
    request: SiteRequest, form: FirstCodeForm, status: int = HTTPStatus.OK, begin: CurrentForm | None = None
) -> HttpResponse:
    secret = "" if begin else secret_in_the_making(own(request))
    context = {
        "form": form,
        "begin": begin or CurrentForm(),
        "replaces": has_app(own(request)),
        "asks_password": has_second_factor(own(request)),
        "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "code": _drawn(provisioning_address(own(request), secret, request.place.schema)) if secret else "",
    }
    return page(request, "second_factor.html", _("認証アプリ"), status=status, **context)


def _drawn(address: str) -> str:
    """The QR code as SVG, without a style of its own."""
    drawn: str = segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff")
    return drawn
