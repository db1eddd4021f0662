"""The page of one booking: all that is known of it, and what can be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bookings.models import DocumentKind, Reception
from apps.bookings.queries.annexes import together_with
from apps.bookings.queries.beside import beside
from apps.bookings.queries.desk_booking import BookingFile, booking_file
from apps.bookings.queries.equipment import reserved
from apps.bookings.queries.neighbours import disturbed_by
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.printable import BLANK, forms_of
from apps.bookings.rules.states import ALLOWED
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
        "together": together_with(found.booking),
        "disturbed": disturbed_by(found.booking),
        "beside": beside(found.booking, clock.today()) if may(request, Right.REGISTRANTS_SEE) else None,
        "fee": fee,
        "money": standing_of_payment(booking) if fee.fee else None,
        "outdated": outdated_permit(found.booking, found.documents, fee.fee),
        "equipment": reserved(booking),
        "note_form": note_form or NoteForm(),
        "problem": problem,
    }
    template = "bookings/staff/booking_beside.html" if in_panel(request) else "bookings/staff/booking.html"
    return render(request, template, context | layout(request), status=status)


def _prints(file: BookingFile) -> list[dict[str, Any]]:
    """The forms that can be printed now: which, and how often it was printed before."""
    booking, printed = file.booking, {document.kind: document.printed for document in file.documents}
    forms = forms_of(
        booking.state,
        was_applied=booking.applied_at is not None,
        was_permitted=DocumentKind.PERMIT in printed or booking.room.reception == Reception.IMMEDIATE,
        was_changed=DocumentKind.CHANGE in printed,
    )
    return [{"form": form, "printed": None if form in BLANK else printed.get(form, 0)} for form in forms]
