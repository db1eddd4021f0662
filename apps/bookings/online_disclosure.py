"""What is held about one registrant's payments online, told to the person (開示)."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.models import OnlineRefund, OnlineSession
from kernel.clock import TOKYO
from kernel.yen import format_yen
from shared.disclosure import Section


def sections(registrant: UUID) -> list[Section]:
    """Sessions, and what went back through the provider."""
    sessions = OnlineSession.objects.filter(booking__registrant=registrant).select_related("booking")
    refunds = OnlineRefund.objects.filter(session__booking__registrant=registrant).select_related("session__booking")
    paid = [
        (
            one.booking.number,
            f"{one.created_at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
            str(one.get_state_display()),
            format_yen(one.amount),
            f"超過 {format_yen(one.surplus)}" if one.surplus else "",
        )
        for one in sessions.order_by("created_at")
    ]
    back = [
        (
            one.session.booking.number,
            f"{(one.done_at or one.asked_at).astimezone(TOKYO):%Y-%m-%d %H:%M}",
            str(one.get_state_display()),
            f"△{format_yen(one.amount)}",
            one.reason,
        )
        for one in refunds.order_by("asked_at")
    ]
    return [Section("オンライン決済", ("番号", "日時", "状態", "額", "備考"), [*paid, *back])]
