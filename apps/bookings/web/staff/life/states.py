"""What staff do with a booking beside permitting it: the formal application, 保留, 施設都合, revoking, changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.bookings.models import Booking
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.queries.papers import wording_on
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services import change as changing
from apps.bookings.services import decide
from apps.bookings.services.cancel import call_off as call_off_booking
from apps.bookings.services.penalties import enter_event
from apps.bookings.web.change_form import ChangeForm
from apps.bookings.web.staff.acts import reasoned
from apps.bookings.web.staff.booking import booking_page
from apps.bookings.web.staff.forms import CallOffForm, DeferForm, RefuseChangeForm, RevokeForm
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


@needs(Right.BOOKINGS_KEEP)
@require_POST
def formalise(request: SiteRequest, booking: UUID) -> HttpResponse:
    """本申請の受付."""
    return _at_once(request, booking, decide.formalise, _("本申請を受け付けました。"))


@needs(Right.BOOKINGS_DECIDE)
@require_POST
def resume(request: SiteRequest, booking: UUID) -> HttpResponse:
    """審査の再開."""
    return _at_once(request, booking, decide.resume, _("審査を再開しました。"))


@needs(Right.BOOKINGS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def defer(request: SiteRequest, booking: UUID) -> HttpResponse:
    """審査の保留."""
    form = DeferForm(request.POST if request.method == "POST" else None)
    return reasoned(
        request,
        booking,
        "defer",
        form=form,
        act=_act(request, booking, form, decide.defer),
        done=_("審査を保留にしました。"),
    )


@needs(Right.BOOKINGS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: SiteRequest, booking: UUID) -> HttpResponse:
    """許可の取消し."""
    wording = wording_on(clock.today(), desk_booking(booking).room.facility_id)
    form = RevokeForm(request.POST if request.method == "POST" else None, wording=wording)
    done = _("許可を取り消しました。使用許可取消通知書を印刷できます。")
    return reasoned(request, booking, "revoke", form=form, act=_act(request, booking, form, decide.revoke), done=done)


@needs(Right.BOOKINGS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: SiteRequest, booking: UUID) -> HttpResponse:
    """施設の都合による取消し."""
    terms = terms_on(desk_booking(booking).room.facility_id, clock.today())
    form = CallOffForm(request.POST if request.method == "POST" else None, terms=terms)
    done = _("施設の都合により取り消しました。")
    return reasoned(
        request, booking, "call_off", form=form, act=_act(request, booking, form, call_off_booking), done=done
    )


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SiteRequest, booking: UUID) -> HttpResponse:
    """日時・室場の変更: another day, other slots, another room."""
    found = desk_booking(booking)
    offers = offers_of_tenant(request.place.schema)
    form = ChangeForm(request.POST if request.method == "POST" else None, booking=found, offers=offers, by_staff=True)
    if request.method != "POST":
        return _change_page(request, found, form)
    if not form.is_valid():
        return _change_page(request, found, form, status=422)
    try:
        changing.change_by_staff(
            actor=actor_of(request),
            booking=booking,
            to=form.target(),
            override=form.cleaned_data["override"],
            seen_version=seen_version(request.POST),
        )
    except DomainError as error:
        return _change_page(request, desk_booking(booking), form, status=tell(form, error))
    messages.success(request, _("予約を変更しました。"))
    return redirect("desk:booking", booking=booking)


@needs(Right.BOOKINGS_DECIDE)
@require_POST
def grant_change(request: SiteRequest, booking: UUID) -> HttpResponse:
    """変更の許可."""
    return _at_once(request, booking, changing.grant_change, _("変更を許可しました。使用変更許可書を印刷できます。"))


@needs(Right.BOOKINGS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_change(request: SiteRequest, booking: UUID) -> HttpResponse:
    """変更の不許可."""
    form = RefuseChangeForm(request.POST if request.method == "POST" else None)
    act = _act(request, booking, form, changing.refuse_change)
    return reasoned(request, booking, "refuse_change", form=form, act=act, done=_("変更を不許可にしました。"))


@needs(Right.BOOKINGS_KEEP)
@require_POST
def event(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Enter what staff saw (目的外使用, 又貸し …)."""
    said = {"event": request.POST.get("event", ""), "note": request.POST.get("note", "")[:501]}
    try:
        given = enter_event(actor=actor_of(request), booking=booking, **said)
    except DomainError as error:
        problem = problem_of(error)
        return booking_page(request, booking, status=problem.status, problem=problem.text)
    if given is None:
        messages.info(request, _("この施設の定めでは、この事由に点数はありません。"))
    else:
        messages.success(request, _("ペナルティ点を記録しました。"))
    return redirect("desk:booking", booking=booking)


def _at_once(request: SiteRequest, booking: UUID, act: Callable[..., Booking], done: str) -> HttpResponse:
    try:
        act(actor=actor_of(request), booking=booking, seen_version=seen_version(request.POST))
    except DomainError as error:
        problem = problem_of(error)
        return booking_page(request, booking, status=problem.status, problem=problem.text)
    messages.success(request, done)
    return redirect("desk:booking", booking=booking)


def _act(request: SiteRequest, booking: UUID, form: Any, service: Callable[..., Booking]) -> Callable[[], None]:
    def act() -> None:
        service(actor=actor_of(request), booking=booking, seen_version=seen_version(request.POST), **form.cleaned_data)

    return act


def _change_page(request: SiteRequest, found: Booking, form: ChangeForm, *, status: int = 200) -> HttpResponse:
    record(
        actor_of(request),
        Action.VIEW,
        object_type="booking",
        object_id=found.pk,
        persons=[found.registrant_id],
        page="change",
    )
    context = {"booking": found, "form": form, "may": found.state in ALLOWED["change"]}
    return render(request, "bookings/staff/change.html", context, status=status)
