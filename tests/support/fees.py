"""Fee tables for tests: the room's slots at 1,000円, 1,500円 and so on, 市外 twofold, 暖房 3割, a ground of 5割."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from apps.bookings.models import Equipment as Item
from apps.bookings.models import FeeTable, FeeTableKind, Room
from apps.bookings.rules.fees.codec import as_content
from apps.bookings.rules.fees.tables import (
    Climate,
    Equipment,
    EquipmentPrice,
    Mode,
    Price,
    Reduction,
    Surcharge,
    Tariff,
    TariffMode,
    Terms,
    When,
)
from kernel import clock
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

BEGIN = dt.date(2020, 4, 1)
PRICES = tuple(Price(500 * (number + 1), (number,)) for number in range(1, 7))
TABLES: dict[FeeTableKind, Any] = {
    FeeTableKind.TARIFF: Tariff(TariffMode.SLOTS, PRICES, article="別表第１"),
    FeeTableKind.SURCHARGES: (
        Surcharge("outside", "市外", "第８条", Mode.MULTIPLY, Fraction(2), When(outside=True)),
        Surcharge("commercial", "営利", "別表備考２", Mode.ADD, Fraction(1), When(commercial=True)),
        Surcharge("admission", "入場料", "別表備考２", Mode.MULTIPLY, Fraction(3, 2), When(admission_from=1)),
    ),
    FeeTableKind.CLIMATE: (Climate("heating", "暖房", "別表備考３", ratio=Fraction(3, 10)),),
    FeeTableKind.EQUIPMENT: Equipment((EquipmentPrice("piano", "ピアノ", "別表第２", 1000),)),
    FeeTableKind.REDUCTIONS: (
        Reduction("support", "市の後援", "第９条第２号", Fraction(1, 2)),
        Reduction("city", "市の主催", "第９条第１号", Fraction(1), equipment=True, climate=True),
    ),
    FeeTableKind.TERMS: Terms(),
}


def fee_tables(
    room: Room, *, valid_from: dt.date = BEGIN, schema: str = CHUO, only: Sequence[str] = (), **changed: Any
) -> list[FeeTable]:
    """Tables for ``room`` and its facility; ``changed`` names the kinds that differ, ``only`` those entered."""
    found = {**TABLES, **{FeeTableKind(name): table for name, table in changed.items()}}
    wanted = {kind: table for kind, table in found.items() if not only or kind in only}
    rows = [
        FeeTable(
            facility_id=room.facility_id,
            room_id=room.pk if kind == FeeTableKind.TARIFF else None,
            kind=kind,
            valid_from=valid_from,
            content=as_content(table),
            entered_at=clock.now(),
        )
        for kind, table in wanted.items()
    ]
    with as_tenant(schema):
        for one in wanted[FeeTableKind.EQUIPMENT].items if FeeTableKind.EQUIPMENT in wanted else ():
            known = {"name": one.label, "is_counted": False, "valid_from": BEGIN}
            Item.objects.get_or_create(facility_id=room.facility_id, code=one.code, defaults=known)
        return FeeTable.objects.bulk_create(rows)
