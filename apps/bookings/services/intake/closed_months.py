"""Months whose figures were sent: no use of before comes into them unseen. The trigger ``guard_past`` says the same."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.bookings.models import MonthDeed, Room


class ClosedMonths:
    """The closed months of the tenant's facilities, by room; two statements."""

    def __init__(self) -> None:
        rows = MonthDeed.objects.order_by("facility_id", "month", "-number").distinct("facility_id", "month")
        self._closed = {(one.facility_id, one.month) for one in rows if one.deed == MonthDeed.Deed.CLOSE}
        rooms = Room.objects.values_list("pk", "facility_id") if self._closed else ()
        self._facilities = {str(room): facility for room, facility in rooms}

    def has(self, room: UUID | str | None, day: dt.date) -> bool:
        """Whether ``day`` is in a closed month of the facility of ``room``."""
        if not self._closed or room is None:
            return False
        return (self._facilities.get(str(room)), day.replace(day=1)) in self._closed
