"""What was lent with one registrant's bookings, told to the person (開示)."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.models import EquipmentUse
from kernel.wareki import format_date
from shared.disclosure import Section


def sections(registrant: UUID) -> list[Section]:
    """Equipment (附属設備) of all bookings."""
    uses = EquipmentUse.objects.filter(booking__registrant=registrant).select_related("booking", "equipment")
    return [
        Section(
            "附属設備",
            ("番号", "利用日", "名称", "数"),
            [
                (
                    one.booking.number,
                    format_date(one.booking.day),
                    one.equipment.name,
                    f"{one.quantity}{one.equipment.unit}",
                )
                for one in uses.order_by("booking__day", "booking__number", "equipment__position", "equipment__name")
            ],
        )
    ]
