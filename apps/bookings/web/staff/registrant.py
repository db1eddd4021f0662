"""The page of one registrant: how the registration stands, what was done with it, and the bookings."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bookings.queries.of_registrant import bookings_that_were, bookings_to_come
from apps.bookings.queries.past import past_uses_of
from apps.registrants.queries.file import history_of
from apps.registrants.queries.registrants import registrant_of, use_stop_of
from apps.registrants.queries.standing import standing_of
from apps.registrants.web.staff.acts import may_merge, offered_to
from apps.registrants.web.staff.card_section import card_section
from apps.registrants.web.staff.registration import shown_to
from apps.registrants.web.staff.roster import people_shown_to
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.rights import Right
from shared.web.guard import needs

PAGE_SIZE: Final = 20
PAST_SHOWN: Final = 5


@needs(Right.REGISTRANTS_SEE)
@require_safe
def detail(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """What is registered, and the bookings; emergency contacts stay behind a click."""
    found = registrant_of(registrant)
    standing = standing_of(found, clock.today())
    context = {
        "registrant": found,
        "standing": standing,
        "use_stop": use_stop_of(registrant),
        "card_section": card_section(staff_of(request), found, standing.state),
        "offered": offered_to(staff_of(request), standing),
        "may_merge": may_merge(staff_of(request), standing),
        "history": history_of(registrant),
        "people": people_shown_to(staff_of(request), found, standing),
        "registration": shown_to(staff_of(request), found, standing),
        "bookings": bookings_to_come(registrant),
        "past_uses": past_uses_of(registrant)[:PAST_SHOWN],
        "page_obj": Paginator(bookings_that_were(registrant), PAGE_SIZE).get_page(request.GET.get("page")),
    }
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant)
    return render(request, "bookings/staff/registrant.html", context)
