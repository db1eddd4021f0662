"""Measures that the system proposes, and the person who decides (措置の案と決定)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import Measure, MeasureKind, MeasureScope, MeasureState, PenaltyPoint
from apps.bookings.rules.states import REASON_LIMIT
from apps.bookings.services.measures import dismiss_measure, lift_measure, may_lift, print_notice, take_measure
from apps.bookings.services.penalties import void_point
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs


class MeasureForm(forms.Form):
    """What is decided: the measure, from when on, for how long, and why."""

    kind = forms.ChoiceField(
        label=_("決定"), choices=[*MeasureKind.choices, ("dismiss", _("見送る"))], widget=forms.RadioSelect
    )
    scope = forms.ChoiceField(
        label=_("範囲"),
        choices=MeasureScope.choices,
        widget=forms.RadioSelect,
        help_text=_("登録の抹消は、常に全館です。"),
    )
    first = DayField(label=_("初日"))
    days = forms.IntegerField(label=_("日数"), min_value=0, max_value=1825, help_text=_("0なら期限なしです。"))
    reason = forms.CharField(
        label=_("理由"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("通知書に記載されます。見送るときは職員だけの記録になります。"),
    )


@needs(Right.REGISTRANTS_DECIDE)
@require_safe
def measures(request: SiteRequest) -> HttpResponse:
    """The proposals that wait, and the newest decisions."""
    found = Measure.objects.select_related("registrant", "facility")
    waiting = list(found.filter(state=MeasureState.PROPOSED)[:100])
    decided = list(found.exclude(state=MeasureState.PROPOSED).order_by("-decided_at", "id")[:50])
    shown = [one.registrant_id for one in (*waiting, *decided)]
    record(actor_of(request), Action.VIEW, object_type="measures", persons=shown, found=len(shown))
    return render(request, "bookings/staff/measures.html", {"waiting": waiting, "decided": decided})


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: SiteRequest, measure: UUID) -> HttpResponse:
    """One proposal with the points that it rests on; then the decision."""
    found = _measure(measure)
    if request.method != "POST":
        initial = {"kind": found.kind, "scope": found.scope, "days": found.days, "first": clock.today()}
        return _page(request, found, MeasureForm(initial=initial))
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    values = dict(form.cleaned_data)
    try:
        if values["kind"] == "dismiss":
            dismiss_measure(actor=actor_of(request), measure=measure, reason=values["reason"])
        else:
            said = values | {"kind": MeasureKind(values["kind"]), "scope": MeasureScope(values["scope"])}
            take_measure(actor=actor_of(request), measure=measure, **said)
    except DomainError as error:
        return _page(request, _measure(measure), form, status=tell(form, error))
    messages.success(
        request,
        __("措置を見送りました。") if values["kind"] == "dismiss" else __("措置を決定しました。通知書を印刷できます。"),
    )
    return redirect("desk:measure", measure=measure)


@needs(Right.REGISTRANTS_DECIDE)
@require_POST
def notice(request: SiteRequest, measure: UUID) -> HttpResponse:
    """Print the notice. A POST, since each print is counted."""
    pdf = print_notice(actor=actor_of(request), measure=measure)
    headers = {"Content-Disposition": 'inline; filename="notice.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@needs(Right.REGISTRANTS_DECIDE)
@require_POST
def lift(request: SiteRequest, measure: UUID) -> HttpResponse:
    """End a measure before its time, with a reason."""
    try:
        lift_measure(actor=actor_of(request), measure=measure, reason=request.POST.get("reason", ""))
    except DomainError as error:
        problem = problem_of(error)
        return _page(request, _measure(measure), MeasureForm(), status=problem.status, problem=problem.text)
    messages.success(request, __("措置を解除しました。"))
    return redirect("desk:measure", measure=measure)


@needs(Right.REGISTRANTS_DECIDE)
@require_POST
def void(request: SiteRequest, measure: UUID, point: int) -> HttpResponse:
    """Take points back, with a reason."""
    found = _measure(measure)
    if not PenaltyPoint.objects.filter(pk=point, registrant=found.registrant_id).exists():
        raise Http404
    try:
        void_point(actor=actor_of(request), point=point, reason=request.POST.get("reason", ""))
    except DomainError as error:
        problem = problem_of(error)
        return _page(request, found, MeasureForm(), status=problem.status, problem=problem.text)
    messages.success(request, __("点数を取り消しました。"))
    if Measure.objects.filter(pk=measure).exists():
        return redirect("desk:measure", measure=measure)
    return redirect("desk:measures")


def _measure(measure: UUID) -> Measure:
    found = Measure.objects.select_related("registrant", "facility").filter(pk=measure).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: SiteRequest, found: Measure, form: MeasureForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    record(actor_of(request), Action.VIEW, object_type="measure", object_id=found.pk, persons=[found.registrant_id])
    points = PenaltyPoint.objects.filter(registrant=found.registrant_id, booking__room__facility=found.facility_id)
    context: dict[str, Any] = {
        "measure": found,
        "form": form,
        "points": points.select_related("booking"),
        "is_open": found.state == MeasureState.PROPOSED,
        "may_lift": may_lift(found, clock.today()),
        "problem": problem,
    }
    return render(request, "bookings/staff/measure.html", context, status=status)
