"""The page of one booking: all that is known of it, and what can be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bookings.models import DocumentKind
from apps.bookings.queries.beside import beside
from apps.bookings.queries.desk_booking import BookingFile, booking_file
from apps.bookings.queries.neighbours import disturbed_by
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.states import ALLOWED, REFUSED, REVOKED, STANDING
from apps.bookings.services.fees.reissuing import outdated_permit
from apps.bookings.web.fee_shown import fee_of_booking
from apps.bookings.web.staff.forms import EventForm, NoteForm
from apps.bookings.web.staff.panel import in_panel, layout
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import may, needs


@needs(Right.BOOKINGS_SEE)
@require_safe
def detail(request: SiteRequest, booking: UUID) -> HttpResponse:
    """The booking with its history, notes and documents."""
    return booking_page(request, booking)


def booking_page(
    request: SiteRequest, booking: UUID, *, note_form: NoteForm | None = None, status: int = 200, problem: str = ""
) -> HttpResponse:
    """The page as it is now; ``problem`` tells why what was asked for could not be done."""
    found = booking_file(booking)
    shown = [found.booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="booking", object_id=booking, persons=shown)
    fee = fee_of_booking(booking)
    context = {
        "file": found,
        "booking": found.booking,
        "may": {act: found.booking.state in states for act, states in ALLOWED.items()},
        "change": found.change,
        "points": found.points,
        "event_form": EventForm(),
        "prints": _prints(found),
        "disturbed": disturbed_by(found.booking),
        "beside": beside(found.booking, clock.today()) if may(request, Right.REGISTRANTS_SEE) else None,
        "fee": fee,
        "money": standing_of_payment(booking) if fee.fee else None,
        "outdated": outdated_permit(found.booking, found.documents, fee.fee),
        "note_form": note_form or NoteForm(),
        "problem": problem,
    }
    template = "bookings/staff/booking_beside.html" if in_panel(request) else "bookings/staff/booking.html"
    return render(request, template, context | layout(request), status=status)


def _prints(file: BookingFile) -> list[dict[str, Any]]:
    """The forms that can be printed now: which, and how often it was printed before."""
    printed = {document.kind: document.printed for document in file.documents}
    state = file.booking.state
    forms: list[dict[str, Any]] = []
    if file.booking.applied_at is not None:
        forms.append({"form": "application", "printed": None})
    if state in STANDING:
        forms.append({"form": DocumentKind.PERMIT.value, "printed": printed.get(DocumentKind.PERMIT, 0)})
        if DocumentKind.CHANGE in printed:
            forms.append({"form": DocumentKind.CHANGE.value, "printed": printed[DocumentKind.CHANGE]})
    if state == REVOKED:
        forms.append({"form": DocumentKind.REVOCATION.value, "printed": printed.get(DocumentKind.REVOCATION, 0)})
    if state == REFUSED:
        forms.append({"form": DocumentKind.REFUSAL.value, "printed": printed.get(DocumentKind.REFUSAL, 0)})
    return forms
