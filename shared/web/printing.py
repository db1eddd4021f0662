"""A page of a staff site is printed (印刷の記録): the button posts here first, then prints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import ResolverMatch, resolve
from django.views.decorators.http import require_POST

from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.OWN_ACCOUNT)
@require_POST
def printed(request: SiteRequest) -> HttpResponse:
    """Record the printing of the page with the path ``page``; the script wants no page in answer."""
    path = request.POST.get("page", "")
    try:
        found = resolve(path, request.urlconf)
    except Http404:
        return HttpResponseBadRequest()
    _record(request, found)
    if request.headers.get("X-Printing"):
        return HttpResponse(status=204)
    return render(request, "frame/printed.html", {"back": path, "frame": f"frame/{request.place.kind}.html"})


def _record(request: SiteRequest, found: ResolverMatch) -> None:
    """About the registrant where the page is one's; else about the page, with the ids in its address."""
    ids: dict[str, Any] = {name: str(value) for name, value in found.kwargs.items()}
    registrant = found.kwargs.get("registrant")
    if isinstance(registrant, UUID):
        ids.pop("registrant")
        about: tuple[str, object] = ("registrant", registrant)
    else:
        about = ("page", found.view_name)
    record(
        actor_of(request),
        Action.PRINT,
        object_type=about[0],
        object_id=about[1],
        page=found.view_name,
        ids=ids,
    )
