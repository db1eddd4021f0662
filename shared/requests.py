"""What a request carries here beyond Django's, with types."""

from __future__ import annotations

from django.http import HttpRequest

from shared.accounts.models import PortalAccount
from shared.actor import Actor
from shared.staff.models import StaffAccount
from tenants.site import Site


def site_of(request: HttpRequest) -> Site:
    """The site that the request is for."""
    site: Site = request.site  # type: ignore[attr-defined]  # set by config.middleware.site
    return site


def staff_of(request: HttpRequest) -> StaffAccount | None:
    """The staff member who is signed in at this desk or city site."""
    return request.user if isinstance(request.user, StaffAccount) else None


def citizen_of(request: HttpRequest) -> PortalAccount | None:
    """The citizen who is signed in at the portal."""
    user: object = request.user
    return user if isinstance(user, PortalAccount) else None


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request, as the audit and the services want it."""
    return Actor(
        kind=_kind(request),
        id=request.user.pk if request.user else None,
        address=getattr(request, "address", None),
        request_id=getattr(request, "number", ""),
    )


def _kind(request: HttpRequest) -> str:
    kind = site_of(request).kind
    if not request.user:
        return "visitor"
    return {"portal": "citizen", "desk": "staff", "city": "city"}[kind]
