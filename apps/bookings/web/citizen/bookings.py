"""A citizen's bookings: the list, one of them, giving it up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.bookings.models import Booking, BookingState
from apps.bookings.queries.own import own_booking, own_bookings
from apps.bookings.rules.states import CANCELLABLE_BY_CITIZEN
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.fee_shown import fee_of_booking
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.CITIZEN)
@require_safe
@never_cache
def own(request: SiteRequest) -> HttpResponse:
    """All of the citizen's bookings, at every facility."""
    today = clock.today()
    bookings = own_bookings(now=clock.now())
    return page(
        request,
        "bookings.html",
        trail=[(_("予約の確認・取消"), "")],
        coming=[one for one in reversed(bookings) if one.day >= today],
        past=[one for one in bookings if one.day < today],
    )


@needs(Right.CITIZEN)
@require_safe
@never_cache
def detail(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """One booking and its state."""
    found = own_booking(booking)
    if found.state == BookingState.HOLD:
        return redirect("citizen:apply", tenant=tenant, booking=booking)
    return detail_page(request, found)


@needs(Right.CITIZEN)
@require_POST
def cancel(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """Give a booking up."""
    found = own_booking(booking)
    version = request.POST.get("version", "")
    try:
        cancel_by_citizen(
            actor=actor_of(request), booking=booking, seen_version=int(version) if version.isdecimal() else -1
        )
    except DomainError as error:
        problem = problem_of(error)
        return detail_page(request, own_booking(booking), status=problem.status, problem=problem.text)
    if found.state == BookingState.HOLD:
        messages.success(request, _("確保していた時間帯を手放しました。"))
        return redirect("citizen:day", tenant=tenant, room=found.room_id, day=f"{found.day:%Y-%m-%d}")
    messages.success(request, _("予約を取り消しました。"))
    return redirect("citizen:booking", tenant=tenant, booking=booking)


def detail_page(request: SiteRequest, booking: Booking, *, status: int = 200, problem: str = "") -> HttpResponse:
    """The page of a booking; ``problem`` tells why what was asked for could not be done."""
    return page(
        request,
        "booking.html",
        status=status,
        trail=[(_("予約の確認・取消"), "/bookings/"), (booking.number, "")],
        booking=booking,
        fee=fee_of_booking(booking.pk),
        may_cancel=booking.state in CANCELLABLE_BY_CITIZEN and clock.today() < booking.day,
        problem=problem,
    )
