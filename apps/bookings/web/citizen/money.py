"""A citizen's own 納入通知書兼納付書."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.bookings.queries.own import own_booking_to_print
from apps.bookings.services.fees.payment_sheet import print_payment_notice
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.CITIZEN)
@require_POST
@never_cache
def payment_notice(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """納入通知書兼納付書 of an own booking. A POST, since each is recorded."""
    found = own_booking_to_print(booking)
    try:
        pdf = print_payment_notice(actor=actor_of(request), booking=found)
    except DomainError as error:
        messages.error(request, problem_of(error).text)
        return redirect("citizen:booking", tenant=tenant, booking=booking)
    headers = {"Content-Disposition": 'inline; filename="payment-notice.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
