"""Looking for a facility: the top page, the search, a facility's page."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.bookings.queries.about import house_of
from apps.bookings.queries.availability import room_days
from apps.bookings.queries.offers import offers_of_facility
from apps.bookings.queries.search import Criteria
from apps.bookings.queries.search import search as find
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.citizen.forms import SearchForm
from kernel import clock
from shared.catalogue.models import CatalogueFacility, Category
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import day_from
from shared.web.guard import needs


@needs(Right.OPEN)
@require_safe
def home(request: SiteRequest) -> HttpResponse:
    """The top page: search box and kinds of facility."""
    return page(request, "home.html", form=SearchForm(), categories=Category.choices)


@needs(Right.OPEN)
@require_safe
def search(request: SiteRequest) -> HttpResponse:
    """Facilities by name, area, kind, purpose and day."""
    form = SearchForm(request.GET)
    trail = [(_("施設を探す"), "")]
    if not form.is_valid():
        return page(request, "search.html", trail=trail, status=422, form=form, found=[])
    criteria: Criteria = form.criteria()
    return page(request, "search.html", trail=trail, form=form, found=find(criteria), criteria=criteria)


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
    return page(
        request,
        "facility.html",
        trail=[(found.name, "")],
        facility=found,
        rooms=rooms,
        day=day,
        house=house_of(found.pk),
    )
