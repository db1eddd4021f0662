"""What every template may show of the request."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject

from shared.requests import SiteRequest, staff_of
from shared.staff.rights import Right, rights_of
from shared.web.guard import NOT_IN_CARE, may
from shared.web.marks import mark_of


def site(request: SiteRequest) -> dict[str, Any]:
    """``place`` (site and tenant), ``account`` (who is signed in, read when used), ``request_number``.

    ``watermark``: who looks and when, on staff sites.
    ``reading_only``: why nothing can be changed here, on a page about a facility outside the own care.
    ``rights``: what whoever is signed in at a staff site may do, e.g. ``{% if "export_ask" in rights %}``.
    """
    if not hasattr(request, "place"):
        return {}
    return {
        "place": request.place,
        "account": SimpleLazyObject(lambda: request.find_account() if hasattr(request, "find_account") else None),
        "rights": SimpleLazyObject(lambda: _rights(request)),
        "reading_only": NOT_IN_CARE if getattr(request, "is_outside_care", False) else "",
        "request_number": request.number,
        "watermark": SimpleLazyObject(lambda: mark_of(request) if hasattr(request, "find_account") else ""),
    }


def _rights(request: SiteRequest) -> frozenset[Right]:
    account = staff_of(request) if hasattr(request, "find_account") else None
    return frozenset(one for one in rights_of(account.roles) if may(request, one)) if account else frozenset()
