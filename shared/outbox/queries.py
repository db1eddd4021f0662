"""What waits, and what has come of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import connection

COUNTS: Final = """
SELECT tenant, state, messages, oldest FROM city_outbox
UNION ALL SELECT 'shared', state, count(*), min(created_at) FROM outbox_message GROUP BY state
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages of one schema are in one state, and since when the oldest is there."""

    schema: str
    state: str
    messages: int
    oldest: dt.datetime


def waiting_schemas() -> list[str]:
    """The schemas of tenants at work, and the shared one, that have mails to send now; one statement, as nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.outbox_backlog()")
        return [row[0] for row in cursor.fetchall()]


def counts() -> list[Count]:
    """Messages by schema and state, of all tenants; one statement, as the city."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return [Count(*row) for row in cursor.fetchall()]
