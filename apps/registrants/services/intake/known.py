"""What is known here of registrants that a file brings again, by the source's keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from apps.registrants.models import Act, EmergencyContact, Registrant, RegistrationAct
from apps.registrants.services.intake.person import Contact
from shared.intake.rules.forgotten import MARK, forgotten_key

READ: Final = (
    "pk", "source_key", "state", "kind", "group_name", "group_kana", "family_name", "given_name", "family_kana",
    "given_kana", "birth_date", "postal_code", "address", "phone", "kana_key", "phone_key", "registered_on",
    "valid_until", "is_counter_only", "extras",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A registrant as they are here. ``was_worked_on``: by other acts than the import."""

    row: Mapping[str, Any]
    was_worked_on: bool
    contacts: tuple[Contact, ...]
    is_forgotten: bool = False


class KnownPeople:
    """Looks them up, batch by batch."""

    def __init__(self) -> None:
        forgotten = Registrant.objects.filter(forgotten_on__isnull=False, source_key__startswith=MARK)
        self._may_be_forgotten = forgotten.exists()

    def of(self, keys: Sequence[str]) -> dict[str, Known]:
        """Source key -> who is known by it; two statements, and one where persons were forgotten."""
        worked_on = RegistrationAct.objects.filter(registrant=OuterRef("pk")).exclude(act=Act.IMPORT)
        found = Registrant.objects.filter(source_key__in=keys).annotate(worked_on=Exists(worked_on))
        rows = list(found.values(*READ, "worked_on"))
        contacts = _contacts([row["pk"] for row in rows])
        known = {row["source_key"]: Known(row, row["worked_on"], contacts.get(row["pk"], ())) for row in rows}
        return known | self._forgotten(keys)

    def _forgotten(self, keys: Sequence[str]) -> dict[str, Known]:
        if not self._may_be_forgotten:
            return {}
        marks = {forgotten_key(key): key for key in keys}
        left = Registrant.objects.filter(source_key__in=list(marks)).values_list("source_key", flat=True)
        return {marks[str(mark)]: Known({}, True, (), is_forgotten=True) for mark in left}


def _contacts(registrants: Sequence[UUID]) -> dict[UUID, tuple[Contact, ...]]:
    found: dict[UUID, list[Contact]] = defaultdict(list)
    if registrants:
        rows = EmergencyContact.objects.filter(registrant__in=registrants).order_by("registrant", "position")
        for registrant, name, relation, phone in rows.values_list("registrant", "name", "relation", "phone"):
            found[registrant].append(Contact(name, relation, phone))
    return {registrant: tuple(contacts) for registrant, contacts in found.items()}
