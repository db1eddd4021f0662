"""Changing what is registered of an individual (登録事項の変更), and whom to call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import Act, EmergencyContact, Registrant, RegistrantKind
from apps.registrants.rules.entry import Contact, Person
from apps.registrants.services.acting import leave_trace, registrant_for, write
from apps.registrants.services.registering import changes_between, columns_of, contact_rows, extras_to_keep
from apps.registrants.services.retokening import follow_holders
from shared.actor import Actor


@transaction.atomic
def change_individual(
    *,
    actor: Actor,
    registrant: UUID,
    seen_version: int,
    person: Person,
    extras: Mapping[str, Any],
    reason: str = "",
) -> bool:
    """Write ``person`` and ``extras``; whether anything differed. The act keeps before and after of each field.

    Values of items no longer collected stay as they are. ``StaleRegistrationError``, ``WrongStateError``,
    ``UnknownRegistrantError``, ``ItemNotCollectedError``, ``ItemMissingError``.
    """
    found = registrant_for(Act.CHANGE, registrant=registrant, seen_version=seen_version)
    if found.kind != RegistrantKind.INDIVIDUAL:
        raise UnknownRegistrantError
    kept = extras_to_keep(extras, found.kind, before=found.extras)
    changes = changes_between(found, person, kept)
    if changes:
        write(found, **columns_of(person), extras=kept)
        follow_holders([registrant])
        leave_trace(actor, registrant, Act.CHANGE, reason=reason.strip(), changes=changes)
    return bool(changes)


@transaction.atomic
def change_contacts(*, actor: Actor, registrant: UUID, seen_version: int, contacts: Sequence[Contact]) -> Registrant:
    """Write whom to call, first to last. The history says how many they were and are, never who: a third person's data.

    The errors of ``change_individual``.
    """
    found = registrant_for(Act.CHANGE, registrant=registrant, seen_version=seen_version)
    were, _ = EmergencyContact.objects.filter(registrant=found).delete()
    EmergencyContact.objects.bulk_create(contact_rows(registrant, contacts))
    write(found)
    leave_trace(actor, registrant, Act.CHANGE, changes={"emergency_contacts": [were, len(contacts)]})
    return found
