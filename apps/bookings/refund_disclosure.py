"""What is held about one registrant's refunds and what was written about fees, told to the person (開示)."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.models import FeeNotice, Refund, RefundPayout
from kernel.clock import TOKYO
from kernel.wareki import format_date
from kernel.yen import format_yen
from shared.disclosure import Section


def sections(registrant: UUID) -> list[Section]:
    """Refunds with what of them was handed out, and letters about fees."""
    refunds = Refund.objects.filter(booking__registrant=registrant).select_related("booking")
    payouts = RefundPayout.objects.filter(refund__booking__registrant=registrant).select_related("payment__booking")
    notices = FeeNotice.objects.filter(sheet__booking__registrant=registrant).select_related("sheet__booking")
    return [
        Section(
            "還付",
            ("番号", "還付番号", "決定日", "率", "額", "理由", "支払", "取下げ"),
            [
                (
                    one.booking.number,
                    f"{one.fiscal_year}-{one.serial:05d}",
                    format_date(one.day),
                    f"{one.percent}％",
                    format_yen(one.amount),
                    one.reason or one.rule,
                    "、".join(_payout(out) for out in payouts if out.refund_id == one.pk),
                    one.void_reason,
                )
                for one in refunds.order_by("fiscal_year", "serial")
            ],
        ),
        Section(
            "納付についての連絡",
            ("番号", "日時", "種類"),
            [
                (
                    one.sheet.booking.number,
                    f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
                    str(one.get_kind_display()),
                )
                for one in notices.order_by("at")
            ],
        ),
    ]


def _payout(out: RefundPayout) -> str:
    to = f"（{out.payment.booking.number}へ）" if out.payment else ""
    taken_back = f"　支払の取消し（{out.reason}）" if out.amount < 0 else ""
    return f"{format_date(out.day)}　{out.get_method_display()}{to}　{format_yen(out.amount)}{taken_back}"
