"""Looking for a facility: the top page, the search, a facility's page."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.bookings.queries.availability import room_days
from apps.bookings.queries.favourites import favourite_rooms
from apps.bookings.queries.nearest import nearest
from apps.bookings.queries.offers import offers_of_facility
from apps.bookings.queries.search import search as find
from apps.bookings.web.citizen.chrome import marked_in, page
from apps.bookings.web.citizen.search_form import SearchForm, sought_in
from kernel import clock
from shared.catalogue.models import CatalogueFacility, Category
from shared.requests import SiteRequest, citizen_of
from shared.staff.rights import Right
from shared.web.dates import day_from
from shared.web.guard import needs

PLACES_A_PAGE: Final = 20
ON_THE_TOP_PAGE: Final = 6


@needs(Right.OPEN)
@require_safe
def home(request: SiteRequest) -> HttpResponse:
    """The top page: search box, the own favourites with their next free times, kinds of facility."""
    account = citizen_of(request)
    favourites = favourite_rooms(account.pk, at_most=ON_THE_TOP_PAGE) if account else []
    return page(request, "home.html", form=SearchForm(), categories=Category.choices, favourites=favourites)


@needs(Right.OPEN)
@require_safe
def search(request: SiteRequest) -> HttpResponse:
    """Rooms by place, day, hours, people, purpose and equipment; where none is free, what is nearest."""
    form = SearchForm(request.GET)
    trail = [(_("施設を探す"), "")]
    if not form.is_valid():
        return page(request, "search.html", trail=trail, status=422, form=form, found=[])
    criteria = form.criteria()
    found = find(criteria)
    fitting = sum(bool(one.rooms) for one in found) if criteria.days else len(found)
    pages = Paginator(found, PLACES_A_PAGE)
    return page(
        request,
        "search.html",
        trail=trail,
        form=form,
        criteria=criteria,
        found=pages.get_page(request.GET.get("page")),
        page_obj=pages.get_page(request.GET.get("page")),
        nearest=[] if fitting else nearest(criteria),
        fitting=fitting,
        sought=sought_in(request.GET),
        marked=marked_in(request),
    )


@needs(Right.OPEN)
@require_safe
def place(request: SiteRequest, facility: UUID) -> HttpResponse:
    """A facility by its id: on to its page."""
    slug = CatalogueFacility.objects.filter(pk=facility).values_list("slug", flat=True).first()
    if slug is None:
        raise Http404
    return redirect("citizen:facility", slug=slug)


@needs(Right.OPEN)
@require_safe
def facility(request: SiteRequest, slug: str) -> HttpResponse:
    """What a facility is, where, and today's state of its rooms (or another day's)."""
    found = CatalogueFacility.objects.select_related("tenant").filter(slug=slug).first()
    if found is None:
        raise Http404
    day = day_from(request.GET.get("day", ""), default=clock.today())
    rooms = room_days(offers_of_facility(found.pk), [day])
    return page(request, "facility.html", trail=[(found.name, "")], facility=found, rooms=rooms, day=day)
