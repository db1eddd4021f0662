"""Signing in and out of one site."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

Account = TypeVar("Account", bound=AbstractBaseUser)


def authenticate(model: type[Account], *, login_id: str, password: str) -> Account | None:
    """The active account with this login and password, or None; an unknown login takes as long to refuse."""
    account = model._default_manager.filter(login_id=login_id.strip().lower(), is_active=True).first()
    if account is None:
        make_password(password)
        return None
    return account if account.check_password(password) else None


def sign_in(request: HttpRequest, account: AbstractBaseUser) -> None:
    """Begin a new session for ``account``; the old session's key is worth nothing afterwards."""
    request.session.flush()
    request.session[SESSION_KEY] = str(account.pk)
    request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()
