"""The page of one registrant, with their bookings."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bookings.queries.of_registrant import bookings_of
from apps.registrants.queries.registrants import registrant_of
from apps.registrants.web.staff.registration import shown_to
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, staff_of

PAGE_SIZE: Final = 20


@require_safe
def detail(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """What is registered, and the bookings; emergency contacts stay behind a click."""
    found = registrant_of(registrant)
    page = Paginator(bookings_of(registrant), PAGE_SIZE).get_page(request.GET.get("page"))
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant)
    context = {"registrant": found, "page_obj": page, "registration": shown_to(staff_of(request), found, found.state)}
    return render(request, "bookings/staff/registrant.html", context)
