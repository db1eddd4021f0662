"""Pledge and training: the two pages before work, and the facility's register of both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.queries.clauses import current_clause
from apps.compliance.queries.duties import PLEDGE, own_register, trainings
from apps.compliance.services.duties import hold_session, pledge, read_material
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.models import StaffAccount
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import seen_version, tell
from shared.web.guard import needs

NOTICE = "staff_notice"
PENALTIES = "penalties"


class ConfirmForm(forms.Form):
    """One box to tick."""

    confirmed = forms.BooleanField(
        label=_("上の内容を読み、守ることを誓約します。"),
        error_messages={"required": _("読んだうえで、チェックを入れてください。")},
    )


class ReadForm(ConfirmForm):
    """The same of the material."""

    confirmed = forms.BooleanField(
        label=_("資料をすべて読み、内容を理解しました。"),
        error_messages={"required": _("読んだうえで、チェックを入れてください。")},
    )


class SessionForm(forms.Form):
    """A training session, and who took part."""

    held_on = DayField(label=_("研修日"))
    content = forms.CharField(
        label=_("内容"), max_length=200, error_messages={"required": _("内容を入力してください。")}
    )
    materials = forms.CharField(
        label=_("資料"), max_length=200, error_messages={"required": _("資料を入力してください。")}
    )
    accounts = forms.MultipleChoiceField(
        label=_("受講者"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("受講者を1人以上選択してください。")),
    )

    def __init__(self, data: Any = None, *, people: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"held_on": clock.today()})
        self.fields["accounts"].choices = people  # type: ignore[attr-defined]

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("今日より後の日です。"))
        return day


@needs(Right.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_page(request: SiteRequest) -> HttpResponse:
    """Read the text in force, and promise to keep to it."""
    clause = current_clause(PLEDGE, clock.today())
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    context = {
        "clauses": [clause],
        "version": clause.version,
        "form": form,
        "heading": gettext("誓約"),
        "is_pledge": True,
    }
    if request.method != "POST" or not form.is_valid():
        return _page(request, "duty.html", status=422 if request.method == "POST" else 200, **context)
    try:
        pledge(actor=actor_of(request), account=_own(request), version=seen_version(request.POST), is_confirmed=True)
    except DomainError as error:
        return _page(request, "duty.html", status=tell(form, error), **context)
    messages.success(request, gettext("誓約を記録しました。"))
    return redirect("/")


@needs(Right.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def training_read(request: SiteRequest) -> HttpResponse:
    """Read the training's material, and say so."""
    clauses = [current_clause(code, clock.today()) for code in (NOTICE, PENALTIES)]
    form = ReadForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        heading = gettext("研修の資料")
        return _page(request, "duty.html", status=status, clauses=clauses, form=form, heading=heading, version=0)
    materials = "、".join(f"{one.title}（第{one.version}版）" for one in clauses)[:200]
    read_material(
        actor=actor_of(request),
        account=_own(request),
        content="個人情報の取扱いと罰則",
        materials=materials,
        is_confirmed=True,
    )
    messages.success(request, gettext("研修を記録しました。"))
    return redirect("/")


@needs(Right.REGISTERS_KEEP)
@require_safe
def register(request: SiteRequest) -> HttpResponse:
    """Who has promised what and when, who was trained when, and who owes what."""
    people = own_register()
    overdue = [one for one in people if one.is_overdue]
    trail = [(gettext("管理"), reverse("office:index")), (gettext("誓約と研修の台帳"), "")]
    return _page(request, "duties.html", people=people, overdue=overdue, trainings=trainings()[:50], trail=trail)


@needs(Right.REGISTERS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: SiteRequest) -> HttpResponse:
    """Enter a training session for many people at once."""
    people = [(str(one.account), f"{one.name}（{one.login_id}）") for one in own_register()]
    form = SessionForm(request.POST if request.method == "POST" else None, people=people)
    trail = [
        (gettext("管理"), reverse("office:index")),
        (gettext("誓約と研修の台帳"), reverse("office:duties")),
        (gettext("研修会の記録"), ""),
    ]
    if request.method != "POST" or not form.is_valid():
        return _page(request, "session.html", status=422 if request.method == "POST" else 200, form=form, trail=trail)
    said = form.cleaned_data | {"accounts": [UUID(one) for one in form.cleaned_data["accounts"]]}
    try:
        hold_session(actor=actor_of(request), **said)
    except DomainError as error:
        return _page(request, "session.html", status=tell(form, error), form=form, trail=trail)
    messages.success(request, gettext("研修会を記録しました。"))
    return redirect("office:duties")


def _own(request: SiteRequest) -> StaffAccount:
    account = staff_of(request)
    if account is None or request.place.kind != "desk":
        raise PermissionDenied
    return account


def _page(request: SiteRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"compliance/staff/{template}", context, status=status)
