"""What a form states beside the booking's own columns: 附属設備 with its fee, and the questions that were answered."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.bookings.documents.data import EquipmentLine, Question
from apps.bookings.models import Booking, CounterSet, EquipmentUse
from apps.bookings.queries.fees import Fee
from apps.bookings.rules.fees.codec import decode
from apps.bookings.rules.fees.lines import Line, Step
from apps.bookings.rules.fees.use import Facts
from apps.bookings.services.sheets import QUESTIONS, Extras
from kernel.yen import format_yen


def extras_of(booking: Booking, fee: Fee | None, *, for_a_pen: bool = False) -> Extras:
    """What is known of a booking beside itself; one statement, and one more with the headcounts ``for_a_pen``."""
    uses = EquipmentUse.objects.filter(booking=booking).select_related("equipment").order_by("equipment__position")
    headcounts = headcounts_on(booking.day, booking.room.facility_id) if for_a_pen else ()
    return Extras(_equipment(list(uses), fee), _questions(fee), headcounts)


def headcounts_on(day: dt.date, facility: UUID) -> tuple[str, ...]:
    """The facility's categories of people on ``day``; one statement, or two."""
    found = CounterSet.objects.filter(facility=facility, valid_from__lte=day).order_by("-valid_from").first()
    return tuple(found.counters.values_list("name", flat=True)) if found else ()


def _equipment(uses: list[EquipmentUse], fee: Fee | None) -> tuple[EquipmentLine, ...]:
    """The pieces that go with the booking, then what only the fee knows."""
    charged = {line.label: line for line in fee.lines if line.step is Step.EQUIPMENT} if fee else {}
    lent = [
        EquipmentLine(
            use.equipment.name,
            f"{use.quantity}{use.equipment.unit}",
            fee=_amount(charged.pop(use.equipment.name, None)),
        )
        for use in uses
    ]
    return (*lent, *(EquipmentLine(label, line.detail, fee=_amount(line)) for label, line in charged.items()))


def _amount(line: Line | None) -> str:
    return format_yen(line.amount) if line else ""


def _questions(fee: Fee | None) -> tuple[Question, ...]:
    """What the fee was computed of answers some questions; the others wait for a pen."""
    if fee is None:
        return tuple(Question(label, None) for label in QUESTIONS)
    facts: Facts = decode(Facts, fee.sheet.facts)
    climate = "・".join(line.label for line in fee.lines if line.step is Step.CLIMATE and line.label)
    known = {
        "入場料等": (facts.admission > 0, f"最高{format_yen(facts.admission)}" if facts.admission else ""),
        "営利・販売": (facts.commercial, ""),
        "準備・リハ": (facts.preparation, ""),
        "冷暖房": (bool(facts.climate), climate),
    }
    return tuple(Question(label, *known.get(label, (None, ""))) for label in QUESTIONS)
