"""Notices signed with HMAC-SHA256 over time and body, under keys that are told apart by an id and can be rotated.

``t=1764144000,k=2026a,v=<hex>``. Several ``k`` and ``v`` pairs may follow one another while a key is exchanged.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from shared.payments.protocol import BadNoticeError

WINDOW: Final = dt.timedelta(minutes=5)
"""How far a signature's time may lie from now, to either side: an older one is a replay."""
LONGEST: Final = 600


def digest(secret: str, stamp: str, body: bytes) -> str:
    """The signature of ``body`` at ``stamp`` (seconds since 1970) in hex."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def check(body: bytes, signature: str, *, keys: Mapping[str, str], now: dt.datetime) -> None:
    """``BadNoticeError`` unless one of ``keys`` has signed ``body`` within ``WINDOW`` of ``now``."""
    stamp, pairs = _parts(signature)
    if abs(now.timestamp() - int(stamp)) > WINDOW.total_seconds():
        raise BadNoticeError("old")
    for kid, value in pairs:
        if kid in keys and hmac.compare_digest(digest(keys[kid], stamp, body), value):
            return
    raise BadNoticeError("signature")


def _parts(signature: str) -> tuple[str, list[tuple[str, str]]]:
    if not signature.isascii() or len(signature) > LONGEST:
        raise BadNoticeError("header")
    words = [word.partition("=")[::2] for word in signature.split(",")]
    stamps = [value for name, value in words if name == "t"]
    kids = [value for name, value in words if name == "k"]
    values = [value for name, value in words if name == "v"]
    if len(stamps) != 1 or not stamps[0].isdecimal() or len(stamps[0]) > 12 or len(kids) != len(values):
        raise BadNoticeError("header")
    return stamps[0], list(zip(kids, values, strict=True))
