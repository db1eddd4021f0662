"""What a request carries here beyond Django's, with types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_htmx.middleware import HtmxDetails

from shared.accounts.models import PortalAccount
from shared.actor import Actor
from shared.staff.models import StaffAccount
from tenants.models import Tenant
from tenants.site import Site

Account = PortalAccount | StaffAccount
SIGNED_IN: Final = {"portal": "citizen", "desk": "staff", "city": "city"}


class SiteRequest(HttpRequest):
    """A request as the views see it, after ``config.middleware``."""

    place: Site
    """The site it is for, and the tenant if it is about one."""
    number: str
    """Shown on an error page, and in every log line of the request."""
    address: str | None
    """The client's network address."""
    terminal: UUID | None
    """The registered terminal that it comes from, at a desk; set before anything else is done."""
    htmx: HtmxDetails
    is_outside_care: bool
    """Whether a page of the city is about a facility that who is signed in may only read about; set by the guard."""
    find_account: Callable[[], Account | None]
    """Reads the session once; use the functions below."""
    tenant: Tenant
    """Read once; use ``tenant_of``."""


def tenant_of(request: SiteRequest) -> Tenant:
    """The tenant whose desk the request is for, with names and number prefix; one statement a request."""
    if not hasattr(request, "tenant"):
        shown = Tenant.objects.only("name", "name_en", "number_prefix")
        request.tenant = shown.get(schema_name=request.place.schema)
    return request.tenant


def citizen_of(request: SiteRequest) -> PortalAccount | None:
    """The citizen who is signed in at the portal."""
    account = request.find_account()
    return account if isinstance(account, PortalAccount) else None


def staff_of(request: SiteRequest) -> StaffAccount | None:
    """The staff member who is signed in at this desk or city site."""
    account = request.find_account()
    return account if isinstance(account, StaffAccount) else None


def signed_in(request: SiteRequest) -> StaffAccount:
    """The staff member who is signed in, on a page that is open to nobody else."""
    account = staff_of(request)
    if account is None:
        raise PermissionDenied
    return account


def actor_of(request: SiteRequest) -> Actor:
    """Who acts in this request, as the services and the audit want it."""
    return actor_as(request, request.find_account())


def actor_as(request: SiteRequest, account: Account | None) -> Actor:
    """``account`` as the one who acts in this request: also where it has signed in just now."""
    return Actor(
        kind=SIGNED_IN[request.place.kind] if account else "visitor",
        id=account.pk if account else None,
        address=request.address,
        request_id=request.number,
        roles=tuple(account.roles) if isinstance(account, StaffAccount) else (),
        body=getattr(account, "body", ""),
        terminal=getattr(request, "terminal", None),
        session=_session_mark(request),
    )


def _session_mark(request: SiteRequest) -> str:
    """Tells the sessions of an account apart, and opens none: a keyed hash."""
    key = request.session.session_key if hasattr(request, "session") else None
    return salted_hmac("session in the audit", key, algorithm="sha256").hexdigest()[:32] if key else ""
