"""What citizens ask of the facility, for its desk."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.registrants.models import CitizenRequest, CitizenRequestState
from apps.registrants.portal_errors import UnknownRequestError


def open_requests() -> QuerySet[CitizenRequest]:
    """Those that wait for an answer, the oldest first, each with its registrant."""
    waiting = CitizenRequest.objects.filter(state=CitizenRequestState.OPEN)
    return waiting.select_related("registrant").order_by("asked_at", "id")


def open_request(request: int) -> CitizenRequest:
    """One that waits; ``UnknownRequestError`` for any other."""
    found = open_requests().filter(pk=request).first()
    if found is None:
        raise UnknownRequestError
    return found
