"""Documents on the portal: looking up a code, the blank application, and the forms of an own booking."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.bookings.models import Facility
from apps.bookings.rules.states import AHEAD, OCCUPYING, PERMITTED
from apps.bookings.services.requests import OWN_REQUESTS, print_blank_application, print_own_request
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.verify_page import looked_up
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


def printable(state: str) -> list[tuple[str, str]]:
    """The forms that a citizen can print of an own booking in ``state``, with their names."""
    forms = [("confirmation", _("内容確認票"))] if state in OCCUPYING else []
    if state in AHEAD:
        forms.append(("reduction_application", _("減免申請書")))
    if state == PERMITTED:
        forms += [("change_application", _("使用変更許可申請書")), ("giving_up", _("使用取消届"))]
    return forms


@needs(Right.OPEN)
@require_safe
@never_cache
def verify(request: SiteRequest) -> HttpResponse:
    """Whether the document with that code was issued, and whether it still stands. No word about a person."""
    context, status = looked_up(request, at_desk=False)
    return page(request, "verify.html", trail=[(_("文書の確認"), "")], status=status, **context)


@needs(Right.OPEN)
@require_safe
def blank(request: SiteRequest, tenant: str, facility: UUID) -> HttpResponse:
    """使用許可申請書 for a pen."""
    place = Facility.objects.filter(pk=facility).first()
    if place is None:
        raise Http404
    return pdf_page(print_blank_application(facility=place), "application")


@needs(Right.CITIZEN)
@require_POST
@never_cache
def own_form(request: SiteRequest, tenant: str, booking: UUID, form: str) -> HttpResponse:
    """A form of an own booking. A POST, since each print is recorded."""
    if form not in OWN_REQUESTS:
        raise Http404
    return pdf_page(print_own_request(actor=actor_of(request), booking=booking, form=form), form)


def pdf_page(pdf: bytes, name: str) -> HttpResponse:
    """A PDF in the browser."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
