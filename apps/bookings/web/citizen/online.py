"""Paying online: to the provider's page and back, what came of it, the receipt; and the provider's notices."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from apps.bookings.online_errors import OnlineOffError, ProviderAwayError
from apps.bookings.queries.online import own_session
from apps.bookings.queries.own import own_booking
from apps.bookings.services.fees.online.beginning import begin_online
from apps.bookings.services.fees.online.noticing import contract, take_notice
from apps.bookings.services.fees.online.receipt import own_receipt
from apps.bookings.web.citizen.bookings import detail_page
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.online_shown import receipts_of
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.payments.protocol import BadNoticeError
from shared.payments.providers import page_origin
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.throttle import Limit
from shared.web.guard import needs

LONGEST: Final = 16_384
"""Bytes of a notice."""
RECORDED: Final = Limit("bad_payment_notice", 20, 60)
"""So many bad notices of one address an hour are recorded; the rest is refused without a trace, or it would fill it."""
PLAIN: Final = "text/plain; charset=utf-8"


@needs(Right.CITIZEN)
@require_POST
def pay(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """Begin to pay what is owed, and go to the provider's page."""
    own_booking(booking)

    def back(session: UUID) -> str:
        address = reverse("citizen:payment", kwargs={"tenant": tenant, "booking": booking, "session": session})
        return request.build_absolute_uri(address)

    try:
        session = begin_online(actor=actor_of(request), booking=booking, return_url=back)
        if not session.url.startswith(f"{page_origin(session.provider)}/"):
            raise ProviderAwayError
    except DomainError as error:
        problem = problem_of(error)
        return detail_page(request, own_booking(booking), status=problem.status, problem=problem.text)
    return HttpResponseRedirect(session.url)


@needs(Right.CITIZEN)
@require_safe
@never_cache
def payment(request: SiteRequest, tenant: str, booking: UUID, session: UUID) -> HttpResponse:
    """Where the payer comes back to. It says 確認中 until the provider has told; htmx asks for the progress alone."""
    found = own_session(session, booking=booking)
    receipts = [one for one in receipts_of(booking) if one.online_id == session]
    context: dict[str, Any] = {"session": found, "receipts": receipts, "booking": own_booking(booking)}
    if request.htmx:
        return page(request, "_payment.html", **context)
    trail = [(_("予約の確認・取消"), "/bookings/"), (_("オンラインの支払い"), "")]
    return page(request, "payment.html", trail=trail, **context)


@needs(Right.CITIZEN)
@require_POST
def receipt(request: SiteRequest, tenant: str, booking: UUID, payment: UUID) -> HttpResponse:
    """領収書 of what was paid online. A POST, since each is counted."""
    own_booking(booking)
    pdf = own_receipt(actor=actor_of(request), booking=booking, payment=payment)
    headers = {"Content-Disposition": 'inline; filename="receipt.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@needs(Right.OPEN)
@csrf_exempt
@require_POST
def events(request: SiteRequest, tenant: str, provider: str) -> HttpResponse:
    """A provider's notice (webhook): open to everybody, and worth nothing without the signature of the contract.

    2xx only for what is kept; the provider sends anything else again.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LONGEST:
        return HttpResponse("too long\n", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, content_type=PLAIN)
    if request.place.schema != tenant:
        return HttpResponse("not here\n", status=HTTPStatus.NOT_FOUND, content_type=PLAIN)
    try:
        signature = request.headers.get(contract(provider).header, "")
        take_notice(provider=provider, body=request.body, signature=signature)
    except OnlineOffError:
        return HttpResponse("not here\n", status=HTTPStatus.NOT_FOUND, content_type=PLAIN)
    except BadNoticeError as bad:
        if RECORDED.allows(request.address):
            record(actor_of(request), Action.DENIED, object_type="payment_notice", object_id=provider, why=bad.why)
        return HttpResponse("refused\n", status=HTTPStatus.BAD_REQUEST, content_type=PLAIN)
    return HttpResponse("kept\n", content_type=PLAIN)
