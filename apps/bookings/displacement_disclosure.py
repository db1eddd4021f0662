"""What is held about one registrant's bookings that a public use hit, told to the person (開示)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.bookings.models import DisplacementHit
from kernel.clock import TOKYO
from kernel.wareki import format_date
from kernel.yen import format_yen
from shared.disclosure import Section


def sections(registrant: UUID) -> list[Section]:
    """Each booking that was hit, what was chosen, the consent, and what became of it."""
    rows = DisplacementHit.objects.filter(booking__registrant=registrant).select_related(
        "booking", "displacement", "target_room"
    )
    return [
        Section(
            "行政使用による変更",
            ("番号", "理由", "前の利用日・室場", "措置", "変更後", "承諾", "還付額", "お知らせ", "通知書"),
            [_row(one) for one in rows.order_by("displacement__drafted_at", "booking__number")],
        )
    ]


def _row(one: DisplacementHit) -> tuple[str, ...]:
    target = one.target_room
    after = f"{format_date(one.target_day)} {target.name}" if target and one.target_day else ""
    consent = f"{one.consent_at.astimezone(TOKYO):%Y-%m-%d %H:%M}" if one.consent_at else ""
    return (
        one.booking.number,
        one.displacement.reason,
        f"{format_date(dt.date.fromisoformat(one.was['day']))} {one.was['room']}",
        str(one.get_became_display() or one.get_choice_display()),
        after,
        f"{one.get_consent_display()} {consent}".strip(),
        format_yen(one.refund),
        f"{one.told_at.astimezone(TOKYO):%Y-%m-%d %H:%M}" if one.told_at else "",
        f"{one.fiscal_year}-{one.serial}" if one.serial else "",
    )
