"""What a passkey must sign (チャレンジ): one a session, for one purpose, good once and for a few minutes."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, Final, cast

from django.db import transaction

from kernel import clock
from shared.requests import SiteRequest
from shared.staff.errors import ChallengeOverError
from shared.staff.sessions import StaffSessionStore

KEY: Final = "passkey_challenge"
PATIENCE: Final = dt.timedelta(minutes=5)
BYTES: Final = 32


def new_challenge(request: SiteRequest, purpose: str, **kept: str) -> bytes:
    """A challenge for ``purpose``, in place of any before it; ``kept`` is given back together with it."""
    challenge = secrets.token_bytes(BYTES)
    until = int((clock.now() + PATIENCE).timestamp())
    request.session[KEY] = {"challenge": challenge.hex(), "purpose": purpose, "until": until, **kept}
    return challenge


def take_challenge(request: SiteRequest, purpose: str) -> dict[str, str]:
    """What ``new_challenge`` kept, with ``challenge`` in hexadecimal: never twice, even if asked twice at once.

    ``ChallengeOverError``.
    """
    session = cast("StaffSessionStore", request.session)
    with transaction.atomic():
        alive = session.live().select_for_update().filter(session_key=session.session_key, expire_date__gt=clock.now())
        row = alive.first()
        kept: dict[str, Any] = session.decode(row.session_data).get(KEY, {}) if row else {}
        if session.pop(KEY, None) and kept:
            session.save()
    if kept.get("purpose") != purpose or clock.now().timestamp() >= kept["until"]:
        raise ChallengeOverError
    return kept
