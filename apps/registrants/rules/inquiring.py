"""When a facility is told of a 照会票: that one came, that its answer is late, that an answer or a decision came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

LATE: Final = dt.timedelta(days=7)
"""An answer that was not given so long after the question is late: somebody waits at the other counter."""
TOLD_WITHIN: Final = dt.timedelta(days=30)
"""What is older is no news: the outbox, which tells what was told, is kept for longer."""
RECEIVED, OVERDUE, ANSWERED, DECIDED = "received", "overdue", "answered", "decided"


def is_late(opened_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a question that has no answer is late."""
    return now - opened_at >= LATE


def news(
    *,
    is_received: bool,
    opened_at: dt.datetime,
    answered_at: dt.datetime | None,
    decided_at: dt.datetime | None,
    is_closed: bool,
    now: dt.datetime,
) -> Iterator[str]:
    """What a facility is told of an inquiry at ``now``, whether it was told before or not; both of a decision."""
    if decided_at is not None:
        if now - decided_at < TOLD_WITHIN:
            yield DECIDED
        return
    if is_closed:
        return
    if answered_at is not None:
        if not is_received and now - answered_at < TOLD_WITHIN:
            yield ANSWERED
        return
    if is_received and now - opened_at < TOLD_WITHIN:
        yield OVERDUE if is_late(opened_at, now) else RECEIVED
