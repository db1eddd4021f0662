"""Host to site: the scope of every request is chosen here, and given up here."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from structlog.contextvars import bound_contextvars

from shared.requests import SiteRequest
from tenants import directory
from tenants.scope import SHARED_SCHEMA, unit_of_work
from tenants.site import PLACE, Site, site_for

PLAIN_404 = "404 Not Found\n"
RESTING = "この施設の窓口は、市が停止しています。\nThe city has suspended this facility's desk.\n"
CLOSED = "この施設の窓口は、市が廃止しました。\nThe city has closed this facility's desk for good.\n"
CLOSED_PLACE = (
    "この施設は、市が廃止したため予約できません。\nThe city has closed this facility; it can no longer be reserved.\n"
)


class SiteMiddleware:
    """Runs the request as the site's role.

    An unknown host gets a 404 that tells nothing, a suspended desk a 503, a closed one a 410, also at the portal.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "").rsplit(":", 1)[0]
        site = site_for(host, request.path_info)
        if told := _not_at_work(site, host.lower(), request.path_info):
            text, status = told
            return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
        if site is None:
            return HttpResponseNotFound(PLAIN_404, content_type="text/plain; charset=utf-8")
        request.place = site
        request.urlconf = site.urlconf
        with unit_of_work(site.scope), bound_contextvars(site=site.kind, schema=site.schema):
            return self.get_response(request)


def _not_at_work(site: Site | None, host: str, path: str) -> tuple[str, int] | None:
    """What whoever comes to a tenant that is suspended or closed is told."""
    if site is not None:
        place = PLACE.match(path) if site.kind == "portal" and site.schema == SHARED_SCHEMA else None
        return (CLOSED_PLACE, 410) if place and directory.is_closed(place[1]) else None
    if "desk" not in settings.SITES:
        return None
    if directory.is_resting(host):
        return RESTING, 503
    return (CLOSED, 410) if directory.is_closed(host) else None
