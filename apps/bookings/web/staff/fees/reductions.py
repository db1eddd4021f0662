"""減免 at the desk: asked for, the evidence seen, decided, noticed; and what it came to in a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import Booking
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.fees import tables_on, waiting_reductions
from apps.bookings.rules.states import REASON_LIMIT
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction, refuse_reduction
from apps.bookings.services.fees.printing import print_reduction_notice
from apps.bookings.web.fee_fields import ground_word
from apps.bookings.web.staff.booking import booking_page
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 50


class AskForm(forms.Form):
    """The ground on which a reduction is asked for."""

    ground = forms.ChoiceField(
        label=_("減免の事由"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("減免の事由を選択してください。"),
            "invalid_choice": _("減免の事由を選択してください。"),
        },
    )


class RefuseReductionForm(forms.Form):
    """Why a reduction is not granted."""

    reason = forms.CharField(
        label=_("承認しない理由"),
        help_text=_("減免決定通知書に記載され、申請者に通知されます。"),
        max_length=REASON_LIMIT,
        error_messages={
            "required": _("理由を入力してください。"),
            "max_length": _("理由は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Take in an application for a reduction at the counter."""
    found = desk_booking(booking)
    in_force = tables_on(found.room.facility_id, found.room_id, found.day)
    grounds = [(one.code, ground_word(one)) for one in in_force.tables.reductions] if in_force else []
    form = AskForm(request.POST if request.method == "POST" else None)
    form.fields["ground"].choices = grounds  # type: ignore[attr-defined]  # a ChoiceField

    def act() -> None:
        ask_for_reduction(actor=actor_of(request), booking=booking, ground=form.cleaned_data["ground"])

    return _asked(request, found, form, act, "ask", done=__("減免の申請を受け付けました。"))


@needs(Right.REDUCTION_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Ask for the reason of a refusal, then refuse the reduction."""
    form = RefuseReductionForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        refuse_reduction(actor=actor_of(request), booking=booking, reason=form.cleaned_data["reason"])

    return _asked(request, desk_booking(booking), form, act, "refuse_reduction", done=__("減免を承認しませんでした。"))


@needs(Right.BOOKINGS_KEEP)
@require_POST
def seen(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Note that the evidence was seen."""
    return _done(
        request,
        booking,
        lambda: confirm_evidence(actor=actor_of(request), booking=booking),
        __("証明書類を確認済みにしました。"),
    )


@needs(Right.REDUCTION_DECIDE)
@require_POST
def grant(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Grant the reduction."""
    return _done(
        request,
        booking,
        lambda: grant_reduction(actor=actor_of(request), booking=booking),
        __("減免を承認し、料金を計算し直しました。"),
    )


@needs(Right.BOOKINGS_KEEP)
@require_POST
def notice(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Print 減免決定通知書. A POST, since each print is counted."""
    pdf = print_reduction_notice(actor=actor_of(request), booking=booking)
    headers = {"Content-Disposition": 'inline; filename="reduction.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@needs(Right.BOOKINGS_SEE)
@require_safe
def waiting(request: SiteRequest) -> HttpResponse:
    """Reductions that wait for a decision, the oldest first."""
    page_obj = Paginator(waiting_reductions(), PAGE_SIZE).get_page(request.GET.get("page"))
    persons = [one.booking.registrant_id for one in page_obj]
    record(actor_of(request), Action.VIEW, object_type="reductions", object_id="waiting", persons=persons)
    return render(request, "bookings/staff/fees/waiting.html", {"page_obj": page_obj})


def _done(request: SiteRequest, booking: UUID, act: Callable[[], object], told: str) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        problem = problem_of(error)
        return booking_page(request, booking, status=problem.status, problem=problem.text)
    messages.success(request, told)
    return redirect("desk:booking", booking=booking)


def _asked(
    request: SiteRequest, booking: Booking, form: forms.Form, act: Callable[[], None], name: str, *, done: str
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, done)
                return redirect("desk:booking", booking=booking.pk)
    shown = [booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="booking", object_id=booking.pk, persons=shown, page=name)
    return render(request, f"bookings/staff/fees/{name}.html", {"booking": booking, "form": form}, status=status)
