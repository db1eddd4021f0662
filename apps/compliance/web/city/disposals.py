"""廃棄 at the city: what is over everywhere, the lists by numbers alone, and the confirmation."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.models.retention import Disposal
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.retention import DisposalLine, disposal_of
from apps.compliance.rules.retention import Stage
from apps.compliance.services.dispose import ask_disposal, confirm_disposal, refuse_disposal, withdraw_disposal
from apps.compliance.web.city.about import chosen_in, row_of
from apps.compliance.web.city.chrome import page
from apps.compliance.web.disposals import certificate_answer, list_context, progress_answer
from kernel import clock
from kernel.errors import DomainError
from shared import disposing
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.retention import kinds
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs
from tenants.scope import SHARED_SCHEMA

PAGE_SIZE: Final = 20
DECISIONS: Final = [("confirmed", _("確認して廃棄する")), ("refused", _("確認しない"))]
DATE: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ConfirmForm(forms.Form):
    """Confirm with a day, or refuse with a reason."""

    decision = forms.ChoiceField(
        label=_("決定"),
        choices=DECISIONS,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("決定を選択してください。")),
        widget=forms.RadioSelect,
    )
    execute_on = forms.DateField(
        label=_("実施日"),
        required=False,
        help_text=_("この日から、システムが廃棄します。始まるまでは取りやめられます。始まると元に戻せません。"),
        error_messages={"invalid": _("実施日を入力してください。")},
        widget=DATE,
    )
    note = forms.CharField(
        label=_("確認しない理由"), required=False, max_length=200, help_text=_("確認しないときは必ず入力します。")
    )

    def clean(self) -> dict[str, Any]:
        """The day, where it is confirmed."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("decision") == "confirmed" and not said.get("execute_on") and "execute_on" not in self.errors:
            self.add_error("execute_on", _("実施日を入力してください。"))
        return said


class AskForm(forms.Form):
    """Of which facility, and of what."""

    place = forms.ChoiceField(
        label=_("施設"), error_messages=dict.fromkeys(["required", "invalid_choice"], _("施設を選択してください。"))
    )
    kind = forms.ChoiceField(
        label=_("記録の種類"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("記録の種類を選択してください。")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {SHARED_SCHEMA: __("市（アカウントなど）")} | {s: str(t.name) for s, t in tenant_names().items()}
        self.fields["place"].choices = [("", __("選択してください")), *places.items()]  # type: ignore[attr-defined]
        words = [(code, kind.label) for code, kind in kinds().items()]
        self.fields["kind"].choices = [("", __("選択してください")), *words]  # type: ignore[attr-defined]


@needs(Right.RETENTION_KEEP)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """What is over at every facility, and the disposals: those that wait first to be chosen."""
    rows = Disposal.objects.all()
    waiting = Disposal.objects.filter(decision="", listed_at__isnull=False)
    if request.GET.get("waiting"):
        rows = waiting
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = tenant_names()
    over = [one for one in disposing.city_counts(clock.today()) if one.due]
    return page(
        request,
        "disposals.html",
        page_obj=found,
        lines=[(DisposalLine(one), names.get(one.tenant)) for one in found],
        waiting=waiting.count(),
        over=[(one, kinds()[one.kind], names.get(one.tenant)) for one in over],
        trail=_trail(),
    )


@needs(Right.RETENTION_KEEP, about=chosen_in("place"))
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SiteRequest) -> HttpResponse:
    """The city asks; somebody else of the city confirms."""
    form = AskForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method != "POST":
        return _ask_page(request, form)
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    said = form.cleaned_data
    try:
        made = ask_disposal(actor=actor_of(request), tenant=said["place"], kind=said["kind"])
    except DomainError as error:
        return _ask_page(request, form, status=tell(form, error))
    messages.success(request, __("廃棄を申し出ました。ほかの職員が一覧を確認すると、実施されます。"))
    return redirect("city:disposal", disposal_id=made.pk)


@needs(Right.RETENTION_KEEP, about=row_of(Disposal, "disposal_id"))
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: SiteRequest, disposal_id: UUID) -> HttpResponse:
    """One disposal, its list by numbers, and the confirmation."""
    line = disposal_of(disposal_id)
    if request.htmx and request.method == "GET":
        return progress_answer(request, line)
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"execute_on": clock.today()})
    if request.method != "POST":
        return _page(request, line, form)
    if not form.is_valid():
        return _page(request, line, form, status=422)
    try:
        told = _decided(request, disposal_id, form)
    except DomainError as error:
        return _page(request, disposal_of(disposal_id), form, status=tell(form, error))
    messages.success(request, told)
    return redirect("city:disposal", disposal_id=disposal_id)


@needs(Right.RETENTION_KEEP, about=row_of(Disposal, "disposal_id"))
@require_POST
def withdraw(request: SiteRequest, disposal_id: UUID) -> HttpResponse:
    """Give up what has not begun."""
    try:
        withdraw_disposal(actor=actor_of(request), disposal=disposal_id)
    except DomainError as error:
        if error.status == 404:
            raise
        problem = problem_of(error)
        return _page(request, disposal_of(disposal_id), ConfirmForm(), status=problem.status, problem=problem.text)
    messages.success(request, __("廃棄の申出を取りやめました。記録はそのまま残ります。"))
    return redirect("city:disposal", disposal_id=disposal_id)


@needs(Right.RETENTION_KEEP)
@require_safe
def certificate(request: SiteRequest, disposal_id: UUID) -> HttpResponse:
    """廃棄証明書."""
    line = disposal_of(disposal_id)
    tenant = tenant_names().get(line.disposal.tenant)
    return certificate_answer(request, line, tenant.name if tenant else "印西市")


def _decided(request: SiteRequest, disposal: UUID, form: ConfirmForm) -> str:
    actor, said = actor_of(request), form.cleaned_data
    if said["decision"] == "refused":
        refuse_disposal(actor=actor, disposal=disposal, reason=said["note"])
        return __("確認しないことを記録しました。記録はそのまま残ります。")
    confirm_disposal(actor=actor, disposal=disposal, execute_on=said["execute_on"])
    return __("確認しました。実施日になると、システムが廃棄します。")


def _ask_page(request: SiteRequest, form: AskForm, *, status: int = 200) -> HttpResponse:
    return page(request, "disposal_ask.html", status=status, form=form, trail=_trail(__("廃棄を申し出る")))


def _page(
    request: SiteRequest, line: DisposalLine, form: ConfirmForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    context = list_context(request, line, with_names=False)
    context["may_decide"] = line.stage is Stage.ASKED
    context["tenant"] = tenant_names().get(line.disposal.tenant)
    return page(
        request, "disposal.html", status=status, form=form, problem=problem, trail=_trail(line.number), **context
    )


def _trail(here: str = "") -> list[tuple[str, str]]:
    office = (__("管理"), reverse("city:office"))
    return [office, (__("廃棄"), reverse("city:disposals")), (here, "")] if here else [office, (__("廃棄"), "")]
