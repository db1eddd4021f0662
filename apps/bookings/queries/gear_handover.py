"""What a change of operator finds reserved and in stock of equipment (引継事項)."""

from __future__ import annotations

from typing import Final

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Equipment, EquipmentStock
from apps.bookings.queries.equipment import alive_uses
from kernel import clock
from shared.handover import MOST_ROWS, Open, OpenKind, OpenRow


def reserved_ahead() -> Open:
    """Equipment that goes with bookings that are not over: the next operator lends it."""
    found = alive_uses().filter(during__endswith__gt=clock.now()).order_by("booking__day", "booking__number", "id")
    rows = found.values_list("booking__number", "booking__day", "equipment__name", "quantity", "equipment__unit")
    told = tuple(OpenRow(number, day, f"{name}　{count}{unit}") for number, day, name, count, unit in rows[:MOST_ROWS])
    return Open(found.count(), told)


def in_stock() -> Open:
    """What there is to be counted when it changes hands: the item, since when there are so many, and where."""
    today = clock.today()
    held = EquipmentStock.objects.filter(equipment=OuterRef("pk"), valid_from__lte=today).order_by("-valid_from")
    there = Q(valid_until=None) | Q(valid_until__gte=today)
    found = Equipment.objects.filter(there, is_counted=True, valid_from__lte=today).annotate(
        count=Subquery(held.values("quantity")[:1]), since=Subquery(held.values("valid_from")[:1])
    )
    counted = found.filter(count__gt=0).order_by("facility", "position", "name")
    rows = counted.values_list("name", "since", "count", "unit", "place")[:MOST_ROWS]
    told = tuple(OpenRow(name, since, f"{count}{unit}　{place}".strip()) for name, since, count, unit, place in rows)
    return Open(counted.count(), told)


KINDS: Final = (
    OpenKind("equipment_reserved", _("これからの予約に伴う附属設備"), reserved_ahead),
    OpenKind("equipment_in_stock", _("附属設備の在庫"), in_stock),
)
