"""What a registrant's page says beside the columns: further items, identity checks, whom to call, the acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.registrants.models import EmergencyContact, IdentityCheck, Registrant, RegistrantKind
from apps.registrants.queries.items import collected_for
from apps.registrants.rules.items import ITEMS, Item, ItemKind
from apps.registrants.rules.standing import ALLOWED
from apps.registrants.texts import CHOICE_LABELS, ITEM_LABELS
from kernel.wareki import format_date
from shared.staff.models import StaffAccount


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """An identity check as it is shown: the document's name, the day, and the clerk's name."""

    document: str
    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class Registration:
    """The rest of a registration. ``items`` are label, value and whether the item is still collected."""

    items: list[tuple[str, str, bool]]
    checks: list[ShownCheck]
    contacts: list[EmergencyContact]
    has_contacts: bool
    may_decide: bool
    may_complete: bool
    may_change: bool
    may_change_contacts: bool


def registration_of(found: Registrant, state: str, *, works: bool, decides: bool) -> Registration:
    """What is shown to a clerk who ``works`` on registrations or ``decides`` on them; four statements."""
    is_individual = found.kind == RegistrantKind.INDIVIDUAL
    may_change = works and state in ALLOWED["change"]
    return Registration(
        items=_items(found),
        checks=_checks(found.pk),
        contacts=list(EmergencyContact.objects.filter(registrant=found)) if is_individual else [],
        has_contacts=is_individual,
        may_decide=decides and state in ALLOWED["approve"],
        may_complete=works and is_individual and state in ALLOWED["complete"],
        may_change=may_change and is_individual,
        may_change_contacts=may_change and is_individual,
    )


def shown_value(item: Item, value: Any) -> str:
    """A value of ``Registrant.extras`` in words."""
    if item.kind is ItemKind.CHOICE:
        return str(CHOICE_LABELS.get((item.code, value), value))
    if item.kind is ItemKind.BOOL:
        return "○" if value else ""
    if item.kind is ItemKind.BIRTH_DATE:
        return format_date(dt.date.fromisoformat(value))
    return str(value)


def _items(found: Registrant) -> list[tuple[str, str, bool]]:
    asked = {one.item.code for one in collected_for(found.kind)}
    kept = [item for item in ITEMS.values() if item.code in found.extras]
    return [
        (str(ITEM_LABELS[item.code]), shown_value(item, found.extras[item.code]), item.code in asked) for item in kept
    ]


def _checks(registrant: UUID) -> list[ShownCheck]:
    rows = list(IdentityCheck.objects.filter(registrant=registrant))
    names = _names({row.by for row in rows})
    return [ShownCheck(str(row.get_document_display()), row.on, names.get(row.by, "")) for row in rows]


def _names(accounts: Collection[UUID]) -> dict[UUID, str]:
    return dict(StaffAccount.objects.filter(pk__in=accounts).values_list("pk", "name"))
