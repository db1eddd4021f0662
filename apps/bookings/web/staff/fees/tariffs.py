"""The tariff of a room, edited as a grid from a day on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.bookings.models import FeeTableKind, Room
from apps.bookings.queries.fees import table_on
from apps.bookings.queries.offers import offer_of
from apps.bookings.queries.rooms import room_with_facility
from apps.bookings.rules.fees.tables import Tariff
from apps.bookings.services.fees.pricing import used_slots
from apps.bookings.services.fees.tables import NewTable
from apps.bookings.web.staff.fees.entering import enter
from apps.bookings.web.staff.fees.tariff_forms import TariffForm
from kernel import clock
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.FACILITY_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def tariff(request: SiteRequest, room: UUID) -> HttpResponse:
    """The tariff that holds, to be changed from a day on."""
    found = room_with_facility(room)
    held = table_on(found.facility_id, FeeTableKind.TARIFF, clock.today(), found.pk)
    slots = used_slots(offer_of(found.pk, schema=request.place.schema), clock.today())
    data = request.POST if request.method == "POST" else None
    form = TariffForm(data, slots=slots, held=held if isinstance(held, Tariff) else None)

    def page(status: int) -> HttpResponse:
        return _page(request, found, form, status)

    def made() -> NewTable:
        values = form.cleaned_data
        kind = FeeTableKind.TARIFF
        return NewTable(found.facility_id, kind, form.tariff(), values["valid_from"], found.pk, values["note"])

    if data is None:
        return page(200)
    if not form.is_valid():
        return page(422)
    return enter(request, form, made, page, slots=slots, title=_("%(room)sの室料") % {"room": found.name})


def _page(request: SiteRequest, room: Room, form: TariffForm, status: int) -> HttpResponse:
    return render(request, "bookings/staff/fees/tariff.html", {"room": room, "form": form}, status=status)
