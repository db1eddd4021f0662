"""Booking at the counter (窓口予約): the room and day, then the registrant, then the use.

The room, the day and the registrant's opaque id stand in the address; what is typed travels in the body only.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Booking, BookingState
from apps.bookings.queries.board import uses_on
from apps.bookings.queries.fees import tables_on
from apps.bookings.queries.inbox import rooms_of_desk
from apps.bookings.queries.offers import offer_of
from apps.bookings.rules.availability import Mark, SlotMark, Taken, slot_mark
from apps.bookings.rules.days import closing_on, slots_on
from apps.bookings.rules.listing import Offer
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.decide import permit
from apps.bookings.web.fee_fields import fee_wish, seen_total
from apps.bookings.web.fee_shown import FeeAtCounter, ShownFee
from apps.bookings.web.staff.counter_forms import BookForm, PlaceForm
from apps.bookings.web.staff.panel import layout
from apps.registrants.models import Registrant
from apps.registrants.queries.registrants import registrant_of
from apps.registrants.rules.standing import ACTIVE
from apps.registrants.web.staff.search import Search, searched
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


@dataclass(frozen=True, slots=True)
class Place:
    """The room and day that are booked, with what is free there."""

    offer: Offer
    day: dt.date
    marks: tuple[SlotMark, ...]
    closed_for: str
    chosen: tuple[int, ...]

    @property
    def free(self) -> list[SlotMark]:
        """The slots that can be chosen."""
        return [] if self.closed_for else [one for one in self.marks if one.mark is Mark.FREE]


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: SiteRequest) -> HttpResponse:
    """The step that is due: the place, the registrant, or the use."""
    place_form = PlaceForm(request.GET or None, rooms=rooms_of_desk())
    if not place_form.is_valid():
        return _place_page(request, place_form)
    values = place_form.cleaned_data
    place = _place(request, values["room"], values["day"], values["slot"])
    if values["registrant"] is None:
        return _registrant_page(request, place)
    return _use_page(request, place, registrant_of(values["registrant"]))


def _place(request: SiteRequest, room: UUID, day: dt.date, slots: tuple[int, ...]) -> Place:
    offer = offer_of(room, schema=request.place.schema)
    closing = closing_on(offer, day)
    now = clock.now()
    taken = [Taken(use.part, use.kind, use.starts_at, use.ends_at) for use in uses_on(day, [offer], now=now)]
    marks = tuple(SlotMark(one, slot_mark(one, day, taken, now, received=True)) for one in slots_on(offer, day))
    return Place(offer, day, marks, closing.label if closing else "", slots)


def _place_page(request: SiteRequest, form: PlaceForm) -> HttpResponse:
    """Step one. A half-filled address is no mistake: it is where the way begins."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    status = 422 if form.is_bound and not form.is_unfinished else 200
    shown = PlaceForm(initial=form.known(), rooms=form.rooms) if form.is_unfinished else form
    return render(request, "bookings/staff/counter_place.html", {"form": shown} | layout(request), status=status)


def _registrant_page(request: SiteRequest, place: Place) -> HttpResponse:
    """Step two: the search; each one found leads to step three, the only one who may book at once."""
    found = searched(request)
    if (only := _only(found)) is not None:
        return redirect(f"{request.get_full_path()}&registrant={only}")
    context = {
        "place_chosen": place,
        "form": found.form,
        "page_obj": found.page,
        "way": request.get_full_path(),
        "is_cut": found.is_cut,
    } | layout(request)
    return render(request, "bookings/staff/counter_registrant.html", context, status=found.status)


def _only(found: Search) -> UUID | None:
    """Whom a search means that found one registrant, if that one is in force."""
    if found.page is None or found.page.paginator.count != 1:
        return None
    [one] = found.page.object_list
    return one.pk if vars(one)["state_now"] == ACTIVE else None


def _use_page(request: SiteRequest, place: Place, registrant: Registrant) -> HttpResponse:
    """Step three: slots, purpose, headcount, event; then the booking."""
    in_force = tables_on(place.offer.facility, place.offer.room, place.day)
    fee = FeeAtCounter(in_force, place.offer, place.day, registrant.pk)
    if request.method != "POST":
        form = BookForm(initial={"slots": place.chosen, "key": uuid.uuid4()}, offer=place.offer, marks=place.marks)
        return _use_form(request, place, registrant, fee.asked(form), fee=fee.quoted(place.chosen))
    form = fee.asked(BookForm(request.POST, offer=place.offer, marks=place.marks))
    if not form.is_valid():
        return _use_form(request, place, registrant, form, status=422)
    wish = form.wish(registrant=registrant.pk, room=place.offer.room, day=place.day)
    said = fee_wish(form, seen=seen_total(request.POST.get("fee_seen", "")))
    if "quote" in request.POST:
        return _use_form(request, place, registrant, form, fee=fee.quoted(wish.slots, said))
    application = replace(form.application(), fee=said)
    try:
        booking = book_at_counter(
            actor=actor_of(request),
            wish=wish,
            application=application,
            override=form.cleaned_data["override"],
        )
    except DomainError as error:
        shown, status = fee.quoted(wish.slots, said), tell(form, error)
        return _use_form(request, place, registrant, form, fee=shown, status=status)
    _finish(request, booking, permit_now=form.cleaned_data["permit_now"])
    return redirect("desk:booking", booking=booking.pk)


def _finish(request: SiteRequest, booking: Booking, *, permit_now: bool) -> None:
    """Say what was done. A booking that cannot be permitted at once stays in the inbox, and the reason is told."""
    told = _("予約を受け付けました。受付番号は %(number)s です。") % {"number": booking.number}
    if permit_now and booking.state == BookingState.UNDER_REVIEW:
        try:
            permit(actor=actor_of(request), booking=booking.pk)
            told = _("予約を受け付け、許可しました。受付番号は %(number)s です。") % {"number": booking.number}
        except DomainError as error:
            messages.warning(request, problem_of(error).text)
    messages.success(request, told)


def _use_form(
    request: SiteRequest,
    place: Place,
    registrant: Registrant,
    form: BookForm,
    *,
    fee: ShownFee | None = None,
    status: int = 200,
) -> HttpResponse:
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant.pk, page="counter")
    context: dict[str, Any] = {"place_chosen": place, "registrant": registrant, "form": form, "fee": fee}
    context |= layout(request)
    context["fee_seen"] = seen_total(request.POST.get("fee_seen", ""))
    return render(request, "bookings/staff/counter_use.html", context, status=status)
