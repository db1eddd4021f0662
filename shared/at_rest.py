"""Sealing small secrets at rest: with a key that is derived from the environment's secret and is not in the database.

What is sealed for one row does not open for another: ``bound`` is part of the seal. When the environment's secret
changes, what was sealed with the one before is lost, unless it is kept in ``SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE: Final = 12


class SealBrokenError(Exception):
    """Sealed with another key, for another row, or changed since."""


def seal(secret: bytes, *, purpose: str, bound: str) -> bytes:
    """``secret`` sealed for ``purpose`` and ``bound``, e.g. the id of the row's owner."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key(settings.SECRET_KEY, purpose)).encrypt(nonce, secret, bound.encode())


def unseal(sealed: bytes, *, purpose: str, bound: str) -> bytes:
    """What was sealed. ``SealBrokenError``."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(key, purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], bound.encode())
        except InvalidTag:
            continue
    raise SealBrokenError


@cache
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"kashikan {purpose}".encode()).derive(secret.encode())
