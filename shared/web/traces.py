"""The net below the views: a desk's page about one registrant leaves an entry in the audit, whoever wrote the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from shared.audit.models import Action
from shared.audit.record import record, shown_meanwhile
from shared.requests import SiteRequest, actor_of

SHOWN: Final = frozenset({200, 409, 422})
"""Statuses of pages that show the registrant."""


class TracesMiddleware:
    """Writes the entry that a view has not written: a form that comes back, a page that asks before an act.

    It is about pages with ``<uuid:registrant>`` in their address. If the entry cannot be written, the page is not sent.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        if request.place.kind != "desk":
            return self.get_response(request)
        with shown_meanwhile() as shown:
            response = self.get_response(request)
        registrant = request.resolver_match.kwargs.get("registrant") if request.resolver_match else None
        if isinstance(registrant, UUID) and registrant not in shown and _shows(response):
            page = request.resolver_match.url_name or ""  # type: ignore[union-attr]  # it has a registrant
            record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant, page=page)
        return response


def _shows(response: HttpResponse) -> bool:
    return response.status_code in SHOWN and response.get("Content-Type", "").startswith("text/html")
