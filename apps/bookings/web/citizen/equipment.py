"""What goes with a booking (附属設備), changed by the citizen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Booking
from apps.bookings.queries.equipment import lendable, reserved
from apps.bookings.queries.fees import tables_on
from apps.bookings.queries.own import own_booking
from apps.bookings.services.lending import equip_by_citizen
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.gear_fields import EquipmentForm, place_of, typed_items
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


@needs(Right.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def equipment(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """How many of each item; a POST changes it and computes the fee anew."""
    found = own_booking(booking)
    form = EquipmentForm(
        request.POST if request.method == "POST" else None,
        items=lendable(place_of(found), but=booking, public=True),
        has=reserved(booking),
        in_force=tables_on(found.room.facility_id, found.room_id, found.day),
    )
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    items, version = typed_items(form.cleaned_data), seen_version(request.POST)
    try:
        equip_by_citizen(actor=actor_of(request), booking=booking, items=items, seen_version=version)
    except DomainError as error:
        return _page(request, own_booking(booking), form, status=tell(form, error))
    messages.success(request, _("附属設備を変更しました。"))
    return redirect("citizen:booking", tenant=tenant, booking=booking)


def _page(request: SiteRequest, booking: Booking, form: EquipmentForm, *, status: int = 200) -> HttpResponse:
    trail = [(_("予約の確認・取消"), "/bookings/"), (_("附属設備の変更"), "")]
    return page(request, "equipment.html", status=status, trail=trail, booking=booking, form=form)
