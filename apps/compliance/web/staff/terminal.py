"""「この端末の登録」 of a desk: a one-time code of the city is typed in at the terminal itself."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from apps.compliance.services.entrance.enrol import enrol_terminal
from kernel.errors import DomainError
from shared.actor import Actor
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.terminals import keep_cookie
from shared.web.forms import tell
from shared.web.guard import needs


class CodeForm(forms.Form):
    """A one-time code."""

    hides_requirement = True
    code = forms.CharField(
        label=_("登録番号"),
        max_length=40,
        help_text=_("市の担当課が発行した12文字の番号です。大文字・小文字や区切りは問いません。"),
        error_messages={"required": _("登録番号を入力してください。")},
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--20"}
        ),
    )


@needs(Right.OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: SiteRequest) -> HttpResponse:
    """Take the code, and have this browser keep the token.

    Outside the desk's network the page answers only while a code is open (``config.middleware.entrance``).
    """
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    who = Actor("visitor", address=request.address, request_id=request.number)
    try:
        token = enrol_terminal(actor=who, code=form.cleaned_data["code"])
    except DomainError as error:
        return _page(request, form, status=tell(form, error))
    response = _page(request, form, is_done=True)
    keep_cookie(response, token)
    return response


def _page(request: SiteRequest, form: CodeForm, *, status: int = 200, is_done: bool = False) -> HttpResponse:
    context = {"form": form, "is_done": is_done, "is_known": request.terminal is not None}
    return render(request, "compliance/staff/terminal.html", context, status=status)
