"""The official forms of a booking as PDF in the browser."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from apps.bookings.models import DocumentKind
from apps.bookings.services.printing import print_application, print_document
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.BOOKINGS_KEEP)
@require_POST
def document(request: SiteRequest, booking: UUID, form: str) -> HttpResponse:
    """Print ``application``, ``permit`` or ``refusal``. A POST, since each print is counted."""
    if form == "application":
        pdf = print_application(actor=actor_of(request), booking=booking)
    elif form in DocumentKind.values:
        pdf = print_document(actor=actor_of(request), booking=booking, kind=DocumentKind(form))
    else:
        raise Http404
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{form}.pdf"', "Cache-Control": "no-store"},
    )
