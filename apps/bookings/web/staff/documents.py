"""The official forms of a booking as PDF in the browser."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from apps.bookings.models import DocumentKind
from apps.bookings.services.printing import print_document
from apps.bookings.services.requests import REQUESTS, print_request
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.BOOKINGS_KEEP)
@require_POST
def document(request: SiteRequest, booking: UUID, form: str) -> HttpResponse:
    """Print a form to hand in, or a document that was issued. A POST, since each print is recorded."""
    if form in REQUESTS:
        pdf = print_request(actor=actor_of(request), booking=booking, form=form)
    elif form in DocumentKind.values:
        pdf = print_document(actor=actor_of(request), booking=booking, kind=DocumentKind(form))
    else:
        raise Http404
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{form}.pdf"', "Cache-Control": "no-store"},
    )
