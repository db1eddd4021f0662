"""What every template may show of the request."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject

from shared.requests import SiteRequest


def site(request: SiteRequest) -> dict[str, Any]:
    """``place`` (site and tenant), ``account`` (who is signed in, read when used), ``request_number``."""
    if not hasattr(request, "place"):
        return {}
    return {
        "place": request.place,
        "account": SimpleLazyObject(lambda: request.find_account() if hasattr(request, "find_account") else None),
        "request_number": request.number,
    }
