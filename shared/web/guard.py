"""Who may see a page: staff sites are closed unless a view says otherwise, the portal is open unless it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.models import Role

P = ParamSpec("P")
View = Callable[Concatenate[SiteRequest, P], HttpResponse]


class SignInRequiredMiddleware:
    """On a desk and at the city every view needs a signed-in account, but those marked ``login_not_required``.

    What staff see is never stored by the browser: the lent terminals are shared.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.place.kind != "portal":
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: SiteRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Send whoever is not signed in to the sign-in page."""
        is_open = request.place.kind == "portal" or not getattr(view, "login_required", True)
        return None if is_open or request.find_account() else to_sign_in(request)


def sign_in_required(view: View[P]) -> View[P]:
    """Guard one view of the portal, as the staff sites guard all of theirs."""

    @wraps(view)
    def guarded(request: SiteRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if request.find_account() else to_sign_in(request)

    return guarded


def role_required(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Guard a view of a staff site: who has none of ``roles`` gets a 403 and an audit entry."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: SiteRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            account = staff_of(request)
            if account is None or not {*roles} & {*account.roles}:
                record(actor_of(request), Action.DENIED, object_type="page", object_id=view.__name__, why="role")
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def to_sign_in(request: SiteRequest) -> HttpResponse:
    """A redirect to the sign-in page, which leads back to the page that was asked for.

    What was posted is not repeated after signing in, so a POST leads to the site's first page.
    """
    if request.htmx:
        return HttpResponseClientRedirect(_sign_in_url(request.htmx.current_url_abs_path or ""))
    return HttpResponseRedirect(_sign_in_url(request.get_full_path() if request.method == "GET" else ""))


def _sign_in_url(way_back: str) -> str:
    url = reverse("sign_in")
    return f"{url}?{urlencode({'next': way_back})}" if way_back and way_back != "/" else url
