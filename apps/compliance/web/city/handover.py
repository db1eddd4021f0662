"""引継ぎ at the city: all changes of operator, and the city's own steps."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.handover_texts import STEPS
from apps.compliance.models.handover import HandoverCase
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.handover import cases, terms_without_case
from apps.compliance.rules.handover import Side, Step
from apps.compliance.services.handover.open_case import open_case
from apps.compliance.web.city.about import row_of, term_chosen_in
from apps.compliance.web.city.chrome import Trail, page
from apps.compliance.web.handover import acts_of, answered, lines_of, shown_case, step_named
from kernel import clock
from kernel.errors import DomainError
from kernel.wareki import format_date
from shared.requests import SiteRequest, actor_of, signed_in
from shared.staff.care import schemas_in_care
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


class OpenForm(forms.Form):
    """Which term's end the case is about."""

    term = forms.TypedChoiceField(
        label=_("運営者と期間"),
        coerce=int,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("運営者と期間を選択してください。")),
    )

    def __init__(self, data: object, *, schemas: Collection[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.fields["term"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.tenant.name}　{one.operator.name}（{format_date(one.last_day)}まで）")
            for one in terms_without_case()
            if one.last_day and one.tenant.schema_name in schemas
        ]


@needs(Right.HANDOVER_DECIDE, about=term_chosen_in("term"))
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SiteRequest) -> HttpResponse:
    """All cases, and the form that begins one."""
    held = schemas_in_care(signed_in(request), Right.HANDOVER_DECIDE)
    form = OpenForm(request.POST if request.method == "POST" else None, schemas=held)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                case = open_case(actor=actor_of(request), term=form.cleaned_data["term"])
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, __("引継ぎを始めました。施設の画面にも表示されます。"))
                return redirect("city:handover", case=case)
        else:
            status = 422
    names = tenant_names()
    found = [(one, names[one.case.tenant], one.next_for(Side.CITY), lines_of(one)) for one in cases(clock.today())]
    return page(request, "handovers.html", status=status, form=form, cases=found, trail=_trail())


@needs(Right.HANDOVER_DECIDE, about=row_of(HandoverCase, "case"))
@require_safe
def detail(request: SiteRequest, case: UUID) -> HttpResponse:
    """One case: its steps and what was done."""
    view = shown_case(case)
    return page(
        request,
        "handover.html",
        view=view,
        lines=lines_of(view),
        acts=acts_of(view),
        side=Side.CITY,
        tenant=tenant_names()[view.case.tenant],
        trail=_trail(__("引継ぎの内容")),
    )


@needs(Right.HANDOVER_DECIDE, about=row_of(HandoverCase, "case"))
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SiteRequest, case: UUID, name: str) -> HttpResponse:
    """Take one step of the city."""
    wanted = step_named(name, Side.CITY)
    view = shown_case(case)
    answer = answered(request, case, wanted)
    if answer.is_done:
        return redirect("city:handover", case=case)
    label, text = STEPS[wanted]
    formset = answer.lines if wanted is Step.RETURNED else None
    return page(
        request,
        "handover_step.html",
        status=answer.status,
        view=view,
        label=label,
        text=text,
        form=answer.form,
        formset=formset,
        trail=_trail(str(label)),
    )


def _trail(here: str = "") -> Trail:
    up = [(__("管理"), reverse("city:office"))]
    return [*up, (__("引継ぎ"), reverse("city:handovers")), (here, "")] if here else [*up, (__("引継ぎ"), "")]
