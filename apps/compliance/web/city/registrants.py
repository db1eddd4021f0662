"""Registrants of all facilities, read only, after stating a purpose. All by POST: an address tells nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.compliance.queries.facilities import tenant_names
from apps.compliance.rules.purpose import Purpose
from apps.compliance.services.lookup import open_registrant, search_registrants
from apps.compliance.web.city.chrome import page
from apps.compliance.web.city.forms import LookupForm, PurposeForm
from apps.compliance.web.city.purposes import recall, remember
from kernel import clock
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.CITY_REGISTRANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: SiteRequest) -> HttpResponse:
    """The form, and below it whoever was found."""
    if request.method != "POST":
        return page(request, "registrants.html", form=LookupForm(initial=_still_stated(request)))
    form = LookupForm(request.POST)
    if not form.is_valid():
        return page(request, "registrants.html", status=422, form=form)
    purpose = form.stated()
    remember(request, purpose)
    found = search_registrants(
        actor=actor_of(request), term=form.term(), purpose=purpose, page=request.POST.get("page", "")
    )
    tenants = tenant_names()
    rows = [(one, tenants[one.tenant]) for one in found.object_list]
    return page(request, "registrants.html", form=form, page_obj=found, rows=rows)


@needs(Right.CITY_REGISTRANTS)
@require_POST
def opened(request: SiteRequest, tenant: str, registrant: UUID) -> HttpResponse:
    """One person in full. The purpose is the search's while it holds; after that it has to be stated again."""
    again = PurposeForm(request.POST if "again-purpose" in request.POST else None, prefix="again")
    searched = LookupForm(request.POST)
    purpose = _purpose(request, again)
    if purpose is None:
        trail = _trail(_("照会の目的"))
        return page(request, "purpose.html", status=422, trail=trail, form=again, searched=searched)
    found = open_registrant(actor=actor_of(request), tenant=tenant, registrant=registrant, purpose=purpose)
    return page(
        request,
        "registrant.html",
        trail=_trail(found.number),
        one=found,
        tenant=tenant_names()[found.tenant],
        purpose=purpose,
        now=clock.now(),
        searched=searched if searched.is_valid() else None,
    )


def _purpose(request: SiteRequest, again: PurposeForm) -> Purpose | None:
    """The purpose that ``again`` states anew, else the one that still holds."""
    if not again.is_bound:
        return recall(request)
    if not again.is_valid():
        return None
    remember(request, again.stated())
    return again.stated()


def _trail(here: str) -> list[tuple[str, str]]:
    return [(_("利用者の照会"), reverse("city:registrants")), (here, "")]


def _still_stated(request: SiteRequest) -> dict[str, Any]:
    purpose = recall(request)
    return {"purpose": purpose.code, "note": purpose.note} if purpose else {}
