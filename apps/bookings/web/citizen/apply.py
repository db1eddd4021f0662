"""Applying for the slot that is held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Booking, BookingState
from apps.bookings.queries.grounds import seen_hold
from apps.bookings.services.apply import apply_for_hold
from apps.bookings.services.fees.charging import FeeWish
from apps.bookings.services.fees.pricing import Wanted
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.citizen.forms import ApplyForm
from apps.bookings.web.fee_fields import add_fee_fields, fee_wish, seen_total, use_in
from apps.bookings.web.fee_shown import ShownFee, quote
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs

Quote = Callable[[FeeWish], ShownFee | None]


@needs(Right.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apply(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """The application form with the time left, and its receipt."""
    seen = seen_hold(booking)
    found, offer, in_force = seen.booking, seen.ground.offer, seen.ground.tables
    if found.state != BookingState.HOLD:
        return redirect("citizen:booking", tenant=tenant, booking=booking)
    form = ApplyForm(request.POST or None, allowed=offer.purposes, capacity=offer.capacity, version=found.version)
    add_fee_fields(form, in_force, use_in(offer, found.day))
    quoted = partial(quote, in_force, Wanted.of(found), offer, home=seen.who.home)
    page_of = partial(_form_page, request, found, form, quoted)
    if request.method != "POST":
        return page_of(FeeWish())
    if not form.is_valid():
        return page_of(None, status=422)
    wish = fee_wish(form, seen=seen_total(request.POST.get("fee_seen", "")))
    if "quote" in request.POST:
        return page_of(wish)
    try:
        apply_for_hold(
            actor=actor_of(request),
            booking=booking,
            application=replace(form.application(), fee=wish),
            seen_version=form.cleaned_data["version"],
            seen=seen,
        )
    except DomainError as error:
        problem = problem_of(error)
        form.add_error(problem.field if problem.field in form.fields else None, problem.text)
        return page_of(wish, status=problem.status)
    messages.success(request, _("申し込みを受け付けました。"))
    return redirect("citizen:booking", tenant=tenant, booking=booking)


def _form_page(
    request: SiteRequest, booking: Booking, form: ApplyForm, quoted: Quote, wish: FeeWish | None, *, status: int = 200
) -> HttpResponse:
    """The form with the fee of what it says; while something in it is wrong, no fee is told."""
    return page(
        request,
        "apply.html",
        status=status,
        trail=[(_("利用の申し込み"), "")],
        form=form,
        booking=booking,
        fee=None if wish is None else quoted(wish),
        fee_seen=seen_total(request.POST.get("fee_seen", "")),
        deadline=booking.hold_expires_at,
        now=clock.now(),
    )
