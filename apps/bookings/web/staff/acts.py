"""What staff do with a booking: permit, refuse, cancel, note."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.bookings.models import Booking
from apps.bookings.queries.annexes import Together, together_with, went_with
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.papers import wording_on
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.annex import act_along
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services import decide
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.ending import STATE_AFTER
from apps.bookings.services.note import add_note
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.staff.booking import booking_page
from apps.bookings.web.staff.forms import CancelForm, NoteForm, RefuseForm
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


@needs(Right.BOOKINGS_DECIDE)
@require_POST
def permit(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Permit the application that the page showed."""
    try:
        decide.permit(actor=actor_of(request), booking=booking, seen_version=seen_version(request.POST))
    except DomainError as error:
        problem = problem_of(error)
        return booking_page(request, booking, status=problem.status, problem=problem.text)
    messages.success(request, _("許可しました。使用許可書を印刷できます。"))
    return redirect("desk:booking", booking=booking)


@needs(Right.BOOKINGS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Ask for the ground and the reason of a refusal, then refuse."""
    wording = wording_on(clock.today(), desk_booking(booking).room.facility_id)
    form = RefuseForm(request.POST if request.method == "POST" else None, wording=wording)

    def act() -> None:
        decide.refuse(
            actor=actor_of(request), booking=booking, seen_version=seen_version(request.POST), **form.cleaned_data
        )

    return reasoned(
        request, booking, "refuse", form=form, act=act, done=_("不許可にしました。不許可通知書を印刷できます。")
    )


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Ask for the reason of a cancellation, then cancel."""
    terms = terms_on(desk_booking(booking).room.facility_id, clock.today())
    form = CancelForm(request.POST if request.method == "POST" else None, terms=terms)

    def act() -> None:
        cancel_by_staff(
            actor=actor_of(request), booking=booking, seen_version=seen_version(request.POST), **form.cleaned_data
        )

    return reasoned(request, booking, "cancel", form=form, act=act, done=_("予約を取り消しました。"))


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Add a note to the booking's file."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return booking_page(request, booking, note_form=form)
    if not form.is_valid():
        return booking_page(request, booking, note_form=form, status=422)
    add_note(actor=actor_of(request), booking=booking, text=form.cleaned_data["text"])
    messages.success(request, _("備考を追加しました。"))
    return redirect("desk:booking", booking=booking)


def reasoned(
    request: SiteRequest, booking: UUID, name: str, *, form: forms.Form, act: Callable[[], None], done: str
) -> HttpResponse:
    """An act that needs a reason: a page of its own, which keeps what was typed when it comes back."""
    if request.method != "POST":
        return _reason_page(request, desk_booking(booking), name, form)
    if not form.is_valid():
        return _reason_page(request, desk_booking(booking), name, form, status=422)
    try:
        act()
    except DomainError as error:
        status = tell(form, error)
        return _reason_page(request, desk_booking(booking), name, form, status=status)
    messages.success(request, done)
    for annex in went_with([desk_booking(booking)]):
        text = _("一緒に利用する附属の室場「{room}」の予約（{number}）は「{state}」になりました。")
        name_of = in_language(annex.room.name, annex.room.name_en)
        messages.success(request, text.format(room=name_of, number=annex.number, state=annex.get_state_display()))
    return redirect("desk:booking", booking=booking)


def _reason_page(
    request: SiteRequest, booking: Booking, name: str, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    shown = [booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="booking", object_id=booking.pk, persons=shown, page=name)
    may = booking.state in ALLOWED[name.replace("refuse_change", "change")]
    beside = together_with(booking)
    context = {
        "booking": booking,
        "form": form,
        "may": may,
        "typed": form.data.get("reason", ""),
        "together": beside,
        "going": _going(beside, name) if may else [],
    }
    return render(request, f"bookings/staff/{name}.html", context, status=status)


def _going(beside: Together, act: str) -> list[tuple[Booking, str]]:
    """The annexes that end with the booking when ``act`` ends it, and what becomes of each."""
    ends = [(one, act_along(act, one.state)) for one in beside.going]
    return [(one, str(STATE_AFTER[then].label)) for one, then in ends if then is not None]
