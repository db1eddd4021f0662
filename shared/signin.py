"""Signing in and out of one site."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from shared.accounts.models import PortalAccount
from shared.staff.models import StaffAccount

Account = TypeVar("Account", bound=PortalAccount | StaffAccount)


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Account]):
    """What came of a login and a password: the account that they name, if any, and whether it may enter."""

    account: Account | None
    succeeded: bool


def attempt(model: type[Account], *, login_id: str, password: str) -> Attempt[Account]:
    """Try a login and a password; an unknown or stopped login takes as long to refuse as a wrong password.

    The ID is read in any case and width, as an input method may have left it.
    """
    key = unicodedata.normalize("NFKC", login_id).strip().lower()
    found: Any = model._default_manager.filter(login_id=key).first()
    account: Account | None = found
    if account is None or not account.may_sign_in:
        make_password(password)
        return Attempt(account, succeeded=False)
    return Attempt(account, succeeded=account.check_password(password))


def sign_in(request: HttpRequest, account: PortalAccount | StaffAccount) -> None:
    """Begin a new session for ``account``; the old session's key is worth nothing afterwards."""
    request.session.flush()
    request.session[SESSION_KEY] = str(account.pk)
    request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()
