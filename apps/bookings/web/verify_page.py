"""Looking up the code on a document (確認番号): what the portal and the desk share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.paper_codes import LONGEST
from apps.bookings.rules.paper_standing import Standing
from apps.bookings.services.verify import verify
from apps.bookings.web.staff.papers.words import ENDED_TEXTS, KINDS, STANDINGS, VOID_TEXTS
from kernel.errors import DomainError
from shared.requests import SiteRequest
from shared.web.forms import tell


class CodeForm(forms.Form):
    """The code as it is printed, in any width, with or without hyphens."""

    code = forms.CharField(
        label=_("確認番号"),
        max_length=LONGEST,
        error_messages={"required": _("確認番号を入力してください。")},
        help_text=_("文書に印刷されている24桁の英数字です。ハイフンは省いてもかまいません。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


def looked_up(request: SiteRequest, *, at_desk: bool) -> tuple[dict[str, Any], int]:
    """The context of the page and its status: the form, and what was found."""
    if "code" not in request.GET:
        return {"form": CodeForm()}, 200
    form = CodeForm(request.GET)
    if not form.is_valid():
        return {"form": form}, 422
    try:
        found = verify(code=form.cleaned_data["code"], client=request.address, at_desk=at_desk)
    except DomainError as error:
        return {"form": form}, tell(form, error)
    badge, badge_tone, tone, text = STANDINGS[found.standing]
    if found.standing is Standing.VOID:
        text = VOID_TEXTS.get(found.kind, text)
    if found.standing is Standing.ENDED:
        text = ENDED_TEXTS.get(found.kind, text)
    told = {
        "kind": KINDS.get(found.kind, _("文書")),
        "badge": badge,
        "badge_tone": badge_tone,
        "tone": tone,
        "text": text,
    }
    return {"form": form, "found": found, **told}, 200
