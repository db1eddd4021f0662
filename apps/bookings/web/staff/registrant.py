"""The page of one registrant: how the registration stands, what was done with it, and the bookings."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from apps.bookings.models import Facility
from apps.bookings.queries.of_registrant import bookings_that_were, bookings_to_come
from apps.bookings.queries.past import past_uses_of
from apps.bookings.queries.registration_papers import papers_owed
from apps.bookings.queries.whole_registrant import whole_of
from apps.bookings.services.registration_papers import print_registration_paper
from apps.registrants.queries.file import history_of
from apps.registrants.queries.merging import merges_of
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


class PlaceForm(forms.Form):
    """In whose name a notice is signed, where there are several facilities."""

    facility = forms.UUIDField(required=False)


@needs(Right.REGISTRANTS_SEE)
@require_safe
def detail(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """What is registered, bookings, fees, penalties, history; emergency contacts stay behind a click."""
    found = registrant_of(registrant)
    standing = standing_of(found, clock.today())
    papers = papers_owed(found, standing.state)
    context = {
        "registrant": found,
        "standing": standing,
        "use_stop": use_stop_of(registrant),
        "card_section": card_section(staff_of(request), found, standing.state),
        "offered": offered_to(staff_of(request), standing),
        "may_merge": may_merge(staff_of(request), standing),
        "history": history_of(registrant),
        "merges": merges_of(registrant),
        "whole": whole_of(registrant, clock.today()),
        "people": people_shown_to(staff_of(request), found, standing),
        "registration": shown_to(staff_of(request), found, standing),
        "papers": papers,
        "places": list(Facility.objects.all()) if any(one.paper is None for one in papers) else [],
        "bookings": bookings_to_come(registrant),
        "past_uses": past_uses_of(registrant)[:PAST_SHOWN],
        "page_obj": Paginator(bookings_that_were(registrant), PAGE_SIZE).get_page(request.GET.get("page")),
    }
    record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant)
    return render(request, "bookings/staff/registrant.html", context)


@needs(Right.REGISTRANTS_KEEP)
@require_POST
def registration_paper(request: SiteRequest, registrant: UUID, act: int) -> HttpResponse:
    """Print the notice of an act on the registration. A POST, since each print is counted."""
    form = PlaceForm(request.POST)
    place = form.cleaned_data["facility"] if form.is_valid() else None
    pdf = print_registration_paper(actor=actor_of(request), registrant=registrant, act=act, facility=place)
    headers = {"Content-Disposition": 'inline; filename="notice.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
