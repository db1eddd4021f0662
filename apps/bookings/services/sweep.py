"""Holds that are over disappear (消滅). Their slots are free without this; it only tidies."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import connection

from kernel import clock

LATE: Final = dt.timedelta(hours=1)
"""So long somebody who comes back to an expired hold still finds it, and may take the slot up again."""
SWEEP: Final = """
WITH over AS (
    SELECT id FROM bookings_booking WHERE state = 'hold' AND hold_expires_at <= %s
    ORDER BY hold_expires_at LIMIT %s FOR UPDATE SKIP LOCKED
), freed AS (DELETE FROM bookings_occupation WHERE booking_id IN (SELECT id FROM over))
DELETE FROM bookings_booking WHERE id IN (SELECT id FROM over)
"""


def sweep_expired_holds(*, at_most: int = 500) -> int:
    """Delete up to ``at_most`` holds that have been over for ``LATE``; how many were. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [clock.now() - LATE, at_most])
        return int(cursor.rowcount)
