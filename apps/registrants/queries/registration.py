"""What a registrant's page says beside the columns: further items, whom to call, and the acts of registering."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from apps.registrants.models import EmergencyContact, Registrant, RegistrantKind
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.standing import Standing
from apps.registrants.rules.items import ITEMS, Item, ItemKind
from apps.registrants.texts import CHOICE_LABELS, ITEM_LABELS
from kernel.wareki import format_date


@dataclass(frozen=True, slots=True)
class Registration:
    """The rest of a registration. ``items`` are label, value and whether the item is still collected."""

    items: list[tuple[str, str, bool]]
    contacts: list[EmergencyContact]
    has_contacts: bool
    may_decide: bool
    may_complete: bool
    may_change: bool


def registration_of(found: Registrant, standing: Standing, *, works: bool, decides: bool) -> Registration:
    """What is shown to a clerk who ``works`` on registrations or ``decides`` on them; two statements at most.

    A group's page has acts of its own for completing and changing.
    """
    is_individual = found.kind == RegistrantKind.INDIVIDUAL
    return Registration(
        items=_items(found) if found.extras else [],
        contacts=list(EmergencyContact.objects.filter(registrant=found)) if is_individual else [],
        has_contacts=is_individual,
        may_decide=decides and "approve" in standing.acts,
        may_complete=works and is_individual and "complete" in standing.acts,
        may_change=works and is_individual and "change" in standing.acts,
    )


def shown_value(item: Item, value: Any) -> str:
    """A value of ``Registrant.extras`` in words."""
    if item.kind is ItemKind.CHOICE:
        return str(CHOICE_LABELS.get((item.code, value), value))
    if item.kind is ItemKind.BOOL:
        return "○" if value else ""
    if item.kind in {ItemKind.BIRTH_DATE, ItemKind.DATE}:
        return format_date(dt.date.fromisoformat(value))
    return str(value)


def _items(found: Registrant) -> list[tuple[str, str, bool]]:
    asked = {one.item.code for one in collected_for(found.kind)}
    kept = [item for item in ITEMS.values() if item.code in found.extras]
    return [
        (str(ITEM_LABELS[item.code]), shown_value(item, found.extras[item.code]), item.code in asked) for item in kept
    ]
