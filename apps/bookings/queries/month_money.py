"""What the uses of months cost and what went back in them (使用料・減免額・還付額), by facility: one statement.

Uses from before this system cost what the other system says.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Final
from uuid import UUID

from django.db import connection

from apps.bookings.rules.reports import Money
from apps.bookings.rules.states import USABLE

BY_MONTH: Final = """
WITH newest AS (
    SELECT DISTINCT ON (s.booking_id) s.booking_id, s.id, s.total, r.facility_id, b.day
    FROM bookings_feesheet s JOIN bookings_booking b ON b.id = s.booking_id JOIN bookings_room r ON r.id = b.room_id
    WHERE b.day BETWEEN %(first)s AND %(last)s AND b.state = ANY (%(states)s) ORDER BY s.booking_id, s.number DESC
), reduced AS (
    SELECT l.sheet_id, -sum(l.amount) AS amount FROM bookings_feeline l JOIN newest n ON n.id = l.sheet_id
    WHERE l.step = 'reduction' GROUP BY l.sheet_id
)
SELECT facility_id, date_trunc('month', day)::date, 'fee', sum(total) FROM newest GROUP BY 1, 2
UNION ALL
SELECT n.facility_id, date_trunc('month', n.day)::date, 'reduced', sum(d.amount)
FROM newest n JOIN reduced d ON d.sheet_id = n.id GROUP BY 1, 2
UNION ALL
SELECT r.facility_id, date_trunc('month', p.day)::date, 'fee', sum(p.fee)
FROM bookings_pastbooking p JOIN bookings_room r ON r.id = p.room_id
WHERE p.day BETWEEN %(first)s AND %(last)s AND p.state = 'permitted' AND p.fee > 0 GROUP BY 1, 2
UNION ALL
SELECT r.facility_id, date_trunc('month', o.day)::date, 'returned', sum(o.amount)
FROM bookings_refundpayout o JOIN bookings_refund f ON f.id = o.refund_id
JOIN bookings_booking b ON b.id = f.booking_id JOIN bookings_room r ON r.id = b.room_id
WHERE o.day BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
"""


def money_of(first: dt.date, last: dt.date) -> dict[tuple[UUID, dt.date], Money]:
    """(facility, first day of a month) -> its money; what is not there is nothing."""
    found: dict[tuple[UUID, dt.date], dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(BY_MONTH, {"first": first, "last": last, "states": sorted(USABLE)})
        for facility, month, name, amount in cursor.fetchall():
            found[facility, month][name] = found[facility, month].get(name, 0) + int(amount)
    return {key: Money(**values) for key, values in found.items()}
