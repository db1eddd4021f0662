"""What goes with a booking (附属設備), changed at the desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Booking
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.equipment import lendable, reserved
from apps.bookings.queries.fees import tables_on
from apps.bookings.rules.states import ALLOWED
from apps.bookings.services.lending import equip_by_staff
from apps.bookings.web.gear_fields import EquipmentForm, place_of, typed_items
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def equipment(request: SiteRequest, booking: UUID) -> HttpResponse:
    """How many of each item; a POST changes it and computes the fee anew."""
    found = desk_booking(booking)
    form = EquipmentForm(
        request.POST if request.method == "POST" else None,
        items=lendable(place_of(found), but=booking),
        has=reserved(booking),
        in_force=tables_on(found.room.facility_id, found.room_id, found.day),
    )
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    items, version = typed_items(form.cleaned_data), seen_version(request.POST)
    try:
        equip_by_staff(actor=actor_of(request), booking=booking, items=items, seen_version=version)
    except DomainError as error:
        return _page(request, desk_booking(booking), form, status=tell(form, error))
    messages.success(request, _("附属設備を変更しました。"))
    return redirect("desk:booking", booking=booking)


def _page(request: SiteRequest, found: Booking, form: EquipmentForm, *, status: int = 200) -> HttpResponse:
    persons = [found.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="booking", object_id=found.pk, persons=persons, page="equipment")
    context = {"booking": found, "form": form, "may": found.state in ALLOWED["equip"]}
    return render(request, "bookings/staff/equipment.html", context, status=status)
