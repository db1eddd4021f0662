"""What a change of operator finds open about payments online (引継事項): whose contract it was settles them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.bookings.models import OnlineRefund, OnlineSession
from apps.bookings.queries.online import to_look_into
from apps.bookings.rules.online import WAITING
from kernel.yen import format_yen
from shared.handover import MOST_ROWS, Open, OpenKind, OpenRow


def open_payments() -> Open:
    """Payments that were begun and not settled, and those that staff must look into."""
    waiting = OnlineSession.objects.filter(state__in=WAITING).select_related("booking").order_by("created_at")
    found = [*waiting, *to_look_into()]
    rows = tuple(OpenRow(one.booking.number, one.booking.day, format_yen(one.amount)) for one in found[:MOST_ROWS])
    return Open(len(found), rows)


def open_refunds() -> Open:
    """Refunds that the provider has not done."""
    found = OnlineRefund.objects.filter(state__in=["asked", "sent"]).select_related("session__booking")
    rows = found.order_by("asked_at").values_list("session__booking__number", "session__booking__day", "amount")
    return Open(found.count(), tuple(OpenRow(number, day, format_yen(of)) for number, day, of in rows[:MOST_ROWS]))


KINDS: Final = (
    OpenKind("online_payments", _("終わっていないオンライン決済"), open_payments),
    OpenKind("online_refunds", _("決済サービスで終わっていない返金"), open_refunds),
)
