"""Signing in and out of one site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from shared.accounts.models import PortalAccount
from shared.sessions import AccountSessionStore
from shared.staff.models import StaffAccount

Account = TypeVar("Account", bound=PortalAccount | StaffAccount)
CITIZEN_IDLE: Final = dt.timedelta(minutes=30)
CITIZEN_ABSOLUTE: Final = dt.timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Account]):
    """What came of a login and a password: the account that they name, if any, and whether it may enter."""

    account: Account | None
    succeeded: bool


def attempt(account: Account | None, *, password: str) -> Attempt[Account]:
    """Try a password on whom a login names; nobody, or a stopped one, takes as long to refuse as a wrong password."""
    if account is None or not account.in_force:
        make_password(password)
        return Attempt(account, succeeded=False)
    return Attempt(account, succeeded=account.check_password(password))


def sign_in(
    request: HttpRequest,
    account: PortalAccount | StaffAccount,
    *,
    idle: dt.timedelta = CITIZEN_IDLE,
    absolute: dt.timedelta = CITIZEN_ABSOLUTE,
) -> None:
    """Begin a new session for ``account``; the old session's key is worth nothing afterwards."""
    session = cast("AccountSessionStore", request.session)
    session.flush()
    session[SESSION_KEY] = str(account.pk)
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.begin(idle=idle, absolute=absolute)
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()
