"""Registrants as lines of a table, for an approved export alone (``apps.compliance.services.make_export``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import EmergencyContact, Registrant, RegistrantKind, RegistrantState
from apps.registrants.rules.choosing import Chosen
from shared.sheets import Cell

NEVER: Final = frozenset({"extras", "portal_account"})
"""Described fields that no export holds: further items have their own purposes, and the account's id says nothing."""
CONTACTS: Final = "emergency_contacts"


def fields_to_export() -> dict[str, Any]:
    """Field -> label, from the model's own description, and the emergency contacts at the end."""
    described = Registrant.describes.personal
    own = {name: label for name, label in described.items() if name not in NEVER}
    return own | {CONTACTS: _("緊急連絡先（氏名・続柄・電話番号）")}


def people_in(chosen: Chosen) -> QuerySet[Registrant]:
    """Whom ``chosen`` is about, by number. Nobody whose data were deleted, and no record that was merged away."""
    found = Registrant.objects.filter(forgotten_on__isnull=True, merged_into__isnull=True)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.states:
        found = found.filter(state__in=chosen.states)
    if chosen.until_from:
        found = found.filter(valid_until__gte=chosen.until_from)
    if chosen.until_to:
        found = found.filter(valid_until__lte=chosen.until_to)
    return found.order_by("number")


def lines_of(people: Sequence[UUID], fields: Sequence[str]) -> list[list[Cell]]:
    """A line for each of ``people`` who is still there, in the order of the numbers; two statements at most."""
    rows = Registrant.objects.filter(pk__in=people).order_by("number")
    contacts = _contacts(people) if CONTACTS in fields else {}
    return [[_cell(row, name, contacts) for name in fields] for row in rows]


def _contacts(people: Sequence[UUID]) -> dict[UUID, str]:
    found: dict[UUID, list[str]] = {}
    for one in EmergencyContact.objects.filter(registrant__in=people):
        found.setdefault(one.registrant_id, []).append(f"{one.name}（{one.relation}）{one.phone}")
    return {person: "、".join(texts) for person, texts in found.items()}


def _cell(row: Registrant, name: str, contacts: Mapping[UUID, str]) -> Cell:
    if name == CONTACTS:
        return contacts.get(row.pk, "")
    value = getattr(row, name)
    match name:
        case "kind":
            return str(RegistrantKind(value).label)
        case "state":
            return str(RegistrantState(value).label)
    return value.isoformat() if isinstance(value, dt.date) else value or ""
