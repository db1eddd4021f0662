"""A stated purpose holds for a while: kept in the officer's session, not in the page."""

from __future__ import annotations

import datetime as dt
from typing import Final

from apps.compliance.rules.purpose import Purpose
from kernel import clock
from shared.requests import SiteRequest

KEY: Final = "lookup_purpose"
HOLDS_FOR: Final = dt.timedelta(minutes=15)


def remember(request: SiteRequest, purpose: Purpose) -> None:
    """Keep ``purpose`` for the persons that are opened from the list."""
    until = clock.now() + HOLDS_FOR
    request.session[KEY] = {"code": purpose.code, "note": purpose.note, "until": until.isoformat()}


def recall(request: SiteRequest) -> Purpose | None:
    """The purpose that was stated, if it still holds."""
    kept = request.session.get(KEY)
    if kept is None or dt.datetime.fromisoformat(kept["until"]) <= clock.now():
        return None
    return Purpose(kept["code"], kept["note"])
