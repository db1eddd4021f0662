"""Looking up the code on a document at the desk, and printing a blank application."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bookings.models import Facility
from apps.bookings.services.requests import print_blank_application
from apps.bookings.web.verify_page import looked_up
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.BOOKINGS_SEE)
@require_safe
def verify(request: SiteRequest) -> HttpResponse:
    """Whether a document was issued, by whichever facility; the desk is told what the portal tells."""
    context, status = looked_up(request, at_desk=True)
    context["places"] = Facility.objects.all()
    return render(request, "bookings/staff/papers/verify.html", context, status=status)


@needs(Right.BOOKINGS_SEE)
@require_safe
def blank(request: SiteRequest, facility: UUID) -> HttpResponse:
    """使用許可申請書 for a pen."""
    place = Facility.objects.filter(pk=facility).first()
    if place is None:
        raise Http404
    headers = {"Content-Disposition": 'inline; filename="application.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(print_blank_application(facility=place), content_type="application/pdf", headers=headers)
