"""Counting what waits for somebody at the desk, all in one statement."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from apps.bookings.models import ChangeRequest, ChangeState
from apps.bookings.rules.states import ALLOWED, STANDING
from kernel import clock

LOOKED_BACK: Final = dt.timedelta(days=90)
"""How far back unpaid uses and those without an entry are looked for: what is older stands in the ledger."""
SOON: Final = dt.timedelta(days=3)
"""A 仮予約 that expires before this is over is told."""
WAITS: Final = """
WITH ahead AS MATERIALIZED (
    SELECT state, due_at FROM bookings_booking
    WHERE day >= %(since)s AND state IN ('tentative', 'under_review', 'deferred')
), used AS MATERIALIZED (
    SELECT b.id, u.id IS NULL AS is_missing,
        coalesce((SELECT total FROM bookings_feesheet s WHERE s.booking_id = b.id ORDER BY number DESC LIMIT 1), 0)
        > coalesce((SELECT sum(amount) FROM bookings_payment p WHERE p.booking_id = b.id
                    AND NOT EXISTS (SELECT FROM bookings_paymentvoid v WHERE v.payment_id = p.id)), 0) AS is_owed
    FROM bookings_booking b LEFT JOIN bookings_userecord u ON u.booking_id = b.id
    WHERE b.day >= %(since)s AND b.day < %(today)s AND b.state = ANY (%(standing)s)
)
SELECT
    (SELECT count(*) FROM ahead WHERE state = 'under_review') AS under_review,
    (SELECT count(*) FROM ahead WHERE state = 'deferred') AS deferred,
    (SELECT count(*) FROM ahead WHERE state = 'tentative') AS tentative,
    (SELECT count(*) FROM ahead WHERE state = 'tentative' AND due_at < %(soon)s) AS expiring,
    (SELECT count(*) FROM bookings_changerequest WHERE state = 'asked') AS changes,
    (SELECT count(*) FROM bookings_reductionrequest r JOIN bookings_booking b ON b.id = r.booking_id
     WHERE r.state = 'asked' AND b.state = ANY (%(charged)s)) AS reductions,
    (SELECT count(*) FROM bookings_measure WHERE state = 'proposed') AS measures,
    (SELECT count(*) FROM used WHERE is_owed) AS unpaid,
    (SELECT count(*) FROM used WHERE is_missing) AS missing,
    (SELECT count(*) FROM bookings_facility f
     WHERE EXISTS (SELECT FROM bookings_booking b JOIN bookings_room r ON r.id = b.room_id
                   WHERE r.facility_id = f.id AND b.day >= %(month)s AND b.day < %(this_month)s
                   AND b.state = ANY (%(standing)s))
     AND coalesce((SELECT deed FROM bookings_monthdeed d WHERE d.facility_id = f.id AND d.month = %(month)s
                   ORDER BY number DESC LIMIT 1), '') <> 'close') AS months
"""


def what_waits(today: dt.date) -> dict[str, int]:
    """How many of each kind wait; one statement.

    Applications by state, changes, 減免, measures, uses unpaid or without an entry, a month that is not closed.
    """
    this_month = today.replace(day=1)
    values: dict[str, Any] = {
        "today": today,
        "since": today - LOOKED_BACK,
        "soon": dt.datetime.combine(today + SOON, dt.time(), clock.TOKYO),
        "this_month": this_month,
        "month": (this_month - dt.timedelta(days=1)).replace(day=1),
        "standing": sorted(STANDING),
        "charged": sorted(ALLOWED["charge"]),
    }
    with connection.cursor() as cursor:
        cursor.execute(WAITS, values)
        names = [column.name for column in cursor.description or ()]
        return dict(zip(names, cursor.fetchone(), strict=True))


def changes_asked() -> QuerySet[ChangeRequest]:
    """The changes that wait for a decision, the oldest first, with booking, registrant and both rooms."""
    found = ChangeRequest.objects.filter(state=ChangeState.ASKED)
    return found.select_related("booking__registrant", "booking__room", "room").order_by("asked_at", "id")
