"""Which further items a tenant collects (収集項目), and for what."""

from __future__ import annotations

from dataclasses import dataclass

from apps.registrants.models import ItemPolicy
from apps.registrants.rules.items import Item, items_for


@dataclass(frozen=True, slots=True)
class Collected:
    """An item that is asked, whether an answer is required, and the purpose of use that is told beside it."""

    item: Item
    is_required: bool
    purpose: str


def collected_codes() -> frozenset[str]:
    """The codes of the items that are collected of anybody; one statement."""
    return frozenset(ItemPolicy.objects.filter(is_collected=True).values_list("item", flat=True))


def collected_for(kind: str) -> list[Collected]:
    """The items that are asked of ``kind`` (individual or group), in their order; one statement. The portal may too."""
    rows = {row.item: row for row in ItemPolicy.objects.filter(is_collected=True)}
    return [
        Collected(item, rows[item.code].is_required, rows[item.code].purpose_of_use) for item in items_for(kind, rows)
    ]
