"""Sessions by site: each kind of site has its own cookie and its own table."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from shared.accounts.sessions import PortalSessionStore
from shared.requests import SiteRequest
from shared.sessions import AccountSessionStore
from shared.staff.sessions import StaffSessionStore

STORES: dict[str, type[AccountSessionStore]] = {
    "portal": PortalSessionStore,
    "desk": StaffSessionStore,
    "city": StaffSessionStore,
}


ASKS_BY_ITSELF = frozenset({"progress", "board"})
"""Elements that ask again and again while nobody may be there; their requests keep no session alive."""


class SiteSessionMiddleware:
    """Django's session middleware, for three sites with different cookies and stores."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        kind = request.place.kind
        cookie = settings.SESSION_COOKIE_NAMES[kind]
        store = STORES[kind](request.COOKIES.get(cookie))
        request.session = store
        response = self.get_response(request)
        if store.accessed:
            patch_vary_headers(response, ("Cookie",))
        if cookie in request.COOKIES and store.is_empty():
            response.delete_cookie(cookie, samesite="Lax")
        elif store.modified and not store.is_empty() and response.status_code < 500:
            _save(store)
            _set_cookie(response, cookie, store)
        elif request.headers.get("HX-Trigger") not in ASKS_BY_ITSELF:
            store.go_on()
        return response


def _save(store: AccountSessionStore) -> None:
    try:
        store.save()
    except UpdateError:
        raise SessionInterrupted("the session was deleted before the request completed") from None


def _set_cookie(response: HttpResponse, cookie: str, store: AccountSessionStore) -> None:
    response.set_cookie(cookie, store.session_key or "", secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax")
