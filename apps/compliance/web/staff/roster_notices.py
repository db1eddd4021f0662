"""Notices about one ID: leaving, emergency stop, change, forgotten password. Each has a small page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.compliance.models.roster import RosterChange
from apps.compliance.queries.roster import bounds_of, own_accounts
from apps.compliance.roster_texts import FAULT_TEXTS
from apps.compliance.rules.roster import Bounds, Fault, Kind
from apps.compliance.services.roster.notices import Wanted, notify
from apps.compliance.web.staff.roster_forms import ROLE_CHOICES
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.models import StaffAccount
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a notice."""

    kind: Kind
    heading: Any
    lead: Any
    button: Any
    done: Any
    is_grave: bool = False


PAGES: Final = {
    page.kind.value: page
    for page in (
        Page(
            Kind.LEAVING,
            gettext_lazy("退職届"),
            gettext_lazy("届け出ると、このIDはすぐに使えなくなります。ログイン中の画面も閉じます。"),
            gettext_lazy("届け出て、IDを停止する"),
            gettext_lazy("退職届を市に出し、IDを停止しました。"),
            is_grave=True,
        ),
        Page(
            Kind.EMERGENCY,
            gettext_lazy("IDの緊急停止"),
            gettext_lazy("パスワードが知られたときなどに、このIDをすぐに止めます。再び使うには変更届が必要です。"),
            gettext_lazy("すぐに停止する"),
            gettext_lazy("IDを停止し、市に届け出ました。"),
            is_grave=True,
        ),
        Page(
            Kind.CHANGE,
            gettext_lazy("変更届"),
            gettext_lazy("市が承認すると、変更が反映されます。それまでは今のままです。"),
            gettext_lazy("市に届け出る"),
            gettext_lazy("変更届を市に出しました。"),
        ),
        Page(
            Kind.PASSWORD,
            gettext_lazy("パスワードの再発行の依頼"),
            gettext_lazy("市が新しい初回パスワードの封かん用紙を用意します。それまで、今のパスワードはそのままです。"),
            gettext_lazy("市に依頼する"),
            gettext_lazy("再発行を市に依頼しました。"),
        ),
    )
}


class NoticeForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        error_messages={"required": gettext_lazy("理由を入力してください。")},
    )


class ChangeForm(NoticeForm):
    """What is to change, and why."""

    change = forms.ChoiceField(
        label=gettext_lazy("変更の内容"),
        choices=[(one.value, one.label) for one in RosterChange if one.value],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], gettext_lazy("変更の内容を選択してください。")),
    )
    title = forms.CharField(label=gettext_lazy("職名"), max_length=60, required=False)
    body = forms.ChoiceField(label=gettext_lazy("所属法人"), required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("担当業務"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple({"class": "choices--row"}),
        error_messages=dict.fromkeys(["required", "invalid_choice"], FAULT_TEXTS[Fault.NO_ROLE]),
    )
    ends_on = DayField(label=gettext_lazy("使用終了日"), required=False)
    field_order = ("change", "title", "body", "roles", "ends_on", "reason")

    def __init__(self, *args: Any, bounds: Bounds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("今のまま")), *((body, body) for body in bounds.bodies)]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        said = self.cleaned_data
        return Wanted(RosterChange(said["change"]), said["title"], said["body"], tuple(said["roles"]), said["ends_on"])


@needs(Right.ROSTER_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: SiteRequest, account: UUID, kind: str) -> HttpResponse:
    """A notice about ``account``."""
    page = PAGES.get(kind)
    if page is None:
        raise Http404
    found = get_object_or_404(own_accounts(), pk=account)
    form = _form(request, page, found)
    if request.method != "POST":
        return _page(request, page, found, form)
    if not form.is_valid():
        return _page(request, page, found, form, status=422)
    wanted = form.wanted() if isinstance(form, ChangeForm) else None
    said = {"kind": page.kind, "reason": form.cleaned_data["reason"], "wanted": wanted}
    try:
        notify(actor=actor_of(request), tenant=request.place.schema, account=account, **said)
    except DomainError as error:
        return _page(request, page, found, form, status=tell(form, error))
    messages.success(request, str(page.done))
    return redirect("office:roster")


def _form(request: SiteRequest, page: Page, found: StaffAccount) -> NoticeForm:
    data = request.POST if request.method == "POST" else None
    if page.kind != Kind.CHANGE:
        return NoticeForm(data)
    initial = {"title": found.title, "body": found.body, "roles": found.roles, "ends_on": found.ends_on}
    return ChangeForm(data, initial=initial, bounds=bounds_of(request.place.schema))


def _page(
    request: SiteRequest, page: Page, found: StaffAccount, form: NoticeForm, *, status: int = 200
) -> HttpResponse:
    trail = [
        (_("管理"), reverse("office:index")),
        (_("使用者名簿"), reverse("office:roster")),
        (str(page.heading), ""),
    ]
    context = {"page": page, "person": found, "form": form, "trail": trail}
    return render(request, "compliance/staff/roster_notice.html", context, status=status)
