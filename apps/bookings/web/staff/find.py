"""The box in the desk's head: a booking by its number or by that of its paper, else whoever is meant."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Booking
from apps.bookings.queries.booking_list import numbered
from apps.bookings.rules.sought import read_sought
from apps.registrants.web.staff.search import searched
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import may, needs


@needs(Right.REGISTRANTS_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: SiteRequest) -> HttpResponse:
    """To the booking or the person's page if there is one only; else the search page with what was found."""
    if request.method == "POST" and may(request, Right.BOOKINGS_SEE):
        booking = _booking(request.POST.get("q", ""))
        if booking is not None:
            return redirect("desk:booking", booking=booking)
    found = searched(request)
    if found.page is not None and found.page.paginator.count == 1:
        return redirect("desk:registrant", registrant=found.page.object_list[0].pk)
    context = {
        "form": found.form,
        "page_obj": found.page,
        "is_cut": found.is_cut,
        "manages": may(request, Right.REGISTRANTS_DECIDE),
    }
    return render(request, "registrants/staff/search.html", context, status=found.status)


def _booking(text: str) -> UUID | None:
    """The one booking that the number means; None for none and for several."""
    sought = read_sought(text)
    if sought is None:
        return None
    found = list(Booking.objects.filter(numbered(sought)).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None
