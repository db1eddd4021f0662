"""The desk's page about a registrant's portal account: codes to link it or to reset its password, taking it away."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.registrants.models import IdentityDocument
from apps.registrants.queries.registrants import registrant_of
from apps.registrants.queries.standing import standing_of
from apps.registrants.services.handout_sheets import handout_sheet
from apps.registrants.services.portal_codes import make_link_code, make_reset_code, unlink_at_desk
from apps.registrants.web.staff.act_forms import ReasonField
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

BY_HAND, BY_MAIL = "hand", "mail"


class IdentityForm(forms.Form):
    """What was shown (本人確認); neither number nor copy is kept."""

    document = forms.ChoiceField(
        label=gettext_lazy("確認した書類"),
        choices=IdentityDocument,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("確認した書類の種類と、確認した人・日時だけを記録します。番号や写しは残しません。"),
        error_messages={
            "required": gettext_lazy("確認した書類を選択してください。"),
            "invalid_choice": gettext_lazy("確認した書類を選択してください。"),
        },
    )


class LinkCodeForm(IdentityForm):
    """How the code reaches the registrant; by mail it goes to the registered address and nowhere else."""

    way = forms.ChoiceField(
        label=gettext_lazy("渡し方"),
        choices=[
            (BY_HAND, gettext_lazy("窓口で本人に渡す")),
            (BY_MAIL, gettext_lazy("登録されている住所に郵送する")),
        ],
        initial=BY_HAND,
        widget=forms.RadioSelect,
    )
    field_order = ["way", "document"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        if data is not None and data.get("way") == BY_MAIL:
            self.fields["document"].required = False

    @property
    def is_mailed(self) -> bool:
        """Whether the valid form's code is mailed."""
        return bool(self.cleaned_data["way"] == BY_MAIL)


class UnlinkForm(forms.Form):
    """Why the account is taken away."""

    reason = ReasonField(
        help_text=gettext_lazy("経過に残ります。例：本人の申出、アカウントの持ち主が別の人だったため。")
    )


@needs(Right.REGISTRANTS_KEEP)
@require_safe
def portal(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Whether an account holds the registration, and what can be done."""
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant, part="portal")
    return _page(request, registrant)


@needs(Right.REGISTRANTS_KEEP)
@require_POST
def link_code(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Make a code to link an account: the sheet as PDF."""
    form = LinkCodeForm(request.POST)

    def act() -> HttpResponse:
        document = "" if form.is_mailed else form.cleaned_data["document"]
        handout = make_link_code(actor=actor_of(request), registrant=registrant, document=document)
        return _pdf(handout_sheet(handout, is_mailed=form.is_mailed), "link-code")

    return _done(request, registrant, form, act, "link_form")


@needs(Right.REGISTRANTS_KEEP)
@require_POST
def reset_code(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Make a code to reset the account's password: the sheet as PDF. Only for the person at the counter."""
    form = IdentityForm(request.POST)

    def act() -> HttpResponse:
        handout = make_reset_code(
            actor=actor_of(request), registrant=registrant, document=form.cleaned_data["document"]
        )
        return _pdf(handout_sheet(handout, is_mailed=False), "reset-code")

    return _done(request, registrant, form, act, "reset_form")


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Say what taking the account away from the registration brings about, ask why, then do it."""
    form = UnlinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _unlink_page(request, registrant, form, 422 if form.is_bound else 200)
    try:
        unlink_at_desk(actor=actor_of(request), registrant=registrant, reason=form.cleaned_data["reason"])
    except DomainError as error:
        return _unlink_page(request, registrant, form, tell(form, error))
    messages.success(request, _("市民アカウントとの結び付きを解除しました。"))
    return redirect("desk:portal", registrant=registrant)


def _done(
    request: SiteRequest, registrant: UUID, form: forms.Form, act: Callable[[], HttpResponse], name: str
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, registrant, HTTPStatus.UNPROCESSABLE_ENTITY, **{name: form})
    try:
        return act()
    except DomainError as error:
        return _page(request, registrant, tell(form, error), **{name: form})


def _page(request: SiteRequest, registrant: UUID, status: int = HTTPStatus.OK, **given: forms.Form) -> HttpResponse:
    found = registrant_of(registrant)
    standing = standing_of(found, clock.today())
    fresh = {"link_form": LinkCodeForm(), "reset_form": IdentityForm()}
    context = {
        "registrant": found,
        "standing": standing,
        "is_linked": found.portal_account is not None,
        "may_link": "link" in standing.acts,
        "failed": next(iter(given.values()), None),
        **fresh,
        **given,
    }
    return render(request, "registrants/staff/portal.html", context, status=status)


def _unlink_page(request: SiteRequest, registrant: UUID, form: UnlinkForm, status: int) -> HttpResponse:
    found = registrant_of(registrant)
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant, part="unlink")
    context = {
        "registrant": found,
        "standing": standing_of(found, clock.today()),
        "is_linked": found.portal_account is not None,
        "form": form,
    }
    return render(request, "registrants/staff/unlink.html", context, status=status)


def _pdf(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
