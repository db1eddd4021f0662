"""A permit with the fee that holds now, where the one that was issued tells another."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.bookings.services.fees.reissuing import permit_anew as reissue
from apps.bookings.web.staff.booking import booking_page
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.BOOKINGS_DECIDE)
@require_POST
def permit_anew(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Issue 使用変更許可書 with the new fee; it is printed from the booking's page."""
    try:
        reissue(actor=actor_of(request), booking=booking)
    except DomainError as error:
        problem = problem_of(error)
        return booking_page(request, booking, status=problem.status, problem=problem.text)
    messages.success(request, _("使用変更許可書を発行しました。「文書」から印刷してください。"))
    return redirect("desk:booking", booking=booking)
