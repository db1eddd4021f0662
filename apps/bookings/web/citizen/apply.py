"""Applying for the slot that is held."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Booking, BookingState
from apps.bookings.queries.offers import offer_of
from apps.bookings.queries.own import own_booking
from apps.bookings.services.apply import apply_for_hold
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.citizen.forms import ApplyForm
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apply(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """The application form with the time left, and its receipt."""
    found = own_booking(booking)
    if found.state != BookingState.HOLD:
        return redirect("citizen:booking", tenant=tenant, booking=booking)
    offer = offer_of(found.room_id, schema=tenant)
    form = ApplyForm(request.POST or None, allowed=offer.purposes, capacity=offer.capacity, version=found.version)
    if request.method != "POST":
        return _form_page(request, found, form)
    if not form.is_valid():
        return _form_page(request, found, form, status=422)
    try:
        apply_for_hold(
            actor=actor_of(request),
            booking=booking,
            application=form.application(),
            seen_version=form.cleaned_data["version"],
        )
    except DomainError as error:
        problem = problem_of(error)
        form.add_error(problem.field if problem.field in form.fields else None, problem.text)
        return _form_page(request, found, form, status=problem.status)
    messages.success(request, _("申し込みを受け付けました。"))
    return redirect("citizen:booking", tenant=tenant, booking=booking)


def _form_page(request: SiteRequest, booking: Booking, form: ApplyForm, *, status: int = 200) -> HttpResponse:
    return page(
        request,
        "apply.html",
        status=status,
        trail=[(_("利用の申し込み"), "")],
        form=form,
        booking=booking,
        deadline=booking.hold_expires_at,
        now=clock.now(),
    )
