"""How many bookings somebody has that are to be paid for (未払い: 未収納, 一部入金), counted under lock."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import connection

from apps.bookings.rules.states import HOLD, OCCUPYING
from apps.bookings.services.locking import lock_keys
from tenants.scope import scoped_connection

STANDING: Final = sorted(OCCUPYING - {HOLD})
"""States of bookings that stand: what was given up, refused or expired is not to be paid for."""
UNPAID: Final = """
SELECT count(*) FROM bookings_booking b
CROSS JOIN LATERAL (SELECT total FROM bookings_feesheet s WHERE s.booking_id = b.id ORDER BY number DESC LIMIT 1) fee
WHERE b.registrant_id = %(registrant)s AND b.id IS DISTINCT FROM %(booking)s AND b.state = ANY (%(counted)s)
AND fee.total > coalesce((
    SELECT sum(p.amount) FROM bookings_payment p WHERE p.booking_id = b.id
    AND NOT EXISTS (SELECT FROM bookings_paymentvoid v WHERE v.payment_id = p.id)), 0)
  - coalesce((SELECT sum(r.amount) FROM bookings_refund r WHERE r.booking_id = b.id AND r.void_at IS NULL), 0)
"""
"""By the newest fee of each, as the ledger says (``queries.ledgers.OWING``); what costs nothing is paid."""
UNPAID_IF_IT_COSTS: Final = f"""
CASE WHEN EXISTS (SELECT FROM bookings_feetable t
                  WHERE t.room_id = %(room)s AND t.kind = 'tariff' AND t.valid_from <= %(day)s)
THEN ({UNPAID}) ELSE 0 END
"""  # constants
"""None where no tariff is in force for the room on the day."""


def count_unpaid(registrant: UUID, *, booking: UUID) -> int:
    """Of ``registrant``, beside ``booking``; of two at once the second sees the first. Two statements."""
    with connection.cursor() as cursor:
        [key] = lock_keys(scoped_connection().scope.schema, [registrant])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        cursor.execute(UNPAID, {"registrant": registrant, "booking": booking, "counted": STANDING})
        found: int = cursor.fetchone()[0]
    return found
