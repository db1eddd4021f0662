"""What a change of operator finds open among bookings (引継事項)."""

from __future__ import annotations

from typing import Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, BookingState, PastBooking, PastState
from kernel import clock
from shared.handover import MOST_ROWS, Open, OpenKind, OpenRow


def future_permits() -> Open:
    """Permitted bookings that are not over: they stay valid under the next operator."""
    return _bookings(BookingState.PERMITTED)


def waiting_applications() -> Open:
    """Applications that wait for a decision."""
    return _bookings(BookingState.UNDER_REVIEW)


def unpaid_past_fees() -> Open:
    """Fees of uses of before that were never paid."""
    found = PastBooking.objects.filter(state=PastState.PERMITTED, settled_on=None, paid__lt=F("fee")).order_by("day")
    rows = found.values_list("number", "day")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number, day) for number, day in rows))


def _bookings(state: str) -> Open:
    found: QuerySet[Booking] = Booking.objects.filter(state=state, during__endswith__gt=clock.now())
    rows = found.order_by("day", "during", "id").values_list("number", "day", "room__name")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number or "", day, room) for number, day, room in rows))


KINDS: Final = (
    OpenKind("future_permits", _("許可済みの予約（これからの利用）"), future_permits),
    OpenKind("waiting_applications", _("審査待ちの予約申請"), waiting_applications),
    OpenKind("unpaid_past_fees", _("未納の使用料（過去の利用）"), unpaid_past_fees),
)
