"""Who is asking: the account of the session, read when somebody wants to know."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare

from config.middleware.address import client_address
from shared.requests import Account, SiteRequest
from shared.sessions import AccountSessionStore


class AccountMiddleware:
    """Gives ``request.find_account`` and ``request.address``."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        request.address = client_address(request)
        request.find_account = cache(lambda: account_of(cast("AccountSessionStore", request.session)))
        return self.get_response(request)


def account_of(session: AccountSessionStore) -> Account | None:
    """The account that signed in with this session, unless its password changed, it was stopped or it ended since."""
    if SESSION_KEY not in session or session.account is None or not session.account.in_force:
        return None
    kept = session.get(HASH_SESSION_KEY, "")
    stamps = (session.account.get_session_auth_hash(), *session.account.get_session_auth_fallback_hash())
    return session.account if any(constant_time_compare(kept, stamp) for stamp in stamps) else None
