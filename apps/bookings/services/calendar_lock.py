"""Settings and bookings at once: whoever changes what is offered waits for the bookings that are on their way.

A booking takes the lock shared (``occupying.LOCK``) and then sees whether the listing is the one that it was judged by;
a change takes it alone, then looks for bookings, then writes. The listing's own trigger takes the very same lock.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

from tenants.scope import scoped_connection

ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('room listing ' || %s, 0))"


def take_calendar() -> None:
    """Wait for bookings under way and hold off later ones until the transaction ends; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [scoped_connection().scope.schema])
