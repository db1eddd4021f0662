"""A registered terminal (登録端末) as a request shows it: a cookie with a token, of which only the hash is kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from typing import Final
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpResponse

from shared.accounts.tokens import hash_of
from tenants.access import read_fingerprint

TERMINAL_COOKIE: Final = "kashikan_terminal"
TERMINAL_PATH: Final = "/terminal/"
"""Where a terminal's one-time code is typed in: the one page that a desk may show outside its policy."""
COOKIE_SECONDS: Final = 400 * 24 * 60 * 60
"""As long as browsers keep a cookie at most; it is renewed on every day of use."""
PEM: Final = re.compile(r"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----")


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hash_of_code(code: str) -> str:
    """What is kept of a one-time code, however it was typed."""
    return hash_of(code, "terminal")


def keep_cookie(response: HttpResponse, token: str) -> None:
    """Have the browser keep ``token`` for this host alone, out of scripts' reach and of requests from other sites."""
    response.set_cookie(
        TERMINAL_COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Strict",
    )


def note_seen(terminal: UUID) -> None:
    """Keep the day on which a terminal was seen; as its tenant, one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared.terminal_seen(%s)", [terminal])


def certificate_in(text: str) -> str:
    """The SHA-256 fingerprint of a certificate as a proxy tells it, or empty.

    ``text`` is the fingerprint itself (HAProxy: ``%[ssl_c_der,sha2(256),hex]``) or one PEM certificate, percent-encoded
    (nginx: ``$ssl_client_escaped_cert``).
    """
    found = PEM.fullmatch(unquote(text).strip())
    if found is None:
        return read_fingerprint(text)
    try:
        der = base64.b64decode("".join(found[1].split()), validate=True)
    except binascii.Error:
        return ""
    return hashlib.sha256(der).hexdigest()
