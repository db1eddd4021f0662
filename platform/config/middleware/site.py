"""Host to site: the scope of every request is chosen here, and given up here."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from structlog.contextvars import bound_contextvars

from shared.requests import SiteRequest
from tenants import directory
from tenants.scope import unit_of_work
from tenants.site import site_for

PLAIN_404 = "404 Not Found\n"
RESTING = "この施設の窓口は、市が停止しています。\nThe city has suspended this facility's desk.\n"


class SiteMiddleware:
    """Runs the request as the site's role; an unknown host gets a 404 that tells nothing, a suspended desk a 503."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "").rsplit(":", 1)[0]
        site = site_for(host, request.path_info)
        if site is None and "desk" in settings.SITES and directory.is_resting(host.lower()):
            return HttpResponse(RESTING, status=503, content_type="text/plain; charset=utf-8")
        if site is None:
            return HttpResponseNotFound(PLAIN_404, content_type="text/plain; charset=utf-8")
        request.place = site
        request.urlconf = site.urlconf
        with unit_of_work(site.scope), bound_contextvars(site=site.kind, schema=site.schema):
            return self.get_response(request)
