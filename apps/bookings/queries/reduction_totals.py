"""What reductions came to in a fiscal year, by ground: counts and sums, no persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import Min

from apps.bookings.models import ReductionRequest
from kernel import clock
from kernel.clock import TOKYO
from kernel.wareki import fiscal_year

OF_YEAR = """
SELECT r.ground, r.article, r.ground_label,
       count(*) FILTER (WHERE r.state = 'granted'), count(*) FILTER (WHERE r.state = 'refused'),
       coalesce(sum(l.taken) FILTER (WHERE r.state = 'granted' AND b.state <> 'cancelled'), 0)
FROM bookings_reductionrequest r
JOIN bookings_booking b ON b.id = r.booking_id
LEFT JOIN LATERAL (
    SELECT -sum(amount) AS taken FROM bookings_feeline
    WHERE step = 'reduction' AND sheet_id = (
        SELECT id FROM bookings_feesheet WHERE booking_id = b.id ORDER BY number DESC LIMIT 1
    )
) l ON true
WHERE r.state <> 'asked' AND b.day >= %s AND b.day < %s
GROUP BY r.ground, r.article, r.ground_label ORDER BY r.article, r.ground
"""


@dataclass(frozen=True, slots=True)
class Total:
    """A ground with how often it was granted and refused, and the yen that were taken off by the newest fees."""

    ground: str
    article: str
    label: str
    granted: int
    refused: int
    taken: int


def totals_of_year(year: int) -> list[Total]:
    """By ground, of uses in the fiscal year from 1 April; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(OF_YEAR, [dt.date(year, 4, 1), dt.date(year + 1, 4, 1)])
        return [
            Total(ground, article, label, granted, refused, int(taken))
            for ground, article, label, granted, refused, taken in cursor.fetchall()
        ]


def first_year() -> int:
    """The fiscal year of the oldest application for a reduction, this one if there is none."""
    oldest = ReductionRequest.objects.aggregate(first=Min("asked_at"))["first"]
    return fiscal_year(oldest.astimezone(TOKYO).date() if oldest else clock.today())
