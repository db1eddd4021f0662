"""Counting what waits for somebody at the desk, all in one statement."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.bookings.models import Booking, ChangeRequest, ChangeState, FeeSheet, Payment
from apps.bookings.queries.ledgers import GOES_BACK, OWING, with_ledger
from apps.bookings.rules.states import ALLOWED, STANDING
from kernel import clock

LOOKED_BACK: Final = dt.timedelta(days=90)
"""How far back what was left undone is looked for: what is older stands in the ledger."""
USED_LATELY: Final = dt.timedelta(days=31)
"""How far back uses are looked at whose fee has no day by which it is due."""
SOON: Final = dt.timedelta(days=3)
"""A 仮予約 that expires before this is over is told."""
WAITS: Final = """
WITH ahead AS MATERIALIZED (
    SELECT state, due_at FROM bookings_booking
    WHERE day >= %(since)s AND state IN ('tentative', 'under_review', 'deferred')
), used AS (
    SELECT b.id FROM bookings_booking b
    WHERE b.day >= %(since)s AND b.day < %(today)s AND b.state = ANY (%(standing)s)
    AND NOT EXISTS (SELECT FROM bookings_userecord u WHERE u.booking_id = b.id)
)
SELECT
    (SELECT count(*) FROM shared.publicuse_place WHERE state IN ('sent', 'received')) AS orders,
    (SELECT count(*) FROM ahead WHERE state = 'under_review') AS under_review,
    (SELECT count(*) FROM ahead WHERE state = 'deferred') AS deferred,
    (SELECT count(*) FROM ahead WHERE state = 'tentative') AS tentative,
    (SELECT count(*) FROM ahead WHERE state = 'tentative' AND due_at < %(soon)s) AS expiring,
    (SELECT count(*) FROM bookings_changerequest WHERE state = 'asked') AS changes,
    (SELECT count(*) FROM bookings_reductionrequest r JOIN bookings_booking b ON b.id = r.booking_id
     WHERE r.state = 'asked' AND b.state = ANY (%(charged)s)) AS reductions,
    (SELECT count(*) FROM bookings_measure WHERE state = 'proposed') AS measures,
    (SELECT count(*) FROM used) AS missing,
    (SELECT count(*) FROM bookings_facility f
     WHERE EXISTS (SELECT FROM bookings_booking b JOIN bookings_room r ON r.id = b.room_id
                   WHERE r.facility_id = f.id AND b.day >= %(month)s AND b.day < %(this_month)s
                   AND b.state = ANY (%(standing)s))
     AND coalesce((SELECT deed FROM bookings_monthdeed d WHERE d.facility_id = f.id AND d.month = %(month)s
                   ORDER BY number DESC LIMIT 1), '') <> 'close') AS months
"""


def what_waits(today: dt.date) -> dict[str, int]:
    """How many of each kind wait; one statement.

    Orders of the city, applications by state, changes, 減免, measures, uses without an entry, an open month.
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


def money_waits(today: dt.date) -> dict[str, int]:
    """``late``: what is owed after its day, or after the use; ``back``: what goes back and was not handed out.

    By the one ledger of a booking, of days of the last quarter and to come. One statement.
    """
    since, yesterday = today - LOOKED_BACK, today - dt.timedelta(days=1)
    was_paid = Exists(Payment.objects.filter(booking=OuterRef("pk"), day__gte=since))
    is_due = Exists(FeeSheet.objects.filter(booking=OuterRef("pk"), due_on__range=(since, yesterday)))
    was_used = Q(day__range=(today - USED_LATELY, yesterday), state__in=STANDING)
    found = with_ledger(Booking.objects.filter(was_used | Q(was_paid) | Q(is_due), day__gte=since))
    late = OWING & (Q(due_on__lt=today) | Q(day__lt=today))
    return found.aggregate(late=Count("pk", filter=late), back=Count("pk", filter=GOES_BACK))


def changes_asked() -> QuerySet[ChangeRequest]:
    """The changes that wait for a decision, the oldest first, with booking, registrant and both rooms."""
    found = ChangeRequest.objects.filter(state=ChangeState.ASKED)
    return found.select_related("booking__registrant", "booking__room", "room").order_by("asked_at", "id")
