"""Who is asking: the account of the session, and the request's actor for the audit."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from config.middleware.address import client_address


class AccountMiddleware:
    """Gives ``request.user`` (an account or None, read when asked for) and ``request.address``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.address = client_address(request)  # type: ignore[attr-defined]  # see shared.requests
        request.user = SimpleLazyObject(lambda: account_of(request))  # type: ignore[assignment]
        return self.get_response(request)


def account_of(request: HttpRequest) -> AbstractBaseUser | None:
    """The account that signed in with this session, unless its password changed or it was stopped since."""
    session = request.session
    if SESSION_KEY not in session:
        return None
    account: AbstractBaseUser | None = session.account  # type: ignore[attr-defined]  # our stores load it
    if account is None or not account.is_active:
        return None
    known = constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    return account if known else None
